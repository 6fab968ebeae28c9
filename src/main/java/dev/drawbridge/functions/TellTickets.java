package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.drawbridge.access.flow.Telling;

/**
 * Tells tickets and callbacks what has happened and was not told at once. A function of its own, so
 * that a ticket system that is slow holds no sweep up.
 */
public final class TellTickets {
  private final Telling telling;

  public TellTickets(Telling telling) {
    this.telling = telling;
  }

  @FunctionName("TellTickets")
  public void run(
      @TimerTrigger(name = "timer", schedule = "%SWEEP_SCHEDULE%") String timer,
      ExecutionContext context) {
    Invocation.run(
        context,
        log -> {
          int told = telling.run(log);
          if (told > 0) {
            log.info(() -> "told %d notices".formatted(told));
          }
        });
  }
}
