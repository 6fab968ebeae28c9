package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.RpcException;
import com.microsoft.azure.functions.TraceContext;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs functions: makes the instance, binds the parameters, calls the method. */
final class Invoker {
  /** Turns what a function returned into something else, still as a part of the invocation. */
  @FunctionalInterface
  interface ResultMapper<R> {
    R map(@Nullable Object returned) throws Exception;
  }

  private final FunctionInstanceInjector injector;
  private final Clock clock;
  private final Handler log;

  Invoker(FunctionInstanceInjector injector, Clock clock, Handler log) {
    this.injector = injector;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Runs the function on the calling thread. A failure is logged under the invocation.
   *
   * @throws FunctionFailedException with the cause, whatever failed
   */
  <R> R invoke(FunctionDefinition function, TriggerInput input, ResultMapper<R> result) {
    String id = UUID.randomUUID().toString();
    Logger logger = new FunctionLogger(function.name(), id, clock, log);
    Context context = new Context(logger, id, function.name(), input.trace());
    try {
      return result.map(call(function, arguments(function.arguments(), input, context)));
    } catch (Throwable e) { // an Error too fails this invocation only
      Throwable cause =
          e instanceof InvocationTargetException target && target.getCause() != null
              ? target.getCause()
              : e;
      logger.log(Level.SEVERE, "Failed: " + cause, cause);
      throw new FunctionFailedException(function.name(), id, cause);
    }
  }

  private @Nullable Object call(FunctionDefinition function, @Nullable Object[] arguments)
      throws Exception {
    Method method = function.method();
    Object instance =
        Modifier.isStatic(method.getModifiers())
            ? null
            : injector.getInstance(method.getDeclaringClass());
    return method.invoke(instance, arguments);
  }

  private static @Nullable Object[] arguments(
      List<Argument> parameters, TriggerInput input, ExecutionContext context) {
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      Argument parameter = parameters.get(i);
      if (parameter instanceof Argument.TriggerData data) {
        values[i] = input.data().as(data.type());
      } else if (parameter instanceof Argument.Metadata metadata) {
        values[i] = metadata(metadata, input);
      } else {
        values[i] = context;
      }
    }
    return values;
  }

  private static @Nullable Object metadata(Argument.Metadata metadata, TriggerInput input) {
    BindingValue value = input.metadata().get(metadata.key());
    if (value == null) {
      throw new BindingValue.ConversionException(
          "Cannot find the @BindingName \"%s\" in what the trigger brought: %s"
              .formatted(metadata.key(), input.metadata().keySet()),
          null);
    }
    return value.as(metadata.type());
  }

  private record Context(Logger logger, String invocationId, String functionName, Trace trace)
      implements ExecutionContext {
    @Override
    public Logger getLogger() {
      return logger;
    }

    @Override
    public String getInvocationId() {
      return invocationId;
    }

    @Override
    public String getFunctionName() {
      return functionName;
    }

    @Override
    public TraceContext getTraceContext() {
      return trace;
    }

    @Override
    public RetryContext getRetryContext() {
      return new FirstTry();
    }
  }

  private record FirstTry() implements RetryContext {
    @Override
    public int getRetrycount() {
      return 0;
    }

    @Override
    public int getMaxretrycount() {
      return 0;
    }

    @Override
    public @Nullable RpcException getException() {
      return null;
    }
  }
}
