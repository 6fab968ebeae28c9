package dev.drawbridge.simulation;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Holds a sweep in which all answered to it that what was lost is sent again. */
final class LostMessages {
  /** How long the product takes a message for late, and no longer. */
  private static final Duration LATE_AT_MOST = Duration.ofMinutes(15);

  private final World world;
  private final Deque<Set<Attempt>> atTheBeginning = new ArrayDeque<>();

  LostMessages(World world) {
    this.world = world;
  }

  void begins() {
    atTheBeginning.push(lost());
  }

  /**
   * @param answered whether nothing went wrong in the sweep
   */
  void ends(boolean answered) {
    Set<Attempt> lost = atTheBeginning.pop();
    lost.retainAll(lost());
    if (answered) {
      lost.forEach(
          one -> world.judge.violated(1, one + " was lost, and a sweep did not send it again"));
    }
  }

  /** What is waited for, is not there, and would be taken by the queue if it were sent. */
  private Set<Attempt> lost() {
    Set<Attempt> lost = new HashSet<>();
    Instant sentBefore = world.wire.clock.instant().minus(LATE_AT_MOST);
    for (Operation operation : world.open()) {
      Attempt attempt = new Attempt(operation.id(), operation.delivery().attempt());
      boolean isLost =
          operation.awaitsGrant()
              && !operation.isExpired(world.wire.clock.instant())
              && operation.delivery().dueAt().isBefore(sentBefore)
              && !world.queue.holds(attempt.messageId())
              && !world.queue.remembers(attempt.messageId());
      if (isLost) {
        lost.add(attempt);
      }
    }
    return lost;
  }
}
