package dev.drawbridge.access.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A log that goes nowhere and can be read. */
public final class RecordedLog {
  private final List<String> lines = new ArrayList<>();
  private final Logger logger = Logger.getAnonymousLogger();

  public RecordedLog() {
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  public Logger logger() {
    return logger;
  }

  /** What was logged, in order: the level, a space, the message. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The lines that begin like this. */
  public List<String> lines(String prefix) {
    return lines.stream().filter(line -> line.startsWith(prefix)).toList();
  }

  public void clear() {
    lines.clear();
  }
}
