package dev.drawbridge.simulation;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.Versioned;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Those who send requests and cancel them, the vendor, and whoever else is at large. */
final class People {
  private final Random random;
  private final World world;
  private final App app;
  private final Requests requests;
  private final List<ConnectionRequest> sent = new ArrayList<>();
  private final Set<OperationId> accepted = new LinkedHashSet<>();

  People(Random random, World world, App app) {
    this.random = random;
    this.world = world;
    this.app = app;
    this.requests = new Requests(random);
  }

  /** What must come to an end. */
  Set<OperationId> accepted() {
    return accepted;
  }

  void ask() {
    ask(requests.any());
  }

  private void ask(ConnectionRequest request) {
    sent.add(request);
    app.accept(request).ifPresent(accepted::add);
  }

  void askAgain() {
    if (!sent.isEmpty()) {
      ConnectionRequest one = sent.get(random.nextInt(sent.size()));
      app.accept(one).ifPresent(accepted::add);
    }
  }

  /** Nothing is in the way of this one any more. */
  Optional<OperationId> askForThePlainest() {
    Optional<OperationId> plainest = app.accept(requests.plain());
    plainest.ifPresent(accepted::add);
    return plainest;
  }

  /** Whoever sees that it goes wrong cancels at once, and the sweeps go on. */
  void giveUp(OperationId id) {
    app.cancel(id);
    app.sweep();
    app.sweep();
  }

  void cancelOne() {
    anyOpen().ifPresent(one -> app.cancel(one.id()));
  }

  /** Whoever waits in vain cancels, and asks for the same again at once. */
  void tryAnew() {
    Optional<Operation> vain =
        any(world.open().stream().filter(Operation::awaitsConnection).toList());
    if (vain.isPresent()) {
      giveUp(vain.get().id());
      ask(requests.anew(vain.get().request()));
      for (int i = 0; i < 3; i++) {
        Optional<OperationId> unused = app.deliver();
      }
    }
  }

  void closeTicket() {
    anyOpen().ifPresent(app::closeTicket);
  }

  void connect() {
    anyOpen().ifPresent(one -> world.targets.connect(one, random.nextInt(4) > 0));
  }

  void replay(boolean dryRun) {
    accepted.addAll(app.replay(dryRun));
  }

  /** Pulls the brake, also one that is pulled, looks what it would end, or lets it go. */
  void brake() {
    boolean isPulled = world.onlooker.stop().isPresent();
    if (isPulled && random.nextInt(3) == 0) {
      app.lift();
    } else if (random.nextInt(4) == 0) {
      app.standing();
    } else {
      app.pull();
    }
  }

  /** What people do by hand, and what Azure does by itself. */
  void interfere(boolean isCalm) {
    int what = random.nextInt(16);
    world.wire.note("somebody interferes: " + what);
    switch (what) {
      case 0, 1 -> world.targets.finish();
      case 2 -> anyOurs().ifPresent(world.assignments::remove);
      case 3 -> addForeign(isCalm);
      case 4 -> anyOurs().ifPresent(this::stripMarker);
      case 5, 6 -> world.assignments.lock("/subscriptions/" + World.SUBSCRIPTION);
      case 7 -> world.assignments.unlockAll();
      case 8 -> world.queue.loseOne();
      case 9 -> anyOpen().ifPresent(one -> world.targets.remove(one.request().target()));
      case 10 -> world.targets.restoreAll();
      case 11 -> loseGrant();
      case 12 -> world.queue.expireOne();
      case 13 -> putMessage();
      default -> anyOpen().ifPresent(this::decide);
    }
  }

  private void loseGrant() {
    List<Versioned<Grant>> grants = world.onlooker.grants();
    if (!grants.isEmpty()) {
      UUID name = grants.get(random.nextInt(grants.size())).value().access().assignmentName();
      world.table.lose("grants", name.toString());
    }
  }

  /** Whoever may send can send anything, to any queue. */
  private void putMessage() {
    String queue =
        List.of(ConnectionKind.values())
            .get(random.nextInt(ConnectionKind.values().length))
            .queue();
    String body =
        switch (random.nextInt(4)) {
          case 0 -> "rubbish";
          case 1 -> new UUID(5, random.nextLong()) + "/0";
          default -> anyAccepted().map(id -> id + "/" + random.nextInt(3)).orElse("");
        };
    world.queue.put(body, queue, world.wire.clock.instant());
  }

  private Optional<OperationId> anyAccepted() {
    return any(List.copyOf(accepted));
  }

  private void decide(Operation operation) {
    operation.undecided().stream()
        .findFirst()
        .ifPresent(one -> app.choose(operation.id(), one.connectionId()));
  }

  /** An assignment that has all that ours has or had, but one thing. */
  private void addForeign(boolean isCalm) {
    Optional<Access> access = anyAccepted().flatMap(world::look).flatMap(Operation::access);
    if (access.isEmpty() || !world.assignments.canBeMade(access.get())) {
      return;
    }
    UUID name = access.get().assignmentName();
    boolean sameName =
        random.nextBoolean() && isCalm && !world.wire.isAnyLate() && !world.assignments.wasOf(name);
    world.assignments.putByHand(
        sameName ? name : new UUID(7, random.nextLong()),
        new Assignment(access.get(), "made by hand"));
  }

  private void stripMarker(UUID name) {
    if (world.wire.isAnyLate()) {
      return; // a call that deletes it may be under way: by then it is not known for ours any more
    }
    Optional.ofNullable(world.assignments.all().get(name))
        .ifPresent(
            one -> world.assignments.edit(name, new Assignment(one.access(), "edited by hand")));
  }

  /** What an operation or the health says is in the way, and takes a person. */
  void tidy() {
    Set<UUID> names = new LinkedHashSet<>();
    world.open().forEach(one -> one.access().map(Access::assignmentName).ifPresent(names::add));
    world.onlooker.grants().stream()
        .map(Versioned::value)
        .filter(grant -> grant.isOverdue(world.wire.clock.instant()))
        .forEach(grant -> names.add(grant.access().assignmentName()));
    names.stream()
        .filter(name -> !world.assignments.isOurs(name))
        .forEach(world.assignments::remove);
  }

  private Optional<Operation> anyOpen() {
    return any(world.open());
  }

  private Optional<UUID> anyOurs() {
    return any(
        world.assignments.all().keySet().stream()
            .filter(name -> !world.assignments.isByHand(name))
            .toList());
  }

  private <T> Optional<T> any(List<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }
}
