package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * The function that runs on this thread. Its context's log is the only one that reaches the host's;
 * it is bound here for objects that outlive an invocation.
 */
public final class Invocation {
  private static final Logger ELSEWHERE = Logger.getLogger(Invocation.class.getName());
  private static final ThreadLocal<Logger> LOG = ThreadLocal.withInitial(() -> ELSEWHERE);

  private Invocation() {}

  /** The log of the function that runs on this thread; outside of any, a log of the process. */
  public static Logger log() {
    return LOG.get();
  }

  static void run(ExecutionContext context, Consumer<Logger> work) {
    Logger log = context.getLogger();
    LOG.set(log);
    try {
      work.accept(log);
    } finally {
      LOG.remove();
    }
  }

  static <T> T answer(Logger log, Supplier<T> work) {
    LOG.set(log);
    try {
      return work.get();
    } finally {
      LOG.remove();
    }
  }
}
