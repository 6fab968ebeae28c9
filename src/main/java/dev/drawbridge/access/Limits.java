package dev.drawbridge.access;

import java.time.Duration;

/**
 * What may be asked for.
 *
 * @param defaultExpiry how long access stands at most, where the request doesn't say
 * @param longestExpiry how long it may be asked for
 * @param callbacks where a request may want to be told what becomes of it
 */
public record Limits(Duration defaultExpiry, Duration longestExpiry, Callbacks callbacks) {
  /** Shorter than this, nobody at Astronomer could act on it. */
  public static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(5);

  /**
   * For what was checked when it was taken in: a limit lowered since does not make it unreadable.
   */
  public static final Limits NONE =
      new Limits(SHORTEST_EXPIRY, Duration.ofDays(3650), Callbacks.LOOPBACK_TOO);

  /** Where callbacks may go. */
  public enum Callbacks {
    OFF,
    /** To names that lead to public addresses. */
    PUBLIC,
    /** To this machine, too, also without TLS: for local use. */
    LOOPBACK_TOO
  }

  public Limits {
    if (defaultExpiry.compareTo(SHORTEST_EXPIRY) < 0
        || defaultExpiry.compareTo(longestExpiry) > 0) {
      throw new IllegalArgumentException(
          "the default expiry must be from %s to the longest, %s, not %s"
              .formatted(SHORTEST_EXPIRY, longestExpiry, defaultExpiry));
    }
  }

  /** Without callbacks. */
  public Limits(Duration defaultExpiry, Duration longestExpiry) {
    this(defaultExpiry, longestExpiry, Callbacks.OFF);
  }
}
