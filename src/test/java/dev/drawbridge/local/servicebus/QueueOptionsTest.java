package dev.drawbridge.local.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueOptionsTest {
  private static final QueueOptions DEFAULTS = QueueOptions.named("q");

  @Test
  void named_whenNothingElseIsSaid_thenAzuresDefaults() {
    assertEquals(
        new QueueOptions(
            "q", Duration.ofMinutes(1), 10, Duration.ofMinutes(10), Duration.ZERO, false),
        DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "peering-requests", "a/b.c_d", "0"})
  void new_whenTheNameIsOne_thenTaken(String name) {
    assertEquals(name, QueueOptions.named(name).name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-a", "a-", "a b", "$management", "a\n", "a/"})
  void new_whenTheNameIsNone_thenRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> QueueOptions.named(name));
  }

  @Test
  void new_whenWithinTheLimits_thenTaken() {
    QueueOptions most =
        DEFAULTS
            .withLockDuration(Duration.ofMinutes(5))
            .withMaxDeliveryCount(1)
            .withDuplicateDetectionWindow(Duration.ofDays(7))
            .withDefaultTimeToLive(Duration.ofDays(10_675_199))
            .withDeadLetterOnExpiry(true);
    assertEquals(
        new QueueOptions(
            "q", Duration.ofMinutes(5), 1, Duration.ofDays(7), Duration.ofDays(10_675_199), true),
        most);
    Duration shortest = Duration.ofSeconds(20);
    assertEquals(
        shortest, DEFAULTS.withDuplicateDetectionWindow(shortest).duplicateDetectionWindow());
  }

  @Test
  void new_whenBeyondTheLimits_thenRefused() {
    Duration moment = Duration.ofNanos(1);
    assertRefused(options -> options.withLockDuration(Duration.ZERO));
    assertRefused(options -> options.withLockDuration(Duration.ofMinutes(5).plus(moment)));
    assertRefused(options -> options.withMaxDeliveryCount(0));
    assertRefused(
        options -> options.withDuplicateDetectionWindow(Duration.ofSeconds(20).minus(moment)));
    assertRefused(options -> options.withDuplicateDetectionWindow(Duration.ofDays(7).plus(moment)));
    assertRefused(options -> options.withDefaultTimeToLive(moment.negated()));
    assertRefused(options -> options.withDefaultTimeToLive(Duration.ofDays(10_675_200)));
  }

  private static void assertRefused(UnaryOperator<QueueOptions> change) {
    assertThrows(IllegalArgumentException.class, () -> change.apply(DEFAULTS));
  }
}
