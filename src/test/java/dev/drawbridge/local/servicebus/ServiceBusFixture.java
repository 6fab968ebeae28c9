package dev.drawbridge.local.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder.ServiceBusReceiverClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A broker on a standing clock, and the SDK's clients for it on one connection. Each test has a
 * queue of its own, since starting a connection is what takes the time.
 */
final class ServiceBusFixture implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(15);

  final LocalClock clock;
  final LocalServiceBus bus;
  private final ServiceBusClientBuilder shared;
  private final Deque<Runnable> openClients = new ArrayDeque<>();

  ServiceBusFixture(QueueOptions... queues) {
    this(LocalClock.standingAt(Instant.parse("2026-11-24T08:00:00Z")), List.of(queues));
  }

  ServiceBusFixture(LocalClock clock, List<QueueOptions> queues) {
    this.clock = clock;
    bus = LocalServiceBus.start(0, clock, queues);
    shared = clients();
  }

  /** Clients on a connection of their own. */
  ServiceBusClientBuilder clients() {
    return clientsThatRetry(2);
  }

  ServiceBusClientBuilder clientsThatRetry(int times) {
    return new ServiceBusClientBuilder()
        .connectionString(bus.connectionString())
        .retryOptions(
            new AmqpRetryOptions()
                .setMaxRetries(times)
                .setDelay(Duration.ofMillis(50))
                .setTryTimeout(Duration.ofSeconds(10)));
  }

  ServiceBusSenderClient sender(String queue) {
    ServiceBusSenderClient sender = shared.sender().queueName(queue).buildClient();
    openClients.push(sender::close);
    return sender;
  }

  ServiceBusReceiverClient receiver(String queue) {
    return build(receiverOf(queue));
  }

  ServiceBusReceiverClient deletingReceiver(String queue) {
    return build(receiverOf(queue).receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE));
  }

  ServiceBusReceiverClient deadLetters(String queue) {
    return build(receiverOf(queue).subQueue(SubQueue.DEAD_LETTER_QUEUE));
  }

  /** Without the renewal of locks, which is by the machine's clock and not by the broker's. */
  ServiceBusReceiverClientBuilder receiverOf(String queue) {
    return shared.receiver().queueName(queue).maxAutoLockRenewDuration(Duration.ZERO);
  }

  ServiceBusReceiverClient build(ServiceBusReceiverClientBuilder builder) {
    ServiceBusReceiverClient receiver = builder.buildClient();
    openClients.push(receiver::close);
    return receiver;
  }

  void send(String queue, String... ids) {
    ServiceBusSenderClient sender = sender(queue);
    for (String id : ids) {
      sender.sendMessage(message(id));
    }
  }

  static ServiceBusMessage message(String id) {
    return new ServiceBusMessage("body of " + id).setMessageId(id);
  }

  static List<ServiceBusMessage> messages(int count) {
    return IntStream.range(0, count).mapToObj(i -> message("m" + i)).toList();
  }

  /** One message; it fails if there is none. */
  static ServiceBusReceivedMessage receiveOne(ServiceBusReceiverClient receiver) {
    List<ServiceBusReceivedMessage> received = receive(receiver, 1);
    assertEquals(1, received.size());
    return received.get(0);
  }

  static List<ServiceBusReceivedMessage> receive(ServiceBusReceiverClient receiver, int count) {
    List<ServiceBusReceivedMessage> received = new ArrayList<>();
    while (received.size() < count) {
      int before = received.size();
      receiver.receiveMessages(count - before, SOON).forEach(received::add);
      if (received.size() == before) {
        return fail("Only %d of %d messages came".formatted(before, count));
      }
    }
    return received;
  }

  void assertCounts(
      String queue, int active, int locked, int scheduled, int deferred, int deadLettered) {
    assertEquals(
        new QueueCounts(active, locked, scheduled, deferred, deadLettered), bus.counts(queue));
  }

  void assertEmpty(String queue) {
    assertCounts(queue, 0, 0, 0, 0, 0);
  }

  /** What the broker said, wherever in the exceptions the SDK put it. */
  static AmqpException amqpCause(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof AmqpException amqp && amqp.getErrorCondition() != null) {
        return amqp;
      }
    }
    return fail("No error of the broker in it", thrown);
  }

  static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(SOON);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        fail("Not within " + SOON + ": " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    while (!openClients.isEmpty()) {
      openClients.pop().run();
    }
    bus.close();
  }
}
