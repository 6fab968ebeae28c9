package dev.drawbridge.simulation;

import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.flow.BreakGlass;
import dev.drawbridge.access.flow.Intake;
import dev.drawbridge.access.flow.Replaying;
import dev.drawbridge.access.flow.SweepReport;
import dev.drawbridge.simulation.World.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The instances of the app, and the host that runs their functions. */
final class App {
  private final World world;
  private final Instance[] instances;
  private final Overdue overdue;
  private final LostMessages lost;

  App(World world, int instances) {
    this.world = world;
    this.instances = new Instance[instances];
    this.overdue = new Overdue(world);
    this.lost = new LostMessages(world);
    for (int i = 0; i < instances; i++) {
      this.instances[i] = world.new Instance();
    }
  }

  /** A caller that sends its request until it is answered 202. */
  Optional<OperationId> accept(ConnectionRequest request) {
    Optional<OperationId> accepted = Optional.empty();
    for (int i = 0; i < 4 && accepted.isEmpty(); i++) {
      OperationId[] id = new OperationId[1];
      on(
          "intake",
          instance -> {
            Intake.Result result =
                instance.intake.accept(request, Optional.empty(), "api", World.LOG);
            if (result instanceof Intake.Result.Accepted done) {
              id[0] = done.operation().id();
            }
          });
      accepted = Optional.ofNullable(id[0]);
    }
    return accepted;
  }

  void cancel(OperationId id) {
    on(
        "cancel",
        instance -> {
          Object unused = instance.operations.cancel(id);
        });
  }

  void closeTicket(Operation operation) {
    on(
        "close",
        instance -> {
          List<Operation> canceled =
              instance.operations.cancel(operation.request().terms().ticket());
          world.wire.note("canceled " + canceled.size());
        });
  }

  void choose(OperationId id, String connection) {
    on(
        "choose",
        instance -> {
          Object unused = instance.operations.choose(id, connection);
        });
  }

  /**
   * Delivers a message.
   *
   * @return the operation that it names, if something went wrong
   */
  Optional<OperationId> deliver() {
    Optional<QueueModel.Message> received = world.queue.receive();
    if (received.isEmpty()) {
      return Optional.empty();
    }
    QueueModel.Message message = received.get();
    if (world.wire.random.nextInt(20) == 0) {
      world.queue.loseLock(message);
    }
    boolean untroubled =
        on(
            "grant",
            instance -> {
              try {
                OperationId id = instance.granting.attempt(message.body, message.queue, World.LOG);
                world.queue.complete(message);
                instance.telling.run(id, World.LOG);
              } catch (RuntimeException e) {
                world.queue.abandon(message);
                throw e;
              }
            });
    return untroubled ? Optional.empty() : world.operationOf(message);
  }

  /** Delivers a message that its queue has given up. */
  void park() {
    Optional<QueueModel.Dead> received = world.queue.receiveDead();
    if (received.isEmpty()) {
      return;
    }
    QueueModel.Dead message = received.get();
    if (world.wire.random.nextInt(20) == 0) {
      world.queue.loseLock(message);
    }
    on(
        "park",
        instance -> {
          try {
            instance
                .parking
                .park(message.letter, World.LOG)
                .ifPresent(id -> instance.telling.run(id, World.LOG));
          } catch (RuntimeException e) {
            world.queue.loseLock(message);
            throw e;
          }
          world.queue.complete(message);
          world.givenUp.taken(message.letter);
        });
  }

  /** Somebody puts back what is parked, or looks what would come of it. */
  List<OperationId> replay(boolean dryRun) {
    List<OperationId> replayed = new ArrayList<>();
    on(
        "replay",
        instance -> {
          Replaying.Order order =
              new Replaying.Order("mended", "somebody", Optional.empty(), dryRun);
          Replaying.Report report = instance.replaying.run(order, World.LOG);
          report.outcomes().forEach(one -> one.operation().ifPresent(replayed::add));
        });
    return replayed;
  }

  /** Somebody looks what the brake would end. */
  void standing() {
    on(
        "standing",
        instance -> {
          Object unused = instance.brake.standing();
        });
  }

  /** Somebody pulls the brake. */
  void pull() {
    Brake.Before before = world.brake.begins(world.open());
    Set<OperationId> unsaid = new HashSet<>();
    boolean untroubled =
        on(
            "pull",
            instance -> {
              BreakGlass.Standing answer = instance.brake.pull("stolen key", World.LOG);
              world.brake.answered(before);
              unsaid.addAll(world.brake.spared(before, world.open()));
              answer.operations().forEach(one -> unsaid.remove(one.id()));
            });
    unsaid.addAll(untroubled ? world.brake.spared(before, world.open()) : Set.of());
    unsaid.forEach(id -> world.judge.violated(2, id + " goes on, and all was revoked"));
  }

  /** Somebody lets access be granted again. */
  void lift() {
    world.brake.lifts(() -> on("lift", instance -> instance.brake.lift("found", World.LOG)));
  }

  void sweep() {
    overdue.begins();
    lost.begins();
    Brake.Before before = world.brake.begins(world.open());
    boolean wasPulled = world.brake.isPulled();
    boolean[] whole = {false};
    boolean untroubled =
        on(
            "sweep",
            instance -> {
              SweepReport report = instance.sweep.run(World.LOG);
              whole[0] = report.failures() == 0;
            });
    overdue.ends(untroubled && whole[0]);
    lost.ends(untroubled && whole[0]);
    if (untroubled && whole[0] && wasPulled) {
      world
          .brake
          .spared(before, world.open())
          .forEach(
              id -> world.judge.violated(2, id + " goes on after a sweep, and all was revoked"));
    }
  }

  void removeOrphans() {
    on(
        "orphans",
        instance -> {
          Object unused = instance.orphans.run(World.LOG);
        });
  }

  void tell() {
    on(
        "tell",
        instance -> {
          Object unused = instance.telling.run(World.LOG);
        });
  }

  /** An instance that has crashed is another one from then on. */
  private boolean on(String function, Consumer<Instance> invocation) {
    int which = world.wire.random.nextInt(instances.length);
    boolean untroubled =
        world.wire.invoke(function + "#" + which, () -> invocation.accept(instances[which]));
    if (!untroubled) {
      instances[which] = world.new Instance();
    }
    return untroubled;
  }
}
