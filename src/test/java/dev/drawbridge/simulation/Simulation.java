package dev.drawbridge.simulation;

import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Status;
import dev.drawbridge.simulation.Wire.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

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
  private final People people;
  private int depth;

  private Simulation(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    GrantScope scope = SCOPES.get(random.nextInt(SCOPES.size()));
    world = new World(random, scope, random.nextBoolean() ? 10 : 2);
    app = new App(world, 2);
    people = new People(random, world, app);
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
    boolean isSlow = random.nextInt(4) == 0; // Azure is: only few rules are about that
    int odds = isSlow ? 60 : List.of(12, 25, 60, Integer.MAX_VALUE).get(random.nextInt(4));
    boolean isAlarmed = random.nextInt(4) == 0;
    world.wire.fate(
        (number, call, writes) ->
            isSlow && writes && call.startsWith("arm") && random.nextInt(3) == 0
                ? Optional.of(Trouble.LATE_EFFECT)
                : fate(odds, writes));
    world.wire.meanwhile(() -> meanwhile(isAlarmed));
    world.assignments.lag(random.nextBoolean());
    try {
      for (int step = 0; step < STEPS; step++) {
        act(isAlarmed);
      }
      settle();
      Settled.judge(world, people.accepted());
    } catch (RuntimeException | Crash e) {
      world.judge.violated(0, "the simulation broke: " + e);
    }
    return new Outcome(
        seed,
        world.judge.violations(),
        world.wire.history(),
        world.wire.troubles(),
        world.wire.calls(),
        people.accepted().size());
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
  private void meanwhile(boolean isAlarmed) {
    if (depth >= 2 || random.nextInt(40) != 0) {
      return;
    }
    depth++;
    try {
      if (random.nextInt(4) == 0) {
        world.wire.advance(Duration.ofSeconds(random.nextInt(240)));
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        invoke(isAlarmed);
      }
    } finally {
      depth--;
    }
  }

  private void invoke(boolean isAlarmed) {
    int what = random.nextInt(24);
    if (what < 8) {
      app.sweep();
    } else if (what < 11) {
      app.removeOrphans();
    } else if (what < 15) {
      app.deliver();
    } else if (what < 18) {
      app.tell();
    } else if (what < 21) {
      people.cancelOne();
    } else if (what < 22) {
      people.replay(false);
    } else if (what < 23 && isAlarmed) {
      people.brake();
    } else {
      app.park();
    }
  }

  private void act(boolean isAlarmed) {
    if (isAlarmed && random.nextInt(30) == 0) {
      people.brake();
    }
    int what = random.nextInt(106);
    if (what < 28) {
      world.wire.advance(Duration.ofSeconds(random.nextInt(90)));
      app.sweep();
    } else if (what < 44) {
      app.deliver().filter(id -> random.nextInt(2) == 0).ifPresent(people::giveUp);
    } else if (what < 51) {
      app.tell();
    } else if (what < 52) {
      app.removeOrphans();
    } else if (what < 62) {
      people.ask();
    } else if (what < 65) {
      people.askAgain();
    } else if (what < 67) {
      people.cancelOne();
    } else if (what < 69) {
      people.tryAnew();
    } else if (what < 71) {
      people.closeTicket();
    } else if (what < 84) {
      people.connect();
    } else if (what < 98) {
      people.interfere(depth == 0);
    } else if (what < 101) {
      app.park();
    } else if (what < 103) {
      people.replay(random.nextInt(4) == 0);
    } else {
      world.wire.advance(Duration.ofMinutes(random.nextInt(600)));
    }
  }

  /** Nothing goes wrong any more, and people do what they were asked to. */
  private void settle() {
    world.wire.note("PEACE");
    world.wire.fate((number, call, writes) -> Optional.empty());
    world.wire.meanwhile(() -> {});
    world.assignments.lag(false);
    world.assignments.unlockAll();
    live(12);
    people.tidy();
    people.replay(false);
    live(12);
    world.wire.advance(Duration.ofDays(7));
    live(40);
    goOn();
  }

  private void live(int minutes) {
    for (int i = 0; i < minutes; i++) {
      world.wire.advance(Duration.ofMinutes(1));
      if (world.onlooker.stop().isPresent()) {
        app.lift(); // also one that came into force late, which health shows
      }
      for (int messages = 0; messages < 10; messages++) {
        app.deliver();
        app.park();
      }
      if (i % 5 == 0) {
        app.removeOrphans();
      }
      app.sweep();
      app.tell();
    }
  }

  /** Whatever has happened, a request that comes now is granted, connected and over. */
  private void goOn() {
    Optional<OperationId> last = people.askForThePlainest();
    for (int i = 0; i < 12; i++) {
      live(1);
      last.flatMap(world::look)
          .filter(Operation::awaitsConnection)
          .ifPresent(one -> world.targets.connect(one, true));
    }
    boolean isDone =
        last.flatMap(world::look).filter(one -> one.status() == Status.SUCCEEDED).isPresent();
    if (!isDone && !world.assignments.isAnyByHand()) {
      world.judge.violated(1, "after all that, a plain request does not succeed");
    }
  }
}
