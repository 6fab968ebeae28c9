package dev.drawbridge.local.functions;

import dev.drawbridge.local.LocalClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Runs the timers at their times by the local Azure's clock, also when that is advanced. */
final class TimerScheduler implements AutoCloseable {
  private static final long SHORTEST_WAIT_MILLIS = 10;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private final List<FunctionTimer> timers;
  private final Clock clock;
  private final ExecutorService executor;
  private final Thread thread = new Thread(this::loop, "functions-timers");
  private boolean closed;

  private TimerScheduler(List<FunctionTimer> timers, Clock clock, ExecutorService executor) {
    this.timers = timers;
    this.clock = clock;
    this.executor = executor;
  }

  static TimerScheduler start(List<FunctionTimer> timers, Clock clock, ExecutorService executor) {
    TimerScheduler scheduler = new TimerScheduler(timers, clock, executor);
    if (clock instanceof LocalClock local) {
      local.onAdvance(scheduler::look);
    }
    scheduler.thread.setDaemon(true);
    scheduler.thread.start();
    return scheduler;
  }

  /** Ends the schedules. A run that is under way goes on. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Starts what is due, and has the loop work out anew how long to wait. */
  private synchronized void look() {
    if (!closed) {
      timers.forEach(timer -> timer.runIfDue(executor, this::look));
      notifyAll();
    }
  }

  private synchronized void loop() {
    try {
      while (!closed) {
        look();
        wait(untilNext());
      }
    } catch (InterruptedException e) {
      thread.interrupt();
    }
  }

  /** Bounded on both sides: the clock may stand still, and the machine may sleep. */
  private long untilNext() {
    Instant now = clock.instant();
    Instant latest = now.plusMillis(LONGEST_WAIT_MILLIS);
    Instant next =
        timers.stream()
            .map(FunctionTimer::wakeAt)
            .min(Instant::compareTo)
            .filter(latest::isAfter)
            .orElse(latest);
    return Math.max(SHORTEST_WAIT_MILLIS, Duration.between(now, next).toMillis() + 1);
  }
}
