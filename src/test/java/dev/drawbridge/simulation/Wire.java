package dev.drawbridge.simulation;

import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What every call of the app to the outside goes through: it takes time, it may fail before or
 * after its effect, the process may die at it, and others may act meanwhile.
 */
final class Wire {

  /** What can go wrong with a call. */
  enum Trouble {
    CRASH_BEFORE,
    CRASH_AFTER,
    THROTTLED,
    UNAVAILABLE,
    TIMEOUT_BEFORE,
    TIMEOUT_AFTER,
    LATE_EFFECT
  }

  /** Says what goes wrong with a call. */
  @FunctionalInterface
  interface Fate {
    Optional<Trouble> of(int number, String call, boolean writes);

    /** Nothing, but at one call; what only reads has no effect that could be late. */
    static Fate once(Optional<Trouble> trouble, int at) {
      return (number, call, writes) ->
          trouble
              .filter(what -> number == at)
              .map(what -> what == Trouble.LATE_EFFECT && !writes ? Trouble.TIMEOUT_AFTER : what);
    }
  }

  /** The Functions host ends an invocation after this. */
  static final Duration HOST_TIMEOUT = Duration.ofMinutes(5);

  private static final int LONGEST_HISTORY = 5_000;

  private record Late(Instant at, String name, Supplier<?> effect) {}

  final LocalClock clock;
  final Random random;
  private final List<String> history = new ArrayList<>();
  private final Map<Trouble, Integer> troubles = new EnumMap<>(Trouble.class);
  private List<Late> late = new ArrayList<>();
  private boolean records;
  private Fate fate = (number, call, writes) -> Optional.empty();
  private Runnable meanwhile = () -> {};
  private Instant deadline = Instant.MAX;
  private String actor = "";
  private int calls;
  private int troubled;

  Wire(LocalClock clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  void fate(Fate changed) {
    fate = changed;
  }

  /** What others may do while a call is under way. */
  void meanwhile(Runnable changed) {
    meanwhile = changed;
  }

  int calls() {
    return calls;
  }

  Map<Trouble, Integer> troubles() {
    return troubles;
  }

  List<String> history() {
    return history;
  }

  /** Whether a call is over for who made it, and has yet to take effect. */
  boolean isAnyLate() {
    return !late.isEmpty();
  }

  /** Whether to keep what happens; for who lives a life a second time. */
  void record(boolean changed) {
    records = changed;
  }

  void note(String what) {
    if (records && history.size() < LONGEST_HISTORY) {
      history.add("%s %-10s %s".formatted(clock.instant(), actor, what));
    }
  }

  /**
   * Runs an invocation of the app as the host would.
   *
   * @return whether it ended as it should, without anything having gone wrong in it
   */
  boolean invoke(String name, Runnable invocation) {
    String outer = actor;
    Instant outerDeadline = deadline;
    int before = troubled;
    actor = name;
    deadline = clock.instant().plus(HOST_TIMEOUT);
    try {
      note("begins");
      invocation.run();
      note("ends");
      return before == troubled;
    } catch (Crash e) {
      note("CRASHED at " + e.getMessage());
      return false;
    } catch (RuntimeException e) {
      note("FAILED with " + e);
      return false;
    } finally {
      actor = outer;
      deadline = outerDeadline;
    }
  }

  void advance(Duration by) {
    Instant end = clock.instant().plus(by);
    while (!late.isEmpty()) {
      Optional<Late> next =
          late.stream().filter(one -> !one.at().isAfter(end)).min(Comparator.comparing(Late::at));
      if (next.isEmpty()) {
        break;
      }
      late.remove(next.get());
      moveTo(next.get().at());
      note("late effect of " + next.get().name());
      try {
        Object unused = next.get().effect().get();
      } catch (RuntimeException e) {
        note("late effect was refused, " + e.getMessage());
      }
    }
    moveTo(end);
  }

  private void moveTo(Instant at) {
    if (at.isAfter(clock.instant())) {
      clock.advance(Duration.between(clock.instant(), at));
    }
  }

  <T> T read(String name, Supplier<T> effect) {
    return call(name, false, effect);
  }

  <T> T write(String name, Supplier<T> effect) {
    return call(name, true, effect);
  }

  private <T> T call(String name, boolean writes, Supplier<T> effect) {
    int number = ++calls;
    advance(Duration.ofMillis(5L + random.nextInt(200)));
    meanwhile.run();
    if (clock.instant().isAfter(deadline)) {
      throw new Crash(name + ": the host has ended the invocation");
    }
    Optional<Trouble> trouble = fate.of(number, name, writes);
    if (trouble.isEmpty()) {
      T result;
      try {
        result = effect.get();
      } catch (RuntimeException e) {
        note(number + " " + name + " -> " + e);
        throw e;
      }
      if (records) {
        note("%d %s -> %s".formatted(number, name, brief(result)));
      }
      meanwhile.run();
      return result;
    }
    troubled++;
    troubles.merge(trouble.get(), 1, Integer::sum);
    note(number + " " + name + " !! " + trouble.get());
    return troubled(trouble.get(), name, effect);
  }

  private <T> T troubled(Trouble trouble, String name, Supplier<T> effect) {
    switch (trouble) {
      case CRASH_BEFORE -> throw new Crash(name + ", before");
      case CRASH_AFTER -> {
        Object unused = effect.get();
        throw new Crash(name + ", after");
      }
      case THROTTLED ->
          throw fault(
              "TooManyRequests", Optional.of(Duration.ofSeconds(1L + random.nextInt(90))), false);
      case UNAVAILABLE -> throw fault("ServiceUnavailable", Optional.empty(), false);
      case TIMEOUT_BEFORE -> {
        advance(Duration.ofSeconds(20));
        throw fault("noAnswer", Optional.empty(), true);
      }
      case TIMEOUT_AFTER -> {
        Object unused = effect.get();
        advance(Duration.ofSeconds(20));
        throw fault("noAnswer", Optional.empty(), true);
      }
      case LATE_EFFECT -> {
        late.add(
            new Late(
                clock.instant().plus(Duration.ofSeconds(20L + random.nextInt(200))), name, effect));
        advance(Duration.ofSeconds(20));
        throw fault("noAnswer", Optional.empty(), true);
      }
    }
    throw new AssertionError(trouble);
  }

  private static PassingFault fault(String code, Optional<Duration> wait, boolean effectUnknown) {
    return new PassingFault(
        code, "simulated", wait, effectUnknown, new IllegalStateException("simulated"));
  }

  private static String brief(Object result) {
    String text = String.valueOf(result);
    return text.length() > 160 ? text.substring(0, 160) + "…" : text;
  }
}
