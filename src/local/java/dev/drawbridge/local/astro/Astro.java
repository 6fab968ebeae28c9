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
 * The simulated Astronomer. Told of a request, it tries to create the peering with its own service
 * principal, and is refused until that has the role: it tries again whenever the clock is advanced
 * and at an interval, until it succeeds. Thread-safe.
 */
public final class Astro implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Astro.class.getName());

  private record Waiting(PeeringRequest request, Instant since) {}

  private final LocalArm arm;
  private final LocalClock clock;
  private final AstroClient client;
  private final ScheduledExecutorService ticker;
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final List<Consumer<Attempt>> listeners = new CopyOnWriteArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private volatile Behaviour behaviour = Behaviour.connecting();
  private volatile boolean closed;

  private Astro(LocalArm arm, LocalClock clock, String clientId, String secret) {
    this.arm = arm;
    this.clock = clock;
    this.client = new AstroClient(arm.armEndpoint(), arm.tokenEndpoint(), clientId, secret);
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
  public void request(PeeringRequest request) {
    synchronized (waiting) {
      waiting.add(new Waiting(request, clock.instant()));
    }
    tick();
  }

  /**
   * Tries once, now, whatever its behaviour is.
   *
   * @return the HTTP status of the last step, or 0 if there was no answer
   */
  public int tryNow(PeeringRequest request) {
    AstroClient.Answer signedIn = client.signIn();
    if (!signedIn.succeeded()) {
      note(request, Step.SIGN_IN, signedIn.status(), signedIn.errorCode());
      return signedIn.status();
    }
    String token = signedIn.body().path("access_token").asText();
    AstroClient.Answer made = client.putPeering(token, request);
    note(request, Step.CREATE_PEERING, made.status(), made.errorCode());
    if (made.succeeded() && behaviour.outcome() == Outcome.CONNECTED) {
      // Its own side is in its own tenant, where nobody else is asked.
      arm.world().createRemoteSide(request.vnetId(), request.peeringName());
      note(request, Step.OWN_SIDE, 201, null);
    }
    return made.status();
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

  private void note(PeeringRequest request, Step step, int status, @Nullable String errorCode) {
    Attempt attempt = new Attempt(clock.instant(), request, step, status, errorCode);
    attempts.add(attempt);
    listeners.forEach(listener -> listener.accept(attempt));
  }
}
