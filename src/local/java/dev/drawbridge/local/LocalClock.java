package dev.drawbridge.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The one clock of a local Azure and of the app in it. It runs with another clock, or stands still
 * on a fixed one, and can be advanced; it never goes back.
 */
public final class LocalClock extends Clock {
  private final Clock base;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Duration ahead = Duration.ZERO;

  private LocalClock(Clock base) {
    this.base = base;
  }

  /** A clock that runs with the machine's. */
  public static LocalClock running() {
    return new LocalClock(Clock.systemUTC());
  }

  /** A clock that stands at {@code now} and moves only by {@link #advance}. */
  public static LocalClock standingAt(Instant now) {
    return new LocalClock(Clock.fixed(now, ZoneOffset.UTC));
  }

  /**
   * Moves the clock forward and tells all listeners, on the calling thread.
   *
   * @throws IllegalArgumentException if {@code by} is negative
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("The clock can't go back: " + by);
    }
    synchronized (this) {
      ahead = ahead.plus(by);
    }
    listeners.forEach(Runnable::run);
  }

  /** Runs {@code listener} after each advance, so that what waits for a time can look again. */
  public void onAdvance(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The local Azure keeps UTC.");
  }
}
