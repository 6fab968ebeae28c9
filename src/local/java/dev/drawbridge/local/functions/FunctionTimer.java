package dev.drawbridge.local.functions;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One timer: its schedule, its status, and never two runs at once. */
final class FunctionTimer {
  /** As Azure's host writes a .NET DateTime in a process whose zone is UTC. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
          .appendLiteral("+00:00")
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private static final Logger LOG = Logger.getLogger(FunctionTimer.class.getName());
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private final FunctionDefinition function;
  private final Ncrontab schedule;
  private final Clock clock;
  private final Invoker invoker;
  private final Invocations invocations;
  private final ReentrantLock oneRun = new ReentrantLock(true);

  private Instant last = NEVER;
  private Instant next;
  private boolean taken;

  FunctionTimer(
      FunctionDefinition function, Clock clock, Invoker invoker, Invocations invocations) {
    this.function = function;
    this.schedule = Ncrontab.parse(((Trigger.Timer) function.trigger()).schedule());
    this.clock = clock;
    this.invoker = invoker;
    this.invocations = invocations;
    this.next = schedule.next(clock.instant());
  }

  String name() {
    return function.name();
  }

  /** When it is to be looked at next; far away while a scheduled run is under way. */
  synchronized Instant wakeAt() {
    return taken ? Instant.MAX : next;
  }

  /**
   * Has the function run on {@code executor} if it is due and does not run yet. By the return the
   * run counts as running.
   *
   * @param finished called when it ended, for what came due meanwhile
   */
  void runIfDue(Executor executor, Runnable finished) {
    synchronized (this) {
      if (taken || clock.instant().isBefore(next)) {
        return;
      }
      taken = true;
      invocations.begin(name());
    }
    executor.execute(
        () -> {
          try {
            runScheduled();
            finished.run();
          } finally {
            invocations.end(name());
          }
        });
  }

  /**
   * Runs the function now, after a run that is under way. The schedule's status stays as it is.
   *
   * @throws FunctionFailedException if it failed
   */
  void runByHand() {
    invocations.begin(name());
    try {
      invoke(false);
    } finally {
      invocations.end(name());
    }
  }

  private void runScheduled() {
    Instant now = clock.instant();
    boolean pastDue;
    synchronized (this) {
      pastDue = !now.isBefore(schedule.next(next));
    }
    try {
      invoke(pastDue);
    } catch (FunctionFailedException e) {
      LOG.log(Level.FINE, e, () -> name() + " failed; it runs again at its next time");
    } finally {
      synchronized (this) {
        last = now;
        next = schedule.next(now);
        taken = false;
      }
    }
  }

  private void invoke(boolean pastDue) {
    oneRun.lock();
    try {
      BindingValue info = info(pastDue);
      invoker.invoke(
          function, new TriggerInput(info::as, Map.of(), Trace.of(null, null)), r -> true);
    } finally {
      oneRun.unlock();
    }
  }

  /** During a scheduled run {@code Next} is the time that the run is for, as in Azure. */
  private synchronized BindingValue info(boolean pastDue) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("Last", TIME.format(last));
    status.put("Next", TIME.format(next));
    status.put("LastUpdated", TIME.format(last));
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("Schedule", Map.of("AdjustForDST", true));
    info.put("ScheduleStatus", status);
    info.put("IsPastDue", pastDue);
    return BindingValue.json(info);
  }
}
