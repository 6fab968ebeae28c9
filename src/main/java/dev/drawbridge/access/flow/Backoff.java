package dev.drawbridge.access.flow;

import java.time.Duration;
import java.util.Optional;

/**
 * How long what met a passing fault waits for its next attempt, and when it gives up.
 *
 * @param first the wait after the first attempt; it doubles each time
 * @param longest no wait of our own is longer
 * @param longestAskedFor a service that asks for more is asked again after this, and may ask again
 * @param attempts how many there are
 */
public record Backoff(Duration first, Duration longest, Duration longestAskedFor, int attempts) {

  /**
   * Of a grant. It lasts some 17 minutes: a new service principal may take 10 to be known
   * everywhere.
   */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(10), 12);

  /**
   * @param failed how many attempts have failed, from 1
   * @param asked the service's Retry-After
   */
  Duration after(int failed, Optional<Duration> asked) {
    Duration own = first.multipliedBy(1L << Math.min(failed - 1, 20));
    Duration wait = own.compareTo(longest) < 0 ? own : longest;
    Duration heard = asked.orElse(Duration.ZERO);
    Duration capped = heard.compareTo(longestAskedFor) < 0 ? heard : longestAskedFor;
    return wait.compareTo(capped) > 0 ? wait : capped;
  }
}
