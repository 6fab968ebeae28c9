package dev.drawbridge.access;

import java.time.Duration;

/** How long access may be asked for. */
public record Limits(Duration defaultExpiry, Duration longestExpiry) {
  /** Shorter than this, nobody at Astronomer could act on it. */
  public static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(5);

  /**
   * For what was checked when it was taken in: a limit lowered since does not make it unreadable.
   */
  public static final Limits NONE = new Limits(SHORTEST_EXPIRY, Duration.ofDays(3650));

  public Limits {
    if (defaultExpiry.compareTo(SHORTEST_EXPIRY) < 0
        || defaultExpiry.compareTo(longestExpiry) > 0) {
      throw new IllegalArgumentException(
          "the default expiry must be from %s to the longest, %s, not %s"
              .formatted(SHORTEST_EXPIRY, longestExpiry, defaultExpiry));
    }
  }
}
