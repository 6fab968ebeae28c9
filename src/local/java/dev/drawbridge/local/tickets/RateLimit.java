package dev.drawbridge.local.tickets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** So many calls in any stretch of so much time. Not thread-safe. */
final class RateLimit {
  private final int calls;
  private final Duration window;
  private final Deque<Instant> taken = new ArrayDeque<>();

  RateLimit(int calls, Duration window) {
    this.calls = calls;
    this.window = window;
  }

  /** After how many seconds the next call may be made; nothing if now. */
  Optional<Long> wait(Instant now) {
    while (!taken.isEmpty() && !taken.element().plus(window).isAfter(now)) {
      taken.remove();
    }
    if (taken.size() < calls) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, taken.element().plus(window));
    return Optional.of(left.plusMillis(999).toSeconds());
  }

  void take(Instant now) {
    taken.add(now);
  }
}
