package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import dev.drawbridge.access.ConnectionKind;
import java.util.Map;

/** Takes what the queue of peerings has given up. */
public final class ParkPeeringRequests {
  private final DeadLetters letters;

  public ParkPeeringRequests(DeadLetters letters) {
    this.letters = letters;
  }

  @FunctionName("ParkPeeringRequests")
  public void run(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = ConnectionKind.Queues.PEERING_DEAD_LETTERS,
              connection = "ServiceBusConnection")
          String message,
      @BindingName("SequenceNumber") long sequenceNumber,
      @BindingName("EnqueuedTimeUtc") String enqueuedAt,
      @BindingName("ApplicationProperties") Map<String, Object> properties,
      ExecutionContext context) {
    letters.take(
        ConnectionKind.Queues.PEERING, sequenceNumber, enqueuedAt, message, properties, context);
  }
}
