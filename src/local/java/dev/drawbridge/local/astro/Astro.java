package dev.drawbridge.local.astro;

import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.arm.LocalArm;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Attempt.Step;
import dev.drawbridge.local.astro.Behaviour.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Astronomer. Told of a request, it tries to make the connection, with its own
 * service principal where that is the customer's to allow, and is refused until it has the role: it
 * tries again whenever the clock is advanced and at an interval, until it succeeds. Thread-safe.
 */
public final class Astro implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Astro.class.getName());

  private record Waiting(VendorRequest request, Instant since) {}

  private final LocalClock clock;
  private final Connector connector;
  private final ScheduledExecutorService ticker;
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final List<Consumer<Attempt>> listeners = new CopyOnWriteArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private volatile Behaviour behaviour = Behaviour.connecting();
  private volatile boolean closed;

  private Astro(LocalArm arm, LocalClock clock, String clientId, String secret) {
    this.clock = clock;
    this.connector =
        new Connector(
            arm.world(),
            new AstroClient(arm.armEndpoint(), arm.tokenEndpoint(), clientId, secret),
            this::note);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "local-astro");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts an Astronomer with the application of the {@link SampleWorld}.
   *
   * @param interval how often it tries again, by the machine's clock
   */
  public static Astro start(LocalArm arm, LocalClock clock, Duration interval) {
    Astro astro =
        new Astro(arm, clock, SampleWorld.ASTRONOMER_CLIENT_ID, SampleWorld.ASTRONOMER_SECRET);
    clock.onAdvance(astro::tick);
    long millis = interval.toMillis();
    var unused =
        astro.ticker.scheduleWithFixedDelay(
            astro::tickAnyway, millis, millis, TimeUnit.MILLISECONDS);
    return astro;
  }

  /** How it deals with requests from now on, those that wait included. */
  public void behave(Behaviour how) {
    behaviour = how;
  }

  /** Tells of a request; what comes of it is in {@link #attempts} and goes to the listeners. */
  public void request(VendorRequest request) {
    synchronized (waiting) {
      waiting.add(new Waiting(request, clock.instant()));
    }
    tick();
  }

  /**
   * Tries once, now, even if its behaviour is to do nothing.
   *
   * @return the HTTP status of what the customer can refuse, or 0 if there was no answer
   */
  public int tryNow(VendorRequest request) {
    return connector.connect(request, behaviour.outcome());
  }

  /** What it tried so far, oldest first. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** Tells {@code listener} of each attempt, on the thread that made it. */
  public void onAttempt(Consumer<Attempt> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    ticker.shutdownNow();
  }

  private void tick() {
    Behaviour now = behaviour;
    if (closed || now.outcome() == Outcome.NEVER) {
      return;
    }
    synchronized (waiting) {
      waiting.removeIf(
          one ->
              !one.since().plus(now.delay()).isAfter(clock.instant())
                  && succeeded(tryNow(one.request())));
    }
  }

  /** An exception would end the schedule: a listener's bug must not stop Astronomer. */
  private void tickAnyway() {
    try {
      tick();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Astronomer's attempt failed unexpectedly", e);
    }
  }

  private static boolean succeeded(int status) {
    return status >= 200 && status < 300;
  }

  private void note(VendorRequest request, Step step, int status, @Nullable String errorCode) {
    Attempt attempt = new Attempt(clock.instant(), request, step, status, errorCode);
    attempts.add(attempt);
    listeners.forEach(listener -> listener.accept(attempt));
  }
}
