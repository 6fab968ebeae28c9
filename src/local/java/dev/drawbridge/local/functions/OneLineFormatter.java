package dev.drawbridge.local.functions;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Time (UTC), level, function, the first eight characters of the invocation's id, message; a stack
 * trace follows on its own lines. Line breaks in the message are written as {@code \n}, so that
 * what a caller sent can't pass for a line of the log.
 */
public final class OneLineFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord record) {
    String origin = String.valueOf(record.getLoggerName());
    if (record instanceof FunctionLogRecord ours) {
      String id = ours.invocationId();
      origin = ours.function() + " " + id.substring(0, Math.min(8, id.length()));
    }
    String message = formatMessage(record).replace("\r", "\\r").replace("\n", "\\n");
    String line =
        "%s %-7s %s %s%n"
            .formatted(TIME.format(record.getInstant()), record.getLevel(), origin, message);
    Throwable thrown = record.getThrown();
    if (thrown == null) {
      return line;
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return line + trace;
  }
}
