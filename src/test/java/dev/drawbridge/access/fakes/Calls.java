package dev.drawbridge.access.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Every call of a port, numbered from 1, with a hook before and one after its effect. */
public final class Calls {
  /** Told of a call; may throw what the port would throw, or a {@link Crash}. */
  @FunctionalInterface
  public interface Hook {
    void on(int number, String name);
  }

  /** The process ends here: nothing of the app may catch it. */
  public static final class Crash extends Error {
    public Crash(String where) {
      super(where, null, false, false);
    }
  }

  private final List<String> names = new ArrayList<>();
  private Hook before = (number, name) -> {};
  private Hook after = (number, name) -> {};

  public void before(Hook hook) {
    before = hook;
  }

  public void after(Hook hook) {
    after = hook;
  }

  public void noHooks() {
    before((number, name) -> {});
    after((number, name) -> {});
  }

  /** What was called, in order. */
  public List<String> names() {
    return List.copyOf(names);
  }

  <T> T call(String name, Supplier<T> effect) {
    names.add(name);
    int number = names.size();
    before.on(number, name);
    T result = effect.get();
    after.on(number, name);
    return result;
  }

  void run(String name, Runnable effect) {
    call(
        name,
        () -> {
          effect.run();
          return true;
        });
  }
}
