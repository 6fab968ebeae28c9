package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.annotation.FunctionName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the functions in classes and checks what Azure's packaging, host or Java worker would
 * stumble over, most of which they tell late or not at all.
 */
final class FunctionDiscovery {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,127}");
  private static final Set<String> RETRIES = Set.of("FixedDelayRetry", "ExponentialBackoffRetry");

  private final ParameterReader parameters;
  private final boolean injected;
  private final List<String> problems;
  private final Map<String, Method> names = new HashMap<>();

  /**
   * @param injected whether something else than the host makes the instances
   * @param problems each problem found is added to it
   */
  FunctionDiscovery(
      AppSettings settings, HostJson hostJson, boolean injected, List<String> problems) {
    this.parameters = new ParameterReader(settings, hostJson);
    this.injected = injected;
    this.problems = problems;
  }

  /** Loads the classes of a package and finds the functions in them. */
  List<FunctionDefinition> inPackage(String packageName, ClassLoader loader) {
    List<Class<?>> classes = new ArrayList<>();
    for (String name : ClassScanner.namesIn(packageName, loader)) {
      try {
        classes.add(Class.forName(name, false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        problems.add("Class %s can't be loaded: %s".formatted(name, e));
      }
    }
    List<FunctionDefinition> functions = in(classes);
    if (functions.isEmpty() && problems.isEmpty()) {
      problems.add(
          "No method with @FunctionName in the package %s (%d classes) on the class path"
              .formatted(packageName, classes.size()));
    }
    return functions;
  }

  /** The functions in {@code classes} that have no problem, in the order of their names. */
  List<FunctionDefinition> in(Collection<? extends Class<?>> classes) {
    List<FunctionDefinition> functions = new ArrayList<>();
    for (Class<?> type : classes) {
      try {
        Arrays.stream(type.getDeclaredMethods())
            .filter(m -> !m.isSynthetic() && m.isAnnotationPresent(FunctionName.class))
            .sorted(Comparator.comparing(Method::getName))
            .forEach(method -> read(method, functions));
      } catch (LinkageError e) {
        problems.add("Class %s can't be read: %s".formatted(type.getName(), e));
      }
    }
    functions.sort(Comparator.comparing(FunctionDefinition::name));
    return functions;
  }

  private void read(Method method, List<FunctionDefinition> functions) {
    String name = method.getAnnotation(FunctionName.class).value();
    String where =
        "Function %s (%s.%s)"
            .formatted(name, method.getDeclaringClass().getSimpleName(), method.getName());
    List<String> found = new ArrayList<>();
    checkName(name, method, found);
    checkMethod(method, found);
    for (Annotation annotation : method.getAnnotations()) {
      checkMethodAnnotation(annotation, found);
    }
    ParameterReader.Result result = parameters.read(method, name, found);
    if (found.isEmpty() && result.trigger() != null) {
      functions.add(new FunctionDefinition(name, method, result.trigger(), result.arguments()));
    }
    found.forEach(problem -> problems.add(where + problem));
  }

  private void checkName(String name, Method method, List<String> found) {
    if (!NAME.matcher(name).matches()) {
      found.add(": a name is a letter and up to 127 letters, digits, '-' or '_'");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("lib")) {
      found.add(": the Java worker takes a folder that ends in 'lib' for the libraries: rename it");
    }
    Method other = names.putIfAbsent(lower, method);
    if (other != null) {
      found.add(
          ": %s.%s has the same name (case does not count): rename one"
              .formatted(other.getDeclaringClass().getSimpleName(), other.getName()));
    }
  }

  private void checkMethod(Method method, List<String> found) {
    Class<?> type = method.getDeclaringClass();
    for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
      if (!Modifier.isPublic(c.getModifiers())) {
        found.add(": class %s must be public".formatted(c.getSimpleName()));
      }
    }
    if (!Modifier.isPublic(method.getModifiers())) {
      found.add(": the method must be public");
    }
    long sameName =
        Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(method.getName())).count();
    if (sameName > 1) {
      found.add(
          ": %s has %d public methods named %s, and the Java worker looks it up by name: rename"
              .formatted(type.getSimpleName(), sameName, method.getName()));
    }
    if (!injected && !Modifier.isStatic(method.getModifiers()) && !hasConstructor(type)) {
      found.add(
          ": %s needs a public constructor without parameters, or the app a FunctionInstanceInjector"
              .formatted(type.getSimpleName()));
    }
  }

  private static boolean hasConstructor(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
  }

  private static void checkMethodAnnotation(Annotation annotation, List<String> found) {
    String name = annotation.annotationType().getSimpleName();
    if (RETRIES.contains(name)) {
      found.add(": @%s: retry policies are not run locally".formatted(name));
    } else if (!(annotation instanceof FunctionName) && ParameterReader.isBinding(annotation)) {
      found.add(": " + ParameterReader.unsupported(annotation));
    }
  }
}
