package dev.drawbridge.queue;

import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.RequestQueue;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Sends operations' messages to their queues; one connection for all, opened at the first. */
public final class ServiceBusRequestQueue implements RequestQueue, AutoCloseable {
  private static final String DIAGNOSTIC_ID = "Diagnostic-Id";

  private final Function<String, ServiceBusSenderClient> connect;
  private final Clock clock;
  private final Map<String, ServiceBusSenderClient> senders = new ConcurrentHashMap<>();

  /**
   * @param connect makes the sender of a queue
   */
  public ServiceBusRequestQueue(Function<String, ServiceBusSenderClient> connect, Clock clock) {
    this.connect = connect;
    this.clock = clock;
  }

  @Override
  public void send(Operation operation) {
    Attempt attempt = new Attempt(operation.id(), operation.delivery().attempt());
    ServiceBusMessage message =
        new ServiceBusMessage(Messages.write(attempt))
            .setMessageId(attempt.messageId())
            .setCorrelationId(operation.id().toString())
            .setContentType("application/json");
    operation.trace().map(TraceContext::traceparent).ifPresent(trace -> mark(message, trace));
    String queue = operation.request().kind().queue();
    try {
      ServiceBusSenderClient sender = senders.computeIfAbsent(queue, connect);
      if (operation.delivery().dueAt().isAfter(clock.instant())) {
        sender.scheduleMessage(message, operation.delivery().dueAt().atOffset(ZoneOffset.UTC));
      } else {
        sender.sendMessage(message);
      }
    } catch (ServiceBusException | AmqpException | IllegalStateException e) {
      throw new PassingFault(
          "queueUnavailable",
          "queue %s: %s".formatted(queue, e.getMessage()),
          Optional.empty(),
          true,
          e);
    }
  }

  /**
   * Lets the Functions host show the function that takes the message as part of the trace. Its
   * Service Bus extension, on the .NET client, looks for a {@code traceparent} where that client
   * traces by OpenTelemetry's names, and else for Service Bus's own {@code Diagnostic-Id}, which
   * has the same format. The app itself reads neither: the ledger's row has the trace.
   *
   * @see <a
   *     href="https://learn.microsoft.com/azure/service-bus-messaging/service-bus-end-to-end-tracing">Distributed
   *     tracing and correlation through Service Bus messaging</a>
   */
  private static void mark(ServiceBusMessage message, String traceparent) {
    message.getApplicationProperties().put(TraceContext.NAME, traceparent);
    message.getApplicationProperties().put(DIAGNOSTIC_ID, traceparent);
  }

  @Override
  public Attempt read(String message) {
    return Messages.read(message);
  }

  @Override
  public void close() {
    senders.values().forEach(ServiceBusSenderClient::close);
  }
}
