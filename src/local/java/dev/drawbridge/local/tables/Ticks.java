package dev.drawbridge.local.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** The service's time: a tick is 100 ns. */
final class Ticks {
  private static final Duration TICK = Duration.ofNanos(100);
  private static final DateTimeFormatter SEVEN_DIGITS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 7, 7, true)
          .appendLiteral('Z')
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private Ticks() {}

  static Instant floor(Instant time) {
    return time.minusNanos(time.get(ChronoField.NANO_OF_SECOND) % TICK.toNanos());
  }

  /** {@code now}, or one tick after {@code last} if the clock has not passed it. */
  static Instant after(Instant last, Instant now) {
    Instant floor = floor(now);
    return floor.isAfter(last) ? floor : last.plus(TICK);
  }

  /** As the service writes a Timestamp: {@code 2026-11-24T08:00:00.0000000Z}. */
  static String format(Instant time) {
    return SEVEN_DIGITS.format(time);
  }
}
