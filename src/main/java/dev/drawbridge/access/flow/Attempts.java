package dev.drawbridge.access.flow;

import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Operation;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the parts of a sweep so that one that fails hinders no other. */
final class Attempts {
  private final Logger log;
  private int failures;

  Attempts(Logger log) {
    this.log = log;
  }

  /** As {@link #run(String, Runnable)}, a part that is done for one operation, in its trace. */
  void run(Operation operation, Runnable part) {
    run("operation " + operation.id(), () -> CurrentTrace.in(operation.trace(), part));
  }

  /** Runs {@code part}; whatever it throws is logged with {@code what} and counted. */
  void run(String what, Runnable part) {
    count(
        what,
        () -> {
          part.run();
          return true;
        });
  }

  /**
   * @return 1 if {@code part} said so, else 0
   */
  int count(String what, BooleanSupplier part) {
    try {
      return part.getAsBoolean() ? 1 : 0;
    } catch (RuntimeException e) {
      failures++;
      log.log(Level.WARNING, e, () -> what + ": left to the next sweep, " + e.getMessage());
      return 0;
    }
  }

  int failures() {
    return failures;
  }
}
