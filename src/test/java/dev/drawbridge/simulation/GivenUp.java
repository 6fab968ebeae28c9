package dev.drawbridge.simulation;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.port.Versioned;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Holds the app to what becomes of messages that a queue has given up. */
final class GivenUp {
  private final World world;

  GivenUp(World world) {
    this.world = world;
  }

  /** The function that takes it has said that it is done with it. */
  void taken(DeadLetter letter) {
    if (!parked().containsKey(id(letter))) {
      world.judge.violated(1, "of the message %s nothing is kept".formatted(letter.body()));
    }
    // Attempts are only ever counted up: none that is not awaited now will be.
    attempt(letter)
        .filter(
            one ->
                world
                    .look(one.operation())
                    .filter(named -> one.isAwaitedBy(named, letter.queue()))
                    .isPresent())
        .ifPresent(one -> world.judge.violated(1, one + " was given up, and is still waited for"));
  }

  /** Once everything has had the time to settle. */
  void settled() {
    Map<UUID, Parked> parked = parked();
    Set<UUID> expected = new HashSet<>();
    world.queue.givenUp().forEach(letter -> expected.add(id(letter)));
    if (!parked.keySet().equals(expected) || world.queue.isAnyDead()) {
      world.judge.violated(
          1, "%d messages were given up, %d are kept".formatted(expected.size(), parked.size()));
    }
    Map<OperationId, OperationId> successors = new HashMap<>();
    for (Parked message : parked.values()) {
      message.replay().ifPresent(replay -> replayed(message, replay, successors));
    }
  }

  private void replayed(
      Parked message, Parked.Replay replay, Map<OperationId, OperationId> successors) {
    OperationId before = message.attempt().orElseThrow().operation();
    OperationId known = successors.putIfAbsent(before, replay.operation());
    Optional<Operation> failed = world.look(before);
    Optional<Operation> successor = world.look(replay.operation());
    boolean right =
        (known == null || known.equals(replay.operation()))
            && !before.equals(replay.operation())
            && failed.filter(one -> one.status() == Status.FAILED).isPresent()
            && successor
                .filter(one -> !one.acceptedAt().isBefore(failed.get().endedAt().orElseThrow()))
                .filter(
                    one -> one.request().fingerprint().equals(failed.get().request().fingerprint()))
                .isPresent();
    if (!right) {
      world.judge.violated(
          1, "%s was put back as %s, which is not it once more".formatted(failed, successor));
    }
  }

  private Map<UUID, Parked> parked() {
    Map<UUID, Parked> parked = new HashMap<>();
    List<Versioned<Parked>> all = world.onlooker.parked();
    all.forEach(one -> parked.put(one.value().id(), one.value()));
    return parked;
  }

  private Optional<Attempt> attempt(DeadLetter letter) {
    try {
      return Optional.of(world.queue.read(letter.body()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // somebody's rubbish
    }
  }

  private static UUID id(DeadLetter letter) {
    return Parked.of(letter, Optional.empty(), World.START).id();
  }
}
