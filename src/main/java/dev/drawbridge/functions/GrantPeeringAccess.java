package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.flow.Granting;

/** Grants the access that a peering needs, one attempt a message. */
public final class GrantPeeringAccess {
  private final Granting granting;

  public GrantPeeringAccess(Granting granting) {
    this.granting = granting;
  }

  @FunctionName("GrantPeeringAccess")
  public void run(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = ConnectionKind.Queues.PEERING,
              connection = "ServiceBusConnection")
          String message,
      ExecutionContext context) {
    granting.attempt(message, ConnectionKind.Queues.PEERING, context.getLogger());
  }
}
