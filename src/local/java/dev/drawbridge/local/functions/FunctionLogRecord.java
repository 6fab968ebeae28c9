package dev.drawbridge.local.functions;

import java.time.Clock;
import java.util.logging.LogRecord;

/** A log record that knows which invocation wrote it. Its instant is the local Azure's time. */
public final class FunctionLogRecord extends LogRecord {
  private final String function;
  private final String invocationId;

  @SuppressWarnings("this-escape")
  FunctionLogRecord(LogRecord written, String function, String invocationId, Clock clock) {
    super(written.getLevel(), written.getMessage());
    setInstant(clock.instant());
    setLoggerName(written.getLoggerName());
    setParameters(written.getParameters());
    setResourceBundle(written.getResourceBundle());
    setThrown(written.getThrown());
    this.function = function;
    this.invocationId = invocationId;
  }

  public String function() {
    return function;
  }

  public String invocationId() {
    return invocationId;
  }
}
