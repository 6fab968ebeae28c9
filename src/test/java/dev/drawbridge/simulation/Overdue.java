package dev.drawbridge.simulation;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.port.AccessControl.Assignment;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Counts how many sweeps in which Azure answered an assignment outlives what it was needed for. */
final class Overdue {
  private static final int MOST = 2;

  private final World world;
  private final Deque<Set<UUID>> atTheBeginning = new ArrayDeque<>();
  private final Map<UUID, Integer> outlived = new HashMap<>();

  Overdue(World world) {
    this.world = world;
  }

  void begins() {
    atTheBeginning.push(unneeded());
  }

  /**
   * @param answered whether nothing went wrong in the sweep
   */
  void ends(boolean answered) {
    Set<UUID> before = atTheBeginning.pop();
    Set<UUID> now = unneeded();
    outlived.keySet().retainAll(now);
    now.retainAll(before);
    if (!answered) {
      return;
    }
    for (UUID name : now) {
      if (outlived.merge(name, 1, Integer::sum) > MOST) {
        world.judge.violated(2, "assignment %s outlives %d sweeps".formatted(name, MOST));
      }
    }
  }

  /** Ours that nobody needs, and that nothing keeps which takes a person. */
  private Set<UUID> unneeded() {
    Set<UUID> needed = new HashSet<>();
    Instant now = world.wire.clock.instant();
    for (Operation operation : world.open()) {
      boolean goesOn = operation.ending().isEmpty() && !operation.isExpired(now);
      if (goesOn && !world.brake.isPulled()) {
        operation.access().map(Access::assignmentName).ifPresent(needed::add);
      }
    }
    Set<UUID> unneeded = new HashSet<>();
    if (!world.assignments.isLocked()) {
      world.assignments.all().forEach((name, one) -> addIf(unneeded, needed, name, one));
    }
    return unneeded;
  }

  private void addIf(Set<UUID> unneeded, Set<UUID> needed, UUID name, Assignment one) {
    boolean ours = !world.assignments.isByHand(name) && Marker.of(one.description()).isPresent();
    // One whose grant somebody has deleted is the orphan sweep's, which comes less often.
    boolean isOrphan = world.table.hasLost() && world.onlooker.grant(name).isEmpty();
    if (ours && !needed.contains(name) && !isOrphan) {
      unneeded.add(name);
    }
  }
}
