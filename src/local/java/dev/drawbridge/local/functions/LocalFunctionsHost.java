package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.drawbridge.local.http.LocalServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the functions of a package, by HTTP, Service Bus messages and timers, on loopback and in
 * this JVM. Prints nothing itself; the functions' logs go to the handler in {@link Options}.
 */
public final class LocalFunctionsHost implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LocalFunctionsHost.class.getName());
  private static final Duration CLOSE_WAITS = Duration.ofSeconds(10);

  private final List<FunctionDefinition> functions;
  private final Invocations invocations;
  private final ExecutorService threads;
  private final ManualRuns manual;
  private final HttpFrontend frontend;
  private final LocalServer server;
  private final List<QueueListener> listeners;
  private final @Nullable TimerScheduler scheduler;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalFunctionsHost(Options options, Loaded loaded) {
    functions = loaded.functions();
    invocations = new Invocations();
    Handler handler =
        options.logHandler() == null ? FunctionLogger.console() : options.logHandler();
    Invoker invoker = new Invoker(loaded.injector(), options.clock(), handler);
    listeners = loaded.listeners(invoker, invocations);
    List<FunctionTimer> timers =
        functions.stream()
            .filter(f -> f.trigger() instanceof Trigger.Timer)
            .map(f -> new FunctionTimer(f, options.clock(), invoker, invocations))
            .toList();
    threads = Executors.newCachedThreadPool(LocalFunctionsHost::daemon);
    manual = new ManualRuns(timers, listeners, invocations, threads);
    Keys keys = new Keys(options.requireKeys(), options.functionKey(), options.masterKey());
    frontend = new HttpFrontend(functions, keys, invoker, invocations, manual::start);
    server = LocalServer.start("functions", options.port(), frontend);
    listeners.forEach(QueueListener::start);
    scheduler = options.timers() ? TimerScheduler.start(timers, options.clock(), threads) : null;
  }

  /**
   * Finds the functions and starts them.
   *
   * @throws FunctionsStartException that names all that is wrong with them and the settings
   * @throws dev.drawbridge.local.http.PortInUseException if another process has the port
   */
  public static LocalFunctionsHost start(Options options) {
    return new LocalFunctionsHost(options, Loaded.from(options));
  }

  public int port() {
    return server.port();
  }

  /** {@code http://127.0.0.1:port}, without a slash at its end. */
  public URI uri() {
    return server.uri();
  }

  /** In the order of their names. */
  public List<FunctionInfo> functions() {
    return functions.stream().map(FunctionDefinition::info).toList();
  }

  /**
   * Runs a timer's function now, on this thread, after a run of it that is under way. Its schedule
   * stays as it is, and timers need not be on.
   *
   * @throws IllegalArgumentException if there is no timer of that name
   * @throws FunctionFailedException with what the function threw
   */
  public void runTimer(String functionName) {
    manual.runTimer(functionName);
  }

  /**
   * Waits until no invocation runs, nor the settlement of its message. A timer that an advance of
   * the clock made due counts as running by the advance's return; a message counts from its arrival
   * here.
   *
   * @param atMost in real time
   * @throws IllegalStateException if something still runs then
   */
  public void awaitIdle(Duration atMost) {
    List<String> running;
    try {
      running = invocations.await(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
    if (!running.isEmpty()) {
      throw new IllegalStateException("Still running after %s: %s".formatted(atMost, running));
    }
  }

  /** Takes nothing new, gives what runs ten seconds to end, and stops. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    frontend.stop();
    if (scheduler != null) {
      scheduler.close();
    }
    listeners.forEach(QueueListener::stop);
    try {
      List<String> running = invocations.await(CLOSE_WAITS);
      if (!running.isEmpty()) {
        LOG.log(Level.WARNING, "Stopped while still running: {0}", running);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // no waiting then, but all is closed
    }
    listeners.forEach(QueueListener::close);
    server.close();
    threads.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "functions");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * How to run the functions.
   *
   * @param port 0 for any free one
   * @param clock what timers and log records go by
   * @param functionsPackage the package whose classes, and those below, are searched
   * @param settings the "Values" of local.settings.json
   * @param hostJson the app's host.json
   * @param injector makes the instances; null to look in META-INF/services
   * @param requireKeys false to let every HTTP call pass, as Core Tools do
   * @param functionKey good for functions of level FUNCTION
   * @param masterKey good for everything
   * @param timers false to have timers run by hand only
   * @param logHandler gets {@link FunctionLogRecord}s; null for one line a record on standard error
   */
  public record Options(
      int port,
      Clock clock,
      String functionsPackage,
      Map<String, String> settings,
      Path hostJson,
      @Nullable FunctionInstanceInjector injector,
      boolean requireKeys,
      String functionKey,
      String masterKey,
      boolean timers,
      @Nullable Handler logHandler) {
    public Options {
      settings = Map.copyOf(settings);
    }

    /** Any port, no settings, no keys, timers on, logs to standard error. */
    public static OptionsBuilder builder(Clock clock, String functionsPackage, Path hostJson) {
      return new OptionsBuilder(clock, functionsPackage, hostJson);
    }

    /** Without the settings' values and the keys, which are secrets. */
    @Override
    public String toString() {
      return "Options[port=%d, functionsPackage=%s, settings=%s, requireKeys=%s, timers=%s]"
          .formatted(port, functionsPackage, settings.keySet(), requireKeys, timers);
    }
  }
}
