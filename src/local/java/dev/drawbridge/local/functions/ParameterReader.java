package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.CustomBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the bindings off a function's parameters. */
final class ParameterReader {
  private static final Set<Class<?>> METADATA_TYPES =
      Set.of(
          String.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          double.class,
          Double.class,
          boolean.class,
          Boolean.class);

  /** Null stands for no trigger, or one with a problem. */
  record Result(@Nullable Trigger trigger, List<Argument> arguments) {}

  private final TriggerReader triggers;

  ParameterReader(AppSettings settings, HostJson hostJson) {
    this.triggers = new TriggerReader(settings, hostJson);
  }

  /** Reads all parameters; each problem is told to {@code found}. */
  Result read(Method method, String function, List<String> found) {
    List<Argument> arguments = new ArrayList<>();
    List<Trigger> read = new ArrayList<>();
    int triggerParameters = 0;
    for (Parameter parameter : method.getParameters()) {
      String where = ", parameter " + parameter.getName() + ": ";
      Consumer<String> problem = text -> found.add(where + text);
      Annotation binding = binding(parameter, problem);
      if (binding == null) {
        readUnbound(parameter, arguments, problem);
      } else if (binding instanceof BindingName name) {
        readMetadata(name, parameter, arguments, problem);
      } else if (TriggerReader.isTrigger(binding)) {
        triggerParameters++;
        arguments.add(new Argument.TriggerData(dataType(parameter)));
        triggers.read(binding, parameter, function, problem).ifPresent(read::add);
      } else {
        problem.accept(unsupported(binding));
      }
    }
    if (triggerParameters != 1) {
      found.add(
          ": it has %d triggers and needs one: @HttpTrigger, @ServiceBusQueueTrigger or"
                  .formatted(triggerParameters)
              + " @TimerTrigger on a parameter");
    }
    return new Result(read.size() == 1 ? read.get(0) : null, arguments);
  }

  static boolean isBinding(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    return type.getPackage() == BindingName.class.getPackage()
        || type.isAnnotationPresent(CustomBinding.class);
  }

  static String unsupported(Annotation annotation) {
    String name = annotation.annotationType().getSimpleName();
    return name.endsWith("Output")
        ? "@%s is an output binding, which the local host does not run: use the SDK's client"
            .formatted(name)
        : "@%s is not known to the local host: it has @HttpTrigger, @ServiceBusQueueTrigger,"
                .formatted(name)
            + " @TimerTrigger and @BindingName";
  }

  private static @Nullable Annotation binding(Parameter parameter, Consumer<String> problem) {
    List<Annotation> bindings =
        Arrays.stream(parameter.getAnnotations()).filter(ParameterReader::isBinding).toList();
    if (bindings.size() > 1) {
      problem.accept("it has more than one binding annotation: keep one");
    }
    return bindings.isEmpty() ? null : bindings.get(0);
  }

  private static void readUnbound(
      Parameter parameter, List<Argument> arguments, Consumer<String> problem) {
    if (parameter.getType() == ExecutionContext.class) {
      arguments.add(new Argument.Context());
    } else if (parameter.getType() == OutputBinding.class) {
      problem.accept("OutputBinding is an output binding, which the local host does not run");
    } else {
      problem.accept("it has no binding annotation, and only an ExecutionContext needs none");
    }
  }

  private static void readMetadata(
      BindingName name, Parameter parameter, List<Argument> arguments, Consumer<String> problem) {
    Type type = parameter.getParameterizedType();
    boolean map = type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
    if (!map && !METADATA_TYPES.contains(parameter.getType())) {
      problem.accept(
          "@BindingName can't be a %s here: take a String, int, long, double, boolean or Map<…>"
              .formatted(type.getTypeName()));
    }
    arguments.add(new Argument.Metadata(name.value(), type));
  }

  /** For an HttpRequestMessage the type of its body. */
  private static Type dataType(Parameter parameter) {
    Type type = parameter.getParameterizedType();
    return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
  }
}
