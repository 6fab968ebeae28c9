package dev.drawbridge.simulation;

import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether the app has said that all access is revoked, and nobody has let it grant again since. */
final class Brake {
  private final Supplier<Instant> now;
  private Optional<Instant> pulledAt = Optional.empty();
  private int lifting;
  private int lifts;

  /**
   * How it was when a call began.
   *
   * @param lifts how often it had been let go
   * @param open the operations whose end was not decided
   */
  record Before(int lifts, Set<OperationId> open) {}

  Brake(Supplier<Instant> now) {
    this.now = now;
  }

  Before begins(List<Operation> open) {
    return new Before(lifts, goingOn(open));
  }

  /** The call that pulls it was answered. */
  void answered(Before before) {
    if (lifting == 0 && lifts == before.lifts()) { // else nobody knows which came first
      pulledAt = pulledAt.or(() -> Optional.of(now.get()));
    }
  }

  /** What goes on, and did before, though all was revoked all the while. */
  Set<OperationId> spared(Before before, List<Operation> open) {
    Set<OperationId> spared = goingOn(open);
    spared.retainAll(before.open());
    return isPulled() && lifts == before.lifts() ? spared : Set.of();
  }

  private static Set<OperationId> goingOn(List<Operation> open) {
    Set<OperationId> goingOn = new HashSet<>();
    open.stream().filter(one -> one.ending().isEmpty()).map(Operation::id).forEach(goingOn::add);
    return goingOn;
  }

  /** Somebody lets it grant again; it counts from the beginning, whatever becomes of the call. */
  void lifts(Runnable call) {
    pulledAt = Optional.empty();
    lifting++;
    lifts++;
    try {
      call.run();
    } finally {
      lifting--;
    }
  }

  boolean isPulled() {
    return pulledAt.isPresent();
  }

  boolean isPulledFor(Duration longer) {
    return pulledAt.filter(at -> now.get().isAfter(at.plus(longer))).isPresent();
  }
}
