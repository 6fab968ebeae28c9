package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class OneLineFormatterTest {
  private final OneLineFormatter formatter = new OneLineFormatter();

  private static FunctionLogRecord record(LogRecord written) {
    return new FunctionLogRecord(
        written,
        "Sweep",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        LocalClock.standingAt(Instant.parse("2026-11-24T08:00:00.120Z")));
  }

  @Test
  void format_whenMessageHasLineBreaks_thenStaysOneLine() {
    assertEquals(
        "08:00:00.120 INFO    Sweep 0f8fad5b from a\\r\\n12:00:00 INFO forged"
            + System.lineSeparator(),
        formatter.format(record(new LogRecord(Level.INFO, "from a\r\n12:00:00 INFO forged"))));
  }

  @Test
  void format_whenRecordHasParametersAndAThrowable_thenShowsBoth() {
    LogRecord written = new LogRecord(Level.WARNING, "saw {0}");
    written.setParameters(new Object[] {"x"});
    written.setThrown(new IllegalStateException("why"));
    String text = formatter.format(record(written));
    assertTrue(text.startsWith("08:00:00.120 WARNING Sweep 0f8fad5b saw x\n"), text);
    assertTrue(text.contains("java.lang.IllegalStateException: why"), text);
  }
}
