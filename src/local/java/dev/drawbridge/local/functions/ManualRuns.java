package dev.drawbridge.local.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs functions by hand, as Azure's {@code POST /admin/functions/{name}} does. */
final class ManualRuns {
  private static final Logger LOG = Logger.getLogger(ManualRuns.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<FunctionTimer> timers;
  private final List<QueueListener> queues;
  private final Invocations invocations;
  private final Executor executor;

  ManualRuns(
      List<FunctionTimer> timers,
      List<QueueListener> queues,
      Invocations invocations,
      Executor executor) {
    this.timers = timers;
    this.queues = queues;
    this.invocations = invocations;
    this.executor = executor;
  }

  /**
   * @throws IllegalArgumentException if there is no such timer
   * @throws FunctionFailedException if it failed
   */
  void runTimer(String name) {
    timer(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No timer %s: there are %s"
                        .formatted(name, timers.stream().map(FunctionTimer::name).toList())))
        .runByHand();
  }

  /**
   * Starts a timer's or queue's function and does not wait for it. By the return it counts as
   * running.
   *
   * @param body empty, or {@code {"input": "…"}}, which a queue's function gets for a message
   * @return 202, 400 for a malformed body, or 404 if there is no such function
   */
  int start(String name, byte[] body) {
    String input = "";
    try {
      if (body.length > 0) {
        input = JSON.readTree(body).path("input").asText("");
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, e, () -> "Not JSON: the body of a run by hand of " + name);
      return 400;
    }
    String text = input;
    Optional<Runnable> run =
        timer(name)
            .<Runnable>map(timer -> timer::runByHand)
            .or(() -> queue(name).map(queue -> () -> queue.runByHand(text)));
    run.ifPresent(task -> execute(name, task));
    return run.isPresent() ? 202 : 404;
  }

  private void execute(String name, Runnable run) {
    invocations.begin(name);
    executor.execute(
        () -> {
          try {
            run.run();
          } catch (FunctionFailedException e) {
            LOG.log(Level.FINE, e, () -> "The run by hand of " + name + " failed");
          } finally {
            invocations.end(name);
          }
        });
  }

  private Optional<FunctionTimer> timer(String name) {
    return timers.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
  }

  private Optional<QueueListener> queue(String name) {
    return queues.stream().filter(q -> q.name().equalsIgnoreCase(name)).findFirst();
  }
}
