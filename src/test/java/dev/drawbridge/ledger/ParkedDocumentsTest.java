package dev.drawbridge.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Samples;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParkedDocumentsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final Parked.Replay REPLAY =
      new Parked.Replay(Samples.id(2), NOW.plusSeconds(60), "the master key", "mended \"it\"");

  @Test
  void read_whenItWasWritten_thenItIsTheSame() {
    Parked bare =
        Parked.of(
            new DeadLetter("q", 1, "now", "\"{\\\ud83d\ude00", "", ""), Optional.empty(), NOW);
    for (Parked message : new Parked[] {bare, parked(), full()}) {
      assertEquals(message, ParkedDocuments.read(ParkedDocuments.write(message)));
    }
  }

  /** One that names an operation. */
  static Parked parked() {
    return Parked.of(
        new DeadLetter("peering-requests", 1, "now", "{}", "MaxDeliveryCountExceeded", "After 10."),
        Optional.of(new Attempt(Samples.id(1), 3)),
        NOW);
  }

  /** With all that there can be. */
  static Parked full() {
    return parked().with(REPLAY);
  }
}
