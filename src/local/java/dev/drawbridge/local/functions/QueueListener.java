package dev.drawbridge.local.functions;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusErrorContext;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.models.SubQueue;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Feeds one function with the messages of its queue. */
final class QueueListener implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(QueueListener.class.getName());

  private final FunctionDefinition function;
  private final Invoker invoker;
  private final Invocations invocations;
  private final boolean autoComplete;
  private final ServiceBusProcessorClient processor;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  /**
   * @param client with the connection string of the trigger's setting
   */
  QueueListener(
      FunctionDefinition function,
      ServiceBusClientBuilder client,
      HostJson hostJson,
      Invoker invoker,
      Invocations invocations) {
    this.function = function;
    this.invoker = invoker;
    this.invocations = invocations;
    this.autoComplete = hostJson.autoCompleteMessages();
    Trigger.Queue queue = (Trigger.Queue) function.trigger();
    this.processor =
        client
            .processor()
            .queueName(queue.queue())
            .subQueue(queue.deadLetter() ? SubQueue.DEAD_LETTER_QUEUE : SubQueue.NONE)
            .prefetchCount(hostJson.prefetchCount())
            .maxConcurrentCalls(hostJson.maxConcurrentCalls())
            .maxAutoLockRenewDuration(hostJson.maxAutoLockRenewal())
            // Settled below, so that the invocation ends only when the broker has confirmed it.
            .disableAutoComplete()
            .processMessage(this::handle)
            .processError(this::report)
            .buildProcessorClient();
  }

  String name() {
    return function.name();
  }

  void start() {
    processor.start();
  }

  /**
   * Handles no further messages. The processor goes on, because stopping it loses a settlement that
   * is under way just as closing it does.
   */
  void stop() {
    closing = true;
  }

  /** To be called after {@link #stop}, when no invocation runs any more. */
  @Override
  public void close() {
    processor.close();
    closed.countDown();
  }

  /** Runs the function with text in place of a message. */
  void runByHand(String text) {
    invocations.begin(name());
    try {
      Map<String, BindingValue> metadata =
          Map.of(
              "DeliveryCount", BindingValue.json(1),
              "ApplicationProperties", BindingValue.json(Map.of()));
      invoke(new BindingValue.Text(text), metadata, Trace.of(null, null));
    } finally {
      invocations.end(name());
    }
  }

  private void handle(ServiceBusReceivedMessageContext context) {
    invocations.begin(name());
    try {
      if (!closing) {
        handleAndSettle(context);
        return;
      }
    } finally {
      invocations.end(name());
    }
    keepUntilClosed();
  }

  private void handleAndSettle(ServiceBusReceivedMessageContext context) {
    ServiceBusReceivedMessage message = context.getMessage();
    if (!invoke(body(message), MessageMetadata.of(message), trace(message))) {
      context.abandon();
    } else if (autoComplete) {
      context.complete();
    }
  }

  /**
   * A message that came too late goes back when its lock expires. Returning from the handler
   * instead would fetch and lock one message after the other, and abandoning uses their deliveries
   * up.
   */
  private void keepUntilClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the function returned. */
  private boolean invoke(BindingValue body, Map<String, BindingValue> metadata, Trace trace) {
    try {
      return invoker.invoke(function, new TriggerInput(body::as, metadata, trace), r -> true);
    } catch (FunctionFailedException e) {
      LOG.log(Level.FINE, e, () -> "The message goes back to the queue");
      return false;
    }
  }

  private BindingValue body(ServiceBusReceivedMessage message) {
    boolean binary = function.arguments().contains(new Argument.TriggerData(byte[].class));
    return binary
        ? new BindingValue.Bytes(message.getBody().toBytes())
        : new BindingValue.Text(message.getBody().toString());
  }

  private static Trace trace(ServiceBusReceivedMessage message) {
    Map<String, Object> properties = message.getApplicationProperties();
    @Nullable Object parent =
        properties.getOrDefault("traceparent", properties.get("Diagnostic-Id"));
    @Nullable Object state = properties.get("tracestate");
    return Trace.of(
        parent == null ? null : parent.toString(), state == null ? null : state.toString());
  }

  private void report(ServiceBusErrorContext error) {
    if (!closing) {
      LOG.log(
          Level.WARNING,
          error.getException(),
          () -> "%s: %s in %s".formatted(name(), error.getErrorSource(), error.getEntityPath()));
    }
  }
}
