package dev.drawbridge.simulation;

import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import java.util.Optional;
import java.util.Set;

/** What must hold once everything has had the time to settle. */
final class Settled {
  private Settled() {}

  static void judge(World world, Set<OperationId> accepted) {
    for (OperationId id : accepted) {
      Optional<Operation> operation = world.look(id);
      if (operation.isEmpty()) {
        world.judge.violated(1, id + " is lost");
      } else if (operation.get().endedAt().isEmpty()) {
        world.judge.violated(1, id + " has not ended: " + operation.get());
      } else {
        world.judge.ended(operation.get());
        told(world, operation.get());
      }
    }
    world.open().forEach(one -> world.judge.violated(1, one.id() + " was not put away"));
    world
        .assignments
        .all()
        .forEach(
            (name, one) -> {
              if (!world.assignments.isByHand(name) && Marker.of(one.description()).isPresent()) {
                world.judge.violated(2, "assignment %s is left".formatted(name));
              }
            });
    if (world.assignments.isRoleLeft() && !world.table.hasLost()) {
      world.judge.violated(2, "a role definition is left");
    }
    world
        .onlooker
        .grants()
        .forEach(one -> world.judge.violated(1, "a grant is left: " + one.value()));
    world.givenUp.settled();
  }

  private static void told(World world, Operation operation) {
    for (Notice notice : operation.outbox().notices()) {
      long told = world.tickets.told(operation.id(), notice);
      // What could not be told for a day is given up, which the operation says.
      boolean givenUp = notice.outcome().equals(Optional.of(Notice.Outcome.GIVEN_UP));
      boolean once =
          told == 1
              || (told == 0 && givenUp)
              || (told > 1 && world.tickets.isUnsure(operation.id(), notice));
      if (!once) {
        world.judge.violated(
            7, "%s was told %s %d times".formatted(operation.id(), notice.key(), told));
      }
    }
  }
}
