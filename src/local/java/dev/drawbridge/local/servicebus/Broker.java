package dev.drawbridge.local.servicebus;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The queues, and the one thread on which everything happens: protonj2's engines and the queues are
 * not thread-safe. After each task the queues hand out what can be handed out, so that no task does
 * so in the middle of another link's work.
 */
final class Broker {
  private static final Logger LOG = Logger.getLogger(Broker.class.getName());

  /** How often the queues look at a clock that runs by itself. */
  private static final Duration TICK = Duration.ofMillis(40);

  private final ScheduledThreadPoolExecutor thread;
  private final Map<String, Queue> queues = new LinkedHashMap<>();
  private final MessageCodec codec = new MessageCodec();
  private final SendFaults faults = new SendFaults();

  Broker(Clock clock, List<QueueOptions> options) {
    for (QueueOptions each : options) {
      Queue queue = new Queue(each, clock);
      if (queues.put(key(queue.address()), queue) != null) {
        throw new IllegalArgumentException("Two queues have the name " + each.name());
      }
      Queue deadLetters = queue.deadLetters();
      if (deadLetters != null) {
        queues.put(key(deadLetters.address()), deadLetters);
      }
    }
    thread = new ScheduledThreadPoolExecutor(1, task -> daemon("local-servicebus", task));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Begins to look at the clock; before that there is no thread. */
  void start() {
    ScheduledFuture<?> unused = // ends with the thread
        thread.scheduleAtFixedRate(
            () -> run(() -> {}), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  static Thread daemon(String name, Runnable task) {
    Thread created = new Thread(task, name);
    created.setDaemon(true);
    return created;
  }

  /** The queue, or the dead-letter queue, at an address. Azure takes no notice of case. */
  @Nullable Queue find(String address) {
    return queues.get(key(address));
  }

  MessageCodec codec() {
    return codec;
  }

  SendFaults faults() {
    return faults;
  }

  /** For what protonj2 does by time, such as keeping a connection alive. */
  ScheduledThreadPoolExecutor thread() {
    return thread;
  }

  /** Runs a task on the broker's thread. Nothing, once the broker is closed. */
  void execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "The local Service Bus is closed", e);
    }
  }

  /**
   * Runs a task on the broker's thread and waits for it.
   *
   * @throws IllegalStateException if the broker is closed
   */
  <T> T call(Supplier<T> task) {
    try {
      return thread.submit(task::get).get();
    } catch (RejectedExecutionException | CancellationException e) {
      throw new IllegalStateException("The local Service Bus is closed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Has the queues do what is due by now. */
  void lookAtTheClock() {
    execute(() -> {});
  }

  /** Ends the thread, and what is still to be done on it. */
  void close() {
    thread.shutdown();
  }

  private void run(Runnable task) {
    try {
      task.run();
      queues.values().forEach(Queue::deliver);
    } catch (RuntimeException e) {
      // What fails here must not stop the thread; a connection deals with its own failures.
      LOG.log(Level.SEVERE, "The local Service Bus failed", e);
    }
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
