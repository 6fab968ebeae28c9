package dev.drawbridge.local.functions.samples.timers;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Timer functions that keep what they were given. */
public final class TimerSamples {
  /** Run by {@link #sweep} in the middle of each run. */
  public volatile Runnable during = () -> {};

  private final List<String> sweeps = new CopyOnWriteArrayList<>();
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  public List<String> sweeps() {
    return sweeps;
  }

  public List<String> reports() {
    return reports;
  }

  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  @FunctionName("Sweep")
  public void sweep(@TimerTrigger(name = "timerInfo", schedule = "%SCHEDULE%") String timerInfo) {
    sweeps.add(timerInfo);
    mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      during.run();
    } finally {
      running.decrementAndGet();
    }
  }

  @FunctionName("Report")
  public void report(@TimerTrigger(name = "timerInfo", schedule = "0 0 9 * * *") String timerInfo) {
    reports.add(timerInfo);
  }
}
