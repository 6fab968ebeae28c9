package dev.drawbridge.simulation;

import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.flow.Intake;
import dev.drawbridge.access.flow.SweepReport;
import dev.drawbridge.simulation.World.Instance;
import java.util.List;
import java.util.Optional;

/** The instances of the app, and the host that runs their functions. */
final class App {
  private final World world;
  private final Instance[] instances;
  private final Overdue overdue;

  App(World world, int instances) {
    this.world = world;
    this.instances = new Instance[instances];
    this.overdue = new Overdue(world);
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
    return untroubled ? Optional.empty() : Optional.of(world.queue.read(message.body).operation());
  }

  void sweep() {
    overdue.begins();
    boolean[] whole = {false};
    boolean untroubled =
        on(
            "sweep",
            instance -> {
              SweepReport report = instance.sweep.run(World.LOG);
              whole[0] = report.failures() == 0;
            });
    overdue.ends(untroubled && whole[0]);
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
  private boolean on(String function, java.util.function.Consumer<Instance> invocation) {
    int which = world.wire.random.nextInt(instances.length);
    boolean untroubled =
        world.wire.invoke(function + "#" + which, () -> invocation.accept(instances[which]));
    if (!untroubled) {
      instances[which] = world.new Instance();
    }
    return untroubled;
  }
}
