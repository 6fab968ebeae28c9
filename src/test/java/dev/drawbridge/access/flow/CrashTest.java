package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.PassingFault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain stories, with something going wrong before or after each single call of a port. */
class CrashTest {

  /** What happens to a request. */
  enum Story {
    CONNECTED(Status.SUCCEEDED) {
      @Override
      void tell(FlowWorld world, OperationId id) {
        world.run(Duration.ofMinutes(2));
        boolean unused = world.azure.connect(Samples.request().target(), "astro");
        world.run(Duration.ofMinutes(3));
      }
    },
    CANCELED_BEFORE_THE_GRANT(Status.CANCELED) {
      @Override
      void tell(FlowWorld world, OperationId id) {
        cancel(world, id);
        world.run(Duration.ofMinutes(3));
      }
    },
    CANCELED_AFTER_THE_GRANT(Status.CANCELED) {
      @Override
      void tell(FlowWorld world, OperationId id) {
        world.run(Duration.ofMinutes(2));
        cancel(world, id);
        world.run(Duration.ofMinutes(3));
      }
    },
    EXPIRED(Status.FAILED) {
      @Override
      void tell(FlowWorld world, OperationId id) {
        world.run(Duration.ofMinutes(2));
        world.clock.advance(Duration.ofDays(3));
        world.run(Duration.ofMinutes(3));
      }
    };

    private final Status end;

    Story(Status end) {
      this.end = end;
    }

    abstract void tell(FlowWorld world, OperationId id);

    /** The caller sends it until it is answered. */
    private static void cancel(FlowWorld world, OperationId id) {
      for (int i = 0; i < 3; i++) {
        FlowWorld.step(() -> assertTrue(world.operations.cancel(id).isPresent()));
      }
    }
  }

  /** How it goes wrong. */
  enum Trouble {
    /** The process ends. */
    CRASH,
    /** A service does not answer, and nobody knows whether the call had its effect. */
    FAULT,
    /** Somebody else has changed the record. */
    CONFLICT;

    void strike(String where) {
      IllegalStateException cause = new IllegalStateException(where);
      switch (this) {
        case CRASH -> throw new Calls.Crash(where);
        case FAULT -> throw new PassingFault("test", where, Optional.empty(), true, cause);
        case CONFLICT -> throw new ConflictException(where, cause);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void story_whenNothingGoesWrong_thenItEndsAsItShould(Story story) {
    FlowWorld world = new FlowWorld();
    OperationId id = world.acceptInTheEnd(Samples.request());
    story.tell(world, id);
    assertEquals(story.end, world.look(id).status());
    world.assertSettled(id, story.name());
  }

  @ParameterizedTest
  @EnumSource
  void story_whenTheProcessCrashesAtAnyCall_thenItComesToItsEndAllTheSame(Story story) {
    everywhere(story, Trouble.CRASH);
  }

  @ParameterizedTest
  @EnumSource
  void story_whenAnyCallFailsOrItsAnswerIsLost_thenItComesToItsEndAllTheSame(Story story) {
    everywhere(story, Trouble.FAULT);
  }

  @ParameterizedTest
  @EnumSource
  void story_whenAnyLedgerCallMeetsAConflict_thenItComesToItsEndAllTheSame(Story story) {
    strikeAt(
        story,
        (world, number) ->
            world.calls.before(
                (current, name) -> {
                  if (current == number && name.startsWith("ledger.update")) {
                    Trouble.CONFLICT.strike(name);
                  }
                }));
  }

  private static void everywhere(Story story, Trouble trouble) {
    strikeAt(story, (world, number) -> world.calls.before(at(number, trouble)));
    strikeAt(story, (world, number) -> world.calls.after(at(number, trouble)));
  }

  private static Calls.Hook at(int number, Trouble trouble) {
    return (current, name) -> {
      if (current == number) {
        trouble.strike(name);
      }
    };
  }

  private static void strikeAt(Story story, BiConsumer<FlowWorld, Integer> trouble) {
    FlowWorld plain = new FlowWorld();
    story.tell(plain, plain.acceptInTheEnd(Samples.request()));
    int last = plain.calls.names().size();
    assertTrue(last > 10, "the story makes calls");
    for (int number = 1; number <= last; number++) {
      FlowWorld world = new FlowWorld();
      trouble.accept(world, number);
      OperationId id = world.acceptInTheEnd(Samples.request());
      story.tell(world, id);
      world.calls.noHooks();
      boolean unused =
          story == Story.CONNECTED && world.azure.connect(Samples.request().target(), "astro-late");
      world.run(Duration.ofMinutes(40));
      String where = "%s, call %d of %d".formatted(story, number, last);
      world.assertSettled(id, where);
      assertEquals(story.end, world.look(id).status(), where);
    }
  }

  @Test
  void grant_whenItIsCanceledAtAnyCall_thenNoAccessIsLeft() {
    meanwhile(world -> world.operations.cancel(OperationId.ofContent(Samples.request())));
  }

  @Test
  void grant_whenASweepRunsAtAnyCall_thenItIsGrantedAndEndsAsItShould() {
    meanwhile(
        world -> {
          world.sweep();
          return Optional.empty();
        });
  }

  @Test
  void grant_whenItIsCanceledAndSweptAtAnyCall_thenNoAccessIsLeft() {
    meanwhile(
        world -> {
          var unused = world.operations.cancel(OperationId.ofContent(Samples.request()));
          world.sweep();
          return Optional.empty();
        });
  }

  /** Another thread does something before or after each call of the grant. */
  private static void meanwhile(Function<FlowWorld, Optional<?>> other) {
    FlowWorld plain = new FlowWorld();
    OperationId id = plain.accept(Samples.request());
    int first = plain.calls.names().size() + 1;
    plain.deliver();
    int last = plain.calls.names().size();
    assertTrue(last - first > 10, "a grant makes calls");
    for (int number = first; number <= last; number++) {
      for (boolean before : new boolean[] {true, false}) {
        FlowWorld world = new FlowWorld();
        assertEquals(id, world.accept(Samples.request()));
        int at = number;
        Calls.Hook hook =
            (current, name) -> {
              if (current == at) {
                world.calls.noHooks();
                Optional<?> unused = other.apply(world);
              }
            };
        if (before) {
          world.calls.before(hook);
        } else {
          world.calls.after(hook);
        }
        FlowWorld.step(world::deliver);
        world.calls.noHooks();
        world.run(Duration.ofMinutes(3));
        boolean unused = world.azure.connect(Samples.request().target(), "astro");
        world.run(Duration.ofMinutes(40));
        world.assertSettled(id, "call %d, %s".formatted(number, before ? "before" : "after"));
      }
    }
  }
}
