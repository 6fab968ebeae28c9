package dev.drawbridge.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Status;
import dev.drawbridge.simulation.Wire.Trouble;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people come in for, with everything that can go wrong at each single call. */
class HardStoriesTest {
  private static final Logger LOG = Logger.getLogger(HardStoriesTest.class.getName());
  private static final int MOST_MINUTES = 60;

  /** The others differ from these only in how long is waited. */
  private static final Set<Trouble> TROUBLES =
      EnumSet.complementOf(EnumSet.of(Trouble.THROTTLED, Trouble.TIMEOUT_BEFORE));

  /** What happens. */
  enum Story {
    /** A message is given up, and its request put back. */
    PUT_BACK,
    /** All access is revoked, and granted again. */
    REVOKED
  }

  @ParameterizedTest
  @EnumSource
  void story_whenAnythingGoesWrongAtAnyCall_thenItComesToItsEnd(Story story) {
    int last = new Life(story, Optional.empty(), 0).live().wire.calls();
    assertTrue(last > 50, "the story makes calls");
    for (Trouble trouble : TROUBLES) {
      IntStream.rangeClosed(1, last)
          .parallel()
          .forEach(
              call ->
                  assertEquals(
                      List.of(),
                      new Life(story, Optional.of(trouble), call).live().judge.violations(),
                      story + ", " + trouble + " at call " + call));
    }
    LOG.info(() -> "%s: %d calls, each met by %s".formatted(story, last, TROUBLES));
  }

  private static final class Life {
    private final Random random = new Random(1);
    private final Story story;
    private final boolean isLate;
    private final World world = new World(random, GrantScope.SUBSCRIPTION, 10);
    private final App app = new App(world, 1);
    private final Requests requests = new Requests(random);
    private boolean isConnected;
    private final Set<OperationId> accepted = new LinkedHashSet<>();

    Life(Story story, Optional<Trouble> trouble, int at) {
      this.story = story;
      this.isLate = trouble.equals(Optional.of(Trouble.LATE_EFFECT));
      world.wire.fate(Wire.Fate.once(trouble, at));
    }

    World live() {
      OperationId first = accept();
      OperationId second = story == Story.PUT_BACK ? putBack() : revoked(first);
      for (int minute = 0; minute < MOST_MINUTES && !isOver(second); minute++) {
        minute();
        connect(second);
      }
      if (isLate) {
        run(5); // so that it is over, too
      }
      Settled.judge(world, accepted);
      expect(first, Status.FAILED, story == Story.PUT_BACK ? "deadLettered" : "allRevoked");
      expect(second, Status.SUCCEEDED, "connected");
      return world;
    }

    private OperationId accept() {
      OperationId id = app.accept(requests.plain()).orElseThrow();
      accepted.add(id);
      return id;
    }

    /** Its message was never received in time, and somebody has it put back. */
    private OperationId putBack() {
      for (int minute = 0; minute < MOST_MINUTES; minute++) {
        minute();
        List<OperationId> unused = app.replay(false);
        Optional<OperationId> replayed = // whatever the call has answered
            world.onlooker.parked().stream()
                .flatMap(one -> one.value().replay().stream())
                .map(Parked.Replay::operation)
                .findFirst();
        if (replayed.isPresent()) {
          accepted.add(replayed.get());
          return replayed.get();
        }
      }
      throw new AssertionError("not put back");
    }

    private OperationId revoked(OperationId first) {
      run(1);
      for (int tries = 0; tries < 3 && !world.brake.isPulled(); tries++) {
        app.pull();
      }
      for (int minute = 0; minute < MOST_MINUTES && !isOver(first); minute++) {
        minute();
      }
      for (int tries = 0; tries < 6 && world.onlooker.stop().isPresent(); tries++) {
        app.lift();
        run(1);
      }
      return accept();
    }

    private void run(int minutes) {
      for (int i = 0; i < minutes; i++) {
        minute();
      }
    }

    private void minute() {
      world.wire.advance(Duration.ofMinutes(1));
      if (story == Story.PUT_BACK && world.queue.givenUp().isEmpty()) {
        world.queue.expireOne(); // it may come late
      }
      Optional<OperationId> unused = app.deliver();
      app.park();
      app.sweep();
      app.tell();
    }

    private void connect(OperationId id) {
      world
          .look(id)
          .filter(Operation::awaitsConnection)
          .filter(one -> !isConnected)
          .ifPresent(
              one -> {
                isConnected = true;
                world.targets.connect(one, true);
              });
    }

    private boolean isOver(OperationId id) {
      return world.look(id).map(Operation::isOver).orElse(false)
          && !world.queue.isAnyDead()
          && world.table.here("open").isEmpty()
          && world.table.here("grants").isEmpty();
    }

    private void expect(OperationId id, Status status, String code) {
      world
          .look(id)
          .filter(
              one ->
                  one.status() != status
                      || one.ending().filter(how -> how.code().equals(code)).isEmpty())
          .ifPresent(one -> world.judge.violated(1, "it ended as " + one.ending()));
    }
  }
}
