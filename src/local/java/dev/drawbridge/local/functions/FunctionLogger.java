package dev.drawbridge.local.functions;

import java.time.Clock;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The logger of one invocation. It is not registered with the LogManager, which would keep a logger
 * for each invocation there ever was.
 */
final class FunctionLogger extends Logger {
  private final String function;
  private final String invocationId;
  private final Clock clock;

  FunctionLogger(String function, String invocationId, Clock clock, Handler handler) {
    super("Function." + function + ".User", null);
    this.function = function;
    this.invocationId = invocationId;
    this.clock = clock;
    super.setUseParentHandlers(false);
    super.setLevel(Level.ALL);
    super.addHandler(handler);
  }

  @Override
  public void log(LogRecord record) {
    super.log(new FunctionLogRecord(record, function, invocationId, clock));
  }

  /** The handler for a host that is given none: one line a record to standard error. */
  static Handler console() {
    ConsoleHandler console = new ConsoleHandler();
    console.setLevel(Level.INFO);
    console.setFormatter(new OneLineFormatter());
    return console;
  }
}
