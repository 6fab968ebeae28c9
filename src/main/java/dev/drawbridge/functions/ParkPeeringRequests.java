package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.flow.Parking;
import dev.drawbridge.access.flow.Telling;
import java.util.Map;

/** Takes what the queue of peerings has given up. */
public final class ParkPeeringRequests {
  private final Parking parking;
  private final Telling telling;

  public ParkPeeringRequests(Parking parking, Telling telling) {
    this.parking = parking;
    this.telling = telling;
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
    Invocation.run(
        context,
        log ->
            parking
                .park(
                    DeadLetters.read(
                        ConnectionKind.Queues.PEERING,
                        sequenceNumber,
                        enqueuedAt,
                        message,
                        properties),
                    log)
                .ifPresent(operation -> telling.run(operation, log)));
  }
}
