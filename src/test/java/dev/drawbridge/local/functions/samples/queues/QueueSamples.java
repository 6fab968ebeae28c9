package dev.drawbridge.local.functions.samples.queues;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Queue functions that keep what they were given. */
public final class QueueSamples {
  /**
   * What one call was given.
   *
   * @param details the metadata that the function binds, in the order of its parameters
   */
  public record Call(
      String function, String body, Map<String, ?> properties, List<Object> details) {}

  /** Run by {@link #handle} in the middle of each run. */
  public volatile Runnable during = () -> {};

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  public BlockingQueue<Call> calls() {
    return calls;
  }

  @FunctionName("HandleOrder")
  public void handle(
      @ServiceBusQueueTrigger(name = "message", queueName = "%ORDERS%", connection = "Bus")
          String message,
      @BindingName("MessageId") String id,
      @BindingName("DeliveryCount") int deliveryCount,
      @BindingName("ApplicationProperties") Map<String, Object> properties,
      @BindingName("SequenceNumber") long sequenceNumber,
      @BindingName("EnqueuedTimeUtc") String enqueued,
      ExecutionContext context) {
    calls.add(
        new Call(
            "HandleOrder",
            message,
            properties,
            List.of(
                id,
                deliveryCount,
                sequenceNumber,
                enqueued,
                context.getTraceContext().getTraceparent())));
    during.run();
    if (message.startsWith("poison")) {
      throw new IllegalStateException("poison");
    }
  }

  @FunctionName("HandleDeadOrder")
  public void handleDead(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = "%ORDERS%/$DeadLetterQueue",
              connection = "Bus",
              dataType = "binary")
          byte[] message,
      @BindingName("MessageId") String id,
      @BindingName("ApplicationProperties") Map<String, Object> properties) {
    String text = new String(message, StandardCharsets.UTF_8);
    calls.add(new Call("HandleDeadOrder", text, properties, List.of(id)));
  }

  @FunctionName("HandleCorrelated")
  public void correlated(
      @ServiceBusQueueTrigger(name = "message", queueName = "correlated", connection = "Bus")
          String message,
      @BindingName("CorrelationId") String correlationId) {
    calls.add(new Call("HandleCorrelated", message, Map.of(), List.of(correlationId)));
  }
}
