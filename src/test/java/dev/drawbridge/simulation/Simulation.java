package dev.drawbridge.simulation;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.Versioned;
import dev.drawbridge.simulation.Wire.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** One life of a world: turbulence made of a seed, then peace to settle in, then judgement. */
final class Simulation {

  /**
   * What came of a run.
   *
   * @param history readable, of what happened in order
   */
  record Outcome(
      long seed,
      List<String> violations,
      List<String> history,
      Map<Trouble, Integer> troubles,
      int calls,
      int operations) {}

  private static final int STEPS = 90;
  private static final List<Trouble> TROUBLES = List.of(Trouble.values());
  private static final List<GrantScope> SCOPES = List.of(GrantScope.values());

  private final long seed;
  private final Random random;
  private final World world;
  private final App app;
  private final List<ConnectionRequest> requests = new ArrayList<>();
  private final Set<OperationId> accepted = new LinkedHashSet<>();
  private int tickets;
  private int depth;

  private Simulation(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    world = new World(random, SCOPES.get(random.nextInt(SCOPES.size())));
    app = new App(world, 2);
  }

  /** Lives a life, and once more to write it down if something was wrong with it. */
  static Outcome run(long seed) {
    Outcome outcome = new Simulation(seed).run();
    if (outcome.violations().isEmpty()) {
      return outcome;
    }
    Simulation again = new Simulation(seed);
    again.world.wire.record(true);
    return again.run();
  }

  /** Whether a life violates an invariant, for who does not need to know which. */
  static boolean violates(long seed) {
    return !new Simulation(seed).run().violations().isEmpty();
  }

  private Outcome run() {
    int odds = List.of(12, 25, 60, Integer.MAX_VALUE).get(random.nextInt(4));
    world.wire.fate((number, writes) -> fate(odds, writes));
    world.wire.meanwhile(this::meanwhile);
    world.assignments.lag(random.nextBoolean());
    try {
      for (int step = 0; step < STEPS; step++) {
        act();
      }
      settle();
      Settled.judge(world, accepted);
    } catch (RuntimeException | Crash e) {
      world.judge.violated(0, "the simulation broke: " + e);
    }
    return new Outcome(
        seed,
        world.judge.violations(),
        world.wire.history(),
        world.wire.troubles(),
        world.wire.calls(),
        accepted.size());
  }

  private Optional<Trouble> fate(int odds, boolean writes) {
    if (random.nextInt(odds) != 0) {
      return Optional.empty();
    }
    Trouble trouble = TROUBLES.get(random.nextInt(TROUBLES.size()));
    boolean isLate = trouble == Trouble.LATE_EFFECT;
    return Optional.of(isLate && !writes ? Trouble.TIMEOUT_BEFORE : trouble);
  }

  /** While a call is under way, another instance may run, and time may pass. */
  private void meanwhile() {
    if (depth >= 2 || random.nextInt(40) != 0) {
      return;
    }
    depth++;
    try {
      if (random.nextInt(4) == 0) {
        world.wire.advance(Duration.ofSeconds(random.nextInt(240)));
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        invoke();
      }
    } finally {
      depth--;
    }
  }

  private void invoke() {
    switch (random.nextInt(6)) {
      case 0, 1 -> app.sweep();
      case 5 -> app.removeOrphans();
      case 2 -> app.deliver();
      case 3 -> app.tell();
      default -> cancelOne();
    }
  }

  private void act() {
    int what = random.nextInt(100);
    if (what < 28) {
      world.wire.advance(Duration.ofSeconds(random.nextInt(90)));
      app.sweep();
    } else if (what < 44) {
      app.deliver().filter(id -> random.nextInt(2) == 0).ifPresent(this::giveUp);
    } else if (what < 51) {
      app.tell();
    } else if (what < 52) {
      app.removeOrphans();
    } else if (what < 62) {
      request(new Requests(random).any(++tickets));
    } else if (what < 65) {
      again();
    } else if (what < 69) {
      cancelOne();
    } else if (what < 71) {
      anyOpen().ifPresent(app::closeTicket);
    } else if (what < 84) {
      anyOpen().ifPresent(one -> world.targets.connect(one, random.nextInt(4) > 0));
    } else if (what < 97) {
      interfere(what);
    } else {
      world.wire.advance(Duration.ofMinutes(random.nextInt(600)));
    }
  }

  /** What people do by hand, and what Azure does by itself. */
  private void interfere(int what) {
    world.wire.note("somebody interferes: " + what);
    switch (what) {
      case 84, 85 -> world.targets.finish();
      case 86 -> anyOurs().ifPresent(world.assignments::remove);
      case 87 -> anyOpen().ifPresent(this::addForeign);
      case 88 -> anyOurs().ifPresent(this::stripMarker);
      case 89, 90 -> world.assignments.lock("/subscriptions/" + World.SUBSCRIPTION);
      case 91 -> world.assignments.unlockAll();
      case 92 -> world.queue.loseOne();
      case 93 -> anyOpen().ifPresent(one -> world.targets.remove(one.request().target()));
      case 94 -> world.targets.restoreAll();
      case 95 -> loseSomething();
      default -> anyOpen().ifPresent(this::decide);
    }
  }

  private void loseSomething() {
    List<Versioned<Grant>> grants = world.onlooker.grants();
    if (random.nextInt(4) > 0 || grants.isEmpty()) {
      world.queue.loseOne();
    } else {
      UUID name = grants.get(random.nextInt(grants.size())).value().access().assignmentName();
      world.table.lose("grants", name.toString());
    }
  }

  private void decide(Operation operation) {
    operation.undecided().stream()
        .findFirst()
        .ifPresent(one -> app.choose(operation.id(), one.connectionId()));
  }

  /** An assignment that has all that ours has, but one thing. */
  private void addForeign(Operation operation) {
    Optional<Access> access = operation.access();
    if (access.isEmpty()) {
      return;
    }
    if (world.assignments.canBeMade(access.get())) {
      UUID name = access.get().assignmentName();
      boolean sameName =
          random.nextBoolean()
              && depth == 0
              && !world.wire.isAnyLate()
              && !world.assignments.wasOf(name);
      world.assignments.putByHand(
          sameName ? name : new UUID(7, random.nextLong()),
          new Assignment(access.get(), "made by hand"));
    }
  }

  private void stripMarker(UUID name) {
    if (world.wire.isAnyLate()) {
      return; // a call that deletes it may be under way: by then it is not known for ours any more
    }
    Optional.ofNullable(world.assignments.all().get(name))
        .ifPresent(
            one -> world.assignments.edit(name, new Assignment(one.access(), "edited by hand")));
  }

  private void request(ConnectionRequest request) {
    requests.add(request);
    app.accept(request).ifPresent(accepted::add);
  }

  private void again() {
    if (!requests.isEmpty()) {
      ConnectionRequest one = requests.get(random.nextInt(requests.size()));
      app.accept(one).ifPresent(accepted::add);
    }
  }

  /** Whoever sees that it goes wrong cancels at once, and the sweeps go on. */
  private void giveUp(OperationId id) {
    app.cancel(id);
    app.sweep();
    app.sweep();
  }

  private void cancelOne() {
    anyOpen().ifPresent(one -> app.cancel(one.id()));
  }

  private Optional<Operation> anyOpen() {
    List<Operation> open = world.open();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
  }

  private Optional<UUID> anyOurs() {
    List<UUID> ours =
        world.assignments.all().keySet().stream()
            .filter(name -> !world.assignments.isByHand(name))
            .toList();
    return ours.isEmpty() ? Optional.empty() : Optional.of(ours.get(random.nextInt(ours.size())));
  }

  /** Nothing goes wrong any more, and people do what they were asked to. */
  private void settle() {
    world.wire.note("PEACE");
    world.wire.fate((number, writes) -> Optional.empty());
    world.wire.meanwhile(() -> {});
    world.assignments.lag(false);
    world.assignments.unlockAll();
    live(12);
    tidyByHand();
    live(12);
    world.wire.advance(Duration.ofDays(7));
    live(40);
  }

  private void live(int minutes) {
    for (int i = 0; i < minutes; i++) {
      world.wire.advance(Duration.ofMinutes(1));
      for (int messages = 0; messages < 10; messages++) {
        app.deliver();
      }
      if (i % 5 == 0) {
        app.removeOrphans();
      }
      app.sweep();
      app.tell();
    }
  }

  /** What an operation says is in the way, and takes a person. */
  private void tidyByHand() {
    for (Operation operation : world.open()) {
      operation
          .access()
          .map(Access::assignmentName)
          .filter(name -> !world.assignments.isOurs(name))
          .ifPresent(world.assignments::remove);
    }
  }

  /** Requests as tickets make them. */
  private record Requests(Random random) {
    ConnectionRequest any(int ticket) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("ticket", Map.of("system", "zendesk", "id", String.valueOf(ticket)));
      fields.put("clusterId", "cluster" + random.nextInt(2));
      fields.put("expiresIn", List.of("PT1H", "PT6H", "P1D", "P3D").get(random.nextInt(4)));
      switch (random.nextInt(3)) {
        case 0 -> network(fields, "vnet", "vnetName", "vnet-" + random.nextInt(2));
        case 1 -> {
          network(fields, "vhub", "virtualHubName", "hub");
          fields.put("connectionName", "astro-" + random.nextInt(3));
        }
        default -> {
          fields.put("type", "privateLink");
          fields.put(
              "resourceId",
              "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/data"
                  .formatted(World.SUBSCRIPTION));
          fields.put("groupId", "blob");
          fields.put("approval", List.of("drawbridge", "vendor", "manual").get(random.nextInt(3)));
        }
      }
      return World.request(fields);
    }

    private void network(Map<String, Object> fields, String type, String nameField, String name) {
      fields.put("type", type);
      fields.put("tenantId", World.TENANT.toString());
      UUID subscription = random.nextInt(20) == 0 ? World.NOT_SERVED : World.SUBSCRIPTION;
      fields.put("subscriptionId", subscription.toString());
      fields.put("resourceGroup", "rg");
      fields.put(nameField, name);
    }
  }
}
