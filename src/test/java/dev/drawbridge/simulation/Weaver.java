package dev.drawbridge.simulation;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.pool.TypePool;

/**
 * Loads the product and the simulation once more, with a switch in each method that a mutation is
 * about. Loaded once for all of them: the virtual machine takes longer to get to know the code than
 * most mutations take to be found.
 */
@SuppressWarnings(
    "UnusedVariable") // what an advice answers is assigned, and read where it is copied
final class Weaver extends ClassLoader {
  static final String PRODUCT = "dev.drawbridge.";

  /** The mutation that a switch is for. */
  @Retention(RetentionPolicy.RUNTIME)
  private @interface Name {}

  Weaver() {
    super(Weaver.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith(PRODUCT) || name.equals(Rules.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    List<Mutation> mutations =
        List.of(Mutation.values()).stream().filter(one -> one.type.equals(name)).toList();
    byte[] code = mutations.isEmpty() ? code(name) : woven(name, mutations);
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

  private byte[] woven(String name, List<Mutation> mutations) {
    ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(getParent());
    TypeDescription described = TypePool.Default.of(locator).describe(name).resolve();
    DynamicType.Builder<?> woven = new ByteBuddy().redefine(described, locator);
    for (Mutation mutation : mutations) {
      if (described.getDeclaredMethods().filter(named(mutation.method)).isEmpty()) {
        throw new IllegalStateException("%s has no method %s".formatted(name, mutation.method));
      }
      woven = woven.visit(advice(mutation).on(named(mutation.method)));
    }
    return woven.make().getBytes();
  }

  private static Advice advice(Mutation mutation) {
    Advice.WithCustomMapping advice = Advice.withCustomMapping().bind(Name.class, mutation.name());
    return switch (mutation.instead) {
      case NOTHING -> advice.to(Skip.class);
      case TRUE -> advice.to(Skip.class, True.class);
      case NO_ONE -> advice.to(Skip.class, NoOne.class);
      case ABSENT -> advice.to(Skip.class, Absent.class);
      case ARGUMENT -> advice.to(Skip.class, Argument.class);
    };
  }

  // The code of these is copied into the methods: they can call nothing that is not public.

  private static final class Skip {
    private Skip() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean skips(@Name String mutation) {
      return Rules.isTakenOut(mutation);
    }
  }

  private static final class True {
    private True() {}

    @Advice.OnMethodExit
    static void answers(
        @Advice.Enter boolean skipped, @Advice.Return(readOnly = false) boolean answer) {
      if (skipped) {
        answer = true;
      }
    }
  }

  private static final class NoOne {
    private NoOne() {}

    @Advice.OnMethodExit
    static void answers(
        @Advice.Enter boolean skipped, @Advice.Return(readOnly = false) List<?> answer) {
      if (skipped) {
        answer = List.of();
      }
    }
  }

  private static final class Absent {
    private Absent() {}

    @Advice.OnMethodExit
    static void answers(
        @Advice.Enter boolean skipped, @Advice.Return(readOnly = false) Optional<?> answer) {
      if (skipped) {
        answer = Optional.empty();
      }
    }
  }

  private static final class Argument {
    private Argument() {}

    @Advice.OnMethodExit
    static void answers(
        @Advice.Enter boolean skipped,
        @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object first,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (skipped) {
        answer = first;
      }
    }
  }
}
