package dev.drawbridge.simulation;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.LongStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.pool.TypePool;

/** Rules of the product, each taken out: the simulation must miss it. */
enum Mutation {
  /** An assignment goes though another operation needs it. */
  NO_HOLDER_CHECK("access.Grant", "isNeeded", FixedValue.value(false)),
  /** An operation ends before its access was seen gone. */
  NO_VERIFICATION("access.flow.Revocation", "isOwed", FixedValue.value(false)),
  /** What lost its grant stays for ever. */
  NO_ORPHAN_SWEEP("access.flow.Orphans", "adopt", FixedValue.value(false)),
  /** A call that is under way is not waited for. */
  NO_WAIT_FOR_GRANTS_IN_FLIGHT("access.Grant", "isSettled", FixedValue.value(true)),
  /** Azure's first answer that there is none passes for the end. */
  DELETES_NOTHING_UNSEEN("access.Grant", "mayHaveStood", FixedValue.value(false)),
  /** Time does not end anything. */
  NO_EXPIRY("access.Operation", "isExpired", FixedValue.value(false)),
  /** Nobody looks whether a comment is there before it is written again. */
  NO_LOOK_FOR_THE_MARKER("access.Notice", "attempts", FixedValue.value(0)),
  /** What has ended is put away untold. */
  NOTHING_IS_TOLD_AFTER_THE_END("access.Outbox", "isDone", FixedValue.value(true)),
  /** What is allowed is not asked. */
  NO_POLICY("access.Policy", "refusals", nothing()),
  /** A foreign assignment is written over. */
  NO_CARE_FOR_FOREIGN_ONES("access.flow.Assigning", "refuseForeign", StubMethod.INSTANCE),
  /** The role stays when nothing uses it. */
  NO_TIDYING("access.flow.Revocation", "tidyRole", StubMethod.INSTANCE),
  /** What stands for an ended operation is not removed. */
  NO_CLOSING("ledger.TableLedger", "remove", StubMethod.INSTANCE),
  /** A connection confirms whatever waits at its target. */
  NO_ACCESS_IS_TAKEN_AWAY("access.flow.Revocation", "reconcile", StubMethod.INSTANCE);

  private static final String PRODUCT = "dev.drawbridge.";

  private final String type;
  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // what it holds is never changed
  private final Implementation instead;

  Mutation(String type, String method, Implementation instead) {
    this.type = PRODUCT + type;
    this.method = method;
    this.instead = instead;
  }

  private static Implementation nothing() {
    try {
      return MethodCall.invoke(List.class.getMethod("of"));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Lives lives without the rule.
   *
   * @return a seed whose life violates an invariant, or 0 if none of {@code most} does
   */
  long seedThatMissesIt(int most) throws ReflectiveOperationException {
    Class<?> simulation = new Loader().loadClass(PRODUCT + "simulation.Simulation");
    var violated = simulation.getDeclaredMethod("violates", long.class);
    violated.setAccessible(true);
    return LongStream.rangeClosed(1, most)
        .parallel()
        .filter(seed -> violates(violated, seed))
        .findAny()
        .orElse(0);
  }

  private static boolean violates(Method simulation, long seed) {
    try {
      return (boolean) simulation.invoke(null, seed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  /** Loads the product and the simulation once more, with the one method changed. */
  private final class Loader extends ClassLoader {
    Loader() {
      super(Mutation.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(PRODUCT)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      byte[] code = name.equals(type) ? mutated() : code(name);
      return defineClass(name, code, 0, code.length);
    }

    private byte[] code(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private byte[] mutated() {
      ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(getParent());
      TypeDescription described = TypePool.Default.of(locator).describe(type).resolve();
      if (described.getDeclaredMethods().filter(named(method)).isEmpty()) {
        throw new IllegalStateException("%s has no method %s".formatted(type, method));
      }
      return new ByteBuddy()
          .redefine(described, locator)
          .method(named(method))
          .intercept(instead)
          .make()
          .getBytes();
    }
  }
}
