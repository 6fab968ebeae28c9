package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds what makes the instances of function classes, as the Java worker does. */
final class Instances {
  private Instances() {}

  /** The one injector on the class path, or null for none. Two are a problem, as in the worker. */
  static @Nullable FunctionInstanceInjector injector(ClassLoader loader, List<String> problems) {
    List<FunctionInstanceInjector> found = new ArrayList<>();
    try {
      ServiceLoader.load(FunctionInstanceInjector.class, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      problems.add("The FunctionInstanceInjector can't be loaded: " + e.getMessage());
    }
    if (found.size() > 1) {
      problems.add(
          "More than one FunctionInstanceInjector in META-INF/services: %s. Keep one"
              .formatted(found.stream().map(i -> i.getClass().getName()).toList()));
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /** What the worker does without an injector: a new instance for every invocation. */
  static final class ByConstructor implements FunctionInstanceInjector {
    @Override
    public <T> T getInstance(Class<T> type) throws Exception {
      return type.getConstructor().newInstance();
    }
  }
}
