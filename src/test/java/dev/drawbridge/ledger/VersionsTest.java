package dev.drawbridge.ledger;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.Deletions;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Observation;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Outbox;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Preflight;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.StoredSamples;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations in flight survive an upgrade: what an app before this one has stored is read. */
class VersionsTest {
  private static final String FULL = "operation-full.json";
  private static final String GRANT = "grant-full.json";

  /** An operation as it is stored in a phase. */
  private static Operation in(Phase phase) {
    Operation queued = Samples.operation().sent(NOW);
    Operation granted =
        queued
            .passed(new Preflight.Passed(Set.of("to-hub"), Map.of()))
            .intends(Samples.access())
            .granted(NOW);
    Operation connected =
        granted.connectedBy(new Observation.Connected("to-astro", "peering to-astro"), NOW);
    return switch (phase) {
      case QUEUED -> queued;
      case GRANTED -> granted;
      case CONNECTED -> connected;
      case REVOKED -> connected.ended(NOW.plusSeconds(90), true);
    };
  }

  private static String file(Phase phase) {
    return "operation-" + phase.name().toLowerCase(Locale.ROOT) + ".json";
  }

  @ParameterizedTest
  @EnumSource
  void operation_whenWrittenToday_thenIsAsTheSample(Phase phase) {
    StoredSamples.assertIsPresentFormat(file(phase), Documents.write(in(phase)));
  }

  /** Every member that an operation or a grant can have. */
  @Test
  void documents_whenWrittenTodayWithAllMembers_thenAreAsTheSamples() {
    StoredSamples.assertIsPresentFormat(FULL, Documents.write(DocumentsTest.full()));
    StoredSamples.assertIsPresentFormat(GRANT, Documents.write(DocumentsTest.fullGrant()));
    Parked parked =
        new Parked(
            Samples.ROLE,
            "peering-requests",
            "{}",
            "MaxDeliveryCountExceeded",
            "ten deliveries",
            NOW,
            Optional.of(new Attempt(Samples.id(1), 2)),
            Optional.of(new Parked.Replay(Samples.id(2), NOW, "key", "mended")));
    StoredSamples.assertIsPresentFormat("parked-full.json", ParkedDocuments.write(parked));
  }

  @ParameterizedTest
  @EnumSource
  void operation_whenStoredByAnyVersion_thenIsReadInItsPhase(Phase phase) {
    for (String stored : StoredSamples.all(file(phase))) {
      Operation read = Documents.readOperation(stored);
      Operation now = in(phase);
      assertEquals(phase, read.phase());
      assertEquals(now.request(), read.request());
      assertEquals(now.access(), read.access());
      assertEquals(now.expiresAt(), read.expiresAt());
      assertEquals(now.ending(), read.ending());
      assertEquals(now.isVerified(), read.isVerified());
      assertEquals(read, Documents.readOperation(Documents.write(read)), "and goes on as ours");
    }
  }

  @Test
  void documents_whenStoredByAnyVersion_thenAreReadWithAllMembers() {
    for (String stored : StoredSamples.all(FULL)) {
      Operation read = Documents.readOperation(stored);
      assertEquals(DocumentsTest.full().undecided(), read.undecided());
      assertEquals(DocumentsTest.full().events().size(), read.events().size());
      assertEquals(DocumentsTest.full().ending(), read.ending());
    }
    for (String stored : StoredSamples.all(GRANT)) {
      Grant read = Documents.readGrant(stored);
      assertEquals(DocumentsTest.fullGrant().access(), read.access());
      assertEquals(DocumentsTest.fullGrant().holds(), read.holds());
      assertEquals(DocumentsTest.fullGrant().revokingSince(), read.revokingSince());
    }
  }

  /** What the first version did not know is as if nothing of it had happened. */
  @Test
  void documents_whenOfTheFirstVersion_thenNobodyIsToldAndNoDeletionIsUnderWay() {
    assertEquals(Optional.empty(), Documents.readOperation(StoredSamples.oldest(FULL)).trace());
    assertEquals(Outbox.NONE, Documents.readOperation(StoredSamples.oldest(FULL)).outbox());
    assertTrue(Documents.readOperation(StoredSamples.oldest(file(Phase.REVOKED))).isOver());
    assertEquals(Deletions.NONE, Documents.readGrant(StoredSamples.oldest(GRANT)).deletions());
  }

  /** Within a version members may be added, and none is taken away or given another type. */
  @ParameterizedTest
  @ValueSource(strings = {FULL, GRANT})
  void documents_whenTheFormatChangedWithinAVersion_thenOnlyAddedMembers(String name)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode first = json.readTree(StoredSamples.oldest(name));
    for (String stored : StoredSamples.all(name)) {
      JsonNode later = json.readTree(stored);
      assertEquals(Documents.VERSION, later.get("version").intValue());
      first
          .properties()
          .forEach(
              member ->
                  assertEquals(
                      member.getValue().getNodeType(),
                      later.path(member.getKey()).getNodeType(),
                      member.getKey()));
    }
  }

  @Test
  void documents_whenOfANewerVersion_thenAreRefusedAndNotMisread() {
    String newer = Documents.write(in(Phase.QUEUED)).replace("\"version\":1", "\"version\":2");
    assertFalse(newer.contains("\"version\":1,"));
    assertThrows(IllegalArgumentException.class, () -> Documents.readOperation(newer));
  }
}
