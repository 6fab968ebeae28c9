package dev.drawbridge.azure;

import dev.drawbridge.access.port.PassingFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many calls each {@link Lane} has left. It never waits: a call that is too many fails at once,
 * so that the calls of other lanes go on. Thread-safe; of one process.
 *
 * <p>Azure Resource Manager gives each principal in each subscription a bucket of 250 reads that
 * fills by 25 a second, and of 200 writes and as many deletions that fill by 10. A subscription's
 * two lanes together take four fifths of that.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling">How
 *     Azure Resource Manager throttles requests</a>
 */
final class Budget {
  static final String CODE = "throttledHere";

  /** A service that asks for a longer pause is called again after this, and may ask again. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** Of the lanes that have been quiet the longest, what is beyond this is forgotten. */
  private static final int LANES_AT_MOST = 1000;

  /** What calls do, and how large and how fast the bucket of a lane is. */
  enum Kind {
    READ(100, 10),
    WRITE(80, 4),
    DELETE(80, 4);

    final int size;
    private final Duration perCall;

    Kind(int size, int perSecond) {
      this.size = size;
      this.perCall = Duration.ofSeconds(1).dividedBy(perSecond);
    }
  }

  private static final class Account {
    /** When each bucket will be full again, if nothing is taken from it. */
    final Map<Kind, Instant> fullAt = new EnumMap<>(Kind.class);

    Instant pausesUntil = Instant.MIN;
  }

  private final Clock clock;
  private final Map<Lane, Account> accounts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Lane, Account> eldest) {
          return size() > LANES_AT_MOST;
        }
      };

  Budget(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes a call from its lane's bucket.
   *
   * @param call names it in messages
   * @throws PassingFault if there is none left or the lane pauses, with how long that lasts: the
   *     call must not be made
   */
  synchronized void take(Lane lane, Kind kind, String call) {
    Instant now = clock.instant();
    Account account = accounts.computeIfAbsent(lane, fresh -> new Account());
    // If the clock was set back, no pause lasts longer for it, and no bucket is emptier than empty.
    account.pausesUntil = earlier(account.pausesUntil, now.plus(LONGEST_PAUSE));
    if (now.isBefore(account.pausesUntil)) {
      throw refusal(call, "Azure asked for a pause", Duration.between(now, account.pausesUntil));
    }
    Duration whole = kind.perCall.multipliedBy(kind.size);
    Instant full = later(now, earlier(account.fullAt.getOrDefault(kind, now), now.plus(whole)));
    Instant fullAfterThis = full.plus(kind.perCall);
    Duration wait = Duration.between(now.plus(whole), fullAfterThis);
    boolean spent = wait.compareTo(Duration.ZERO) > 0;
    account.fullAt.put(kind, spent ? full : fullAfterThis);
    if (spent) {
      throw refusal(call, "the budget of such calls is spent", wait);
    }
  }

  /**
   * Makes a lane pause.
   *
   * @param asked the service's Retry-After; at most {@link #LONGEST_PAUSE} of it counts
   */
  synchronized void pause(Lane lane, Duration asked) {
    Instant until =
        clock.instant().plus(asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE);
    Account account = accounts.computeIfAbsent(lane, fresh -> new Account());
    if (until.isAfter(account.pausesUntil)) {
      account.pausesUntil = until;
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Tells whole seconds, rounded up: whoever keeps times less exactly is not too early by that. */
  private static PassingFault refusal(String call, String why, Duration wait) {
    Duration seconds = Duration.ofSeconds(wait.plusSeconds(1).minusNanos(1).toSeconds());
    return new PassingFault(
        CODE,
        "%s: not called for %d s, %s".formatted(call, seconds.toSeconds(), why),
        Optional.of(seconds),
        false);
  }
}
