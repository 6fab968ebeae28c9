package dev.drawbridge.local.functions;

/** An invocation failed. The cause is what the function, its injector or a binding threw. */
public final class FunctionFailedException extends RuntimeException {
  FunctionFailedException(String function, String invocationId, Throwable cause) {
    super("Function %s failed (invocation %s)".formatted(function, invocationId), cause);
  }
}
