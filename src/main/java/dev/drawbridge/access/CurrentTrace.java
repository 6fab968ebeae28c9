package dev.drawbridge.access;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The trace of what is done on this thread: bound for as long as work for one operation lasts, and
 * read by whatever calls others for it.
 */
public final class CurrentTrace {
  private static final ThreadLocal<Optional<TraceContext>> BOUND =
      ThreadLocal.withInitial(Optional::empty);

  private CurrentTrace() {}

  /** Nothing outside of any operation's work, or where the operation has none. */
  public static Optional<TraceContext> get() {
    return BOUND.get();
  }

  /** The {@code traceparent} of a call that is about to be made, each a part of its own. */
  public static Optional<String> forCall() {
    return get().map(TraceContext::child).map(TraceContext::traceparent);
  }

  /** Does {@code work} in a trace, and in none if there is none. */
  public static <T> T in(Optional<TraceContext> trace, Supplier<T> work) {
    Optional<TraceContext> before = BOUND.get();
    BOUND.set(trace);
    try {
      return work.get();
    } finally {
      BOUND.set(before);
    }
  }

  /** As {@link #in(Optional, Supplier)}, without a result. */
  public static void in(Optional<TraceContext> trace, Runnable work) {
    in(
        trace,
        () -> {
          work.run();
          return true;
        });
  }
}
