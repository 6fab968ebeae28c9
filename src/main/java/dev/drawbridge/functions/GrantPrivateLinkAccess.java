package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.flow.Granting;
import dev.drawbridge.access.flow.Telling;

/** Grants the access that a private endpoint's approval needs, one attempt a message. */
public final class GrantPrivateLinkAccess {
  private final Granting granting;
  private final Telling telling;

  public GrantPrivateLinkAccess(Granting granting, Telling telling) {
    this.granting = granting;
    this.telling = telling;
  }

  @FunctionName("GrantPrivateLinkAccess")
  public void run(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = ConnectionKind.Queues.PRIVATE_LINK,
              connection = "ServiceBusConnection")
          String message,
      ExecutionContext context) {
    Invocation.run(
        context,
        log -> {
          OperationId operation =
              granting.attempt(message, ConnectionKind.Queues.PRIVATE_LINK, log);
          telling.run(operation, log);
        });
  }
}
