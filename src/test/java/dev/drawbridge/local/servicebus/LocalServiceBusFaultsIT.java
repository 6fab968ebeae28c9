package dev.drawbridge.local.servicebus;

import static dev.drawbridge.local.servicebus.ServiceBusFixture.amqpCause;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.await;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.message;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.messages;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.receiveOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.PortInUseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the SDK sees when the service fails or refuses. */
class LocalServiceBusFaultsIT {
  private static final String QUEUE = "requests";
  private static final String FORGETFUL = "no-duplicate-detection";
  private static final OffsetDateTime DUE = OffsetDateTime.parse("2027-01-01T00:00:00Z");

  private final ServiceBusFixture on =
      new ServiceBusFixture(
          QueueOptions.named(QUEUE),
          QueueOptions.named(FORGETFUL).withDuplicateDetectionWindow(Duration.ZERO));

  @AfterEach
  void stop() {
    on.close();
  }

  @Test
  void refuseSends_whenSending_thenServerBusyAndNothingStored() {
    on.bus.refuseSends(1);
    try (ServiceBusSenderClient sender = senderWithoutRetries(QUEUE)) {
      ServiceBusException thrown =
          assertThrows(ServiceBusException.class, () -> sender.sendMessages(messages(3)));
      assertEquals(AmqpErrorCondition.SERVER_BUSY_ERROR, amqpCause(thrown).getErrorCondition());
      on.assertEmpty(QUEUE);
      sender.sendMessages(messages(3));
    }
    on.assertCounts(QUEUE, 3, 0, 0, 0, 0);
  }

  @Test
  void refuseSends_whenUntilFurtherNotice_thenUntilTakenBack() {
    on.bus.refuseSends(Integer.MAX_VALUE);
    try (ServiceBusSenderClient sender = senderWithoutRetries(QUEUE)) {
      for (int i = 0; i < 3; i++) {
        ServiceBusException thrown =
            assertThrows(
                ServiceBusException.class, () -> sender.scheduleMessage(message("a"), DUE));
        assertEquals(ServiceBusFailureReason.SERVICE_BUSY, thrown.getReason());
      }
      on.assertEmpty(QUEUE);
      on.bus.refuseSends(0);
      sender.scheduleMessage(message("a"), DUE);
    }
    on.assertCounts(QUEUE, 0, 0, 1, 0, 0);
  }

  @Test
  void loseSendAnswers_whenTheSdkSendsAgain_thenOneMessage() {
    on.bus.loseSendAnswers(1);
    on.sender(QUEUE).sendMessage(message("a"));
    on.assertCounts(QUEUE, 1, 0, 0, 0, 0);
  }

  @Test
  void loseSendAnswers_whenSentAgainWithTheSameIds_thenTheyAreDuplicates() {
    on.bus.loseSendAnswers(1);
    try (ServiceBusSenderClient sender = senderWithoutRetries(QUEUE)) {
      assertThrows(ServiceBusException.class, () -> sender.sendMessages(messages(3)));
      on.assertCounts(QUEUE, 3, 0, 0, 0, 0);
      sender.sendMessages(messages(3));
    }
    on.assertCounts(QUEUE, 3, 0, 0, 0, 0);
  }

  @Test
  void loseSendAnswers_whenNoDuplicateDetection_thenThereAreTwo() {
    on.bus.loseSendAnswers(1);
    try (ServiceBusSenderClient sender = senderWithoutRetries(FORGETFUL)) {
      assertThrows(ServiceBusException.class, () -> sender.sendMessage(message("a")));
      sender.sendMessage(message("a"));
    }
    on.assertCounts(FORGETFUL, 2, 0, 0, 0, 0);
  }

  @Test
  void loseSendAnswers_whenScheduledAgain_thenScheduledOnce() {
    on.bus.loseSendAnswers(1);
    try (ServiceBusSenderClient sender = senderWithoutRetries(QUEUE)) {
      assertThrows(ServiceBusException.class, () -> sender.scheduleMessage(message("a"), DUE));
      on.assertCounts(QUEUE, 0, 0, 1, 0, 0);
      sender.scheduleMessage(message("a"), DUE);
    }
    on.assertCounts(QUEUE, 0, 0, 1, 0, 0);
  }

  @Test
  void dropConnections_whenMessageLocked_thenItComesBackWhenTheLockEnds() throws Exception {
    on.send(QUEUE, "a");
    CountDownLatch received = new CountDownLatch(1);
    Set<Long> deliveries = ConcurrentHashMap.newKeySet();
    try (ServiceBusProcessorClient processor =
        processorThatSettles(
            context -> {
              deliveries.add(context.getMessage().getDeliveryCount());
              if (received.getCount() == 0) {
                context.complete();
              }
              received.countDown();
            })) {
      processor.start();
      assertTrue(received.await(15, TimeUnit.SECONDS));
      on.bus.dropConnections();
      on.assertCounts(QUEUE, 0, 1, 0, 0, 0);
      on.clock.advance(Duration.ofMinutes(1));
      on.assertCounts(QUEUE, 1, 0, 0, 0, 0);
      await("it is settled", () -> on.bus.counts(QUEUE).total() == 0);
    }
    assertEquals(Set.of(0L, 1L), deliveries);
  }

  @Test
  void open_whenNoSuchQueue_thenNotFound() {
    assertNotFound(() -> on.sender("nowhere").sendMessage(message("a")));
    assertNotFound(() -> receiveOne(on.receiver("nowhere")));
    assertNotFound(() -> on.receiver("nowhere").peekMessage());
  }

  @Test
  void open_whenSessionsTopicsOrTransactions_thenNotImplemented() {
    try (ServiceBusSessionReceiverClient sessions =
        on.clients().sessionReceiver().queueName(QUEUE).buildClient()) {
      assertNotImplemented("Message sessions are", () -> sessions.acceptSession("s").close());
    }
    try (ServiceBusReceiverClient subscription =
        on.clients().receiver().topicName("t").subscriptionName("s").buildClient()) {
      assertNotImplemented("Topics and subscriptions are", () -> receiveOne(subscription));
    }
    assertNotImplemented("Transactions are", () -> on.sender(QUEUE).createTransaction());
  }

  @Test
  void send_whenToADeadLetterQueue_thenNotAllowed() {
    ServiceBusSenderClient sender = on.sender(QUEUE + "/$DeadLetterQueue");
    assertUnsupported(
        "Nothing can be sent to requests/$DeadLetterQueue", () -> sender.sendMessage(message("a")));
  }

  @Test
  void connect_whenNotAmqp_thenCutAndOthersGoOn() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), on.bus.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes(); // returns once the broker has closed
    }
    on.send(QUEUE, "a");
    on.assertCounts(QUEUE, 1, 0, 0, 0, 0);
  }

  @Test
  void clock_whenItRunsByItself_thenAWaitingReceiverGetsWhatComesBack() {
    QueueOptions shortLock = QueueOptions.named("q").withLockDuration(Duration.ofMillis(200));
    try (ServiceBusFixture running =
        new ServiceBusFixture(LocalClock.running(), List.of(shortLock))) {
      running.send("q", "a");
      ServiceBusReceiverClient receiver = running.receiver("q");
      assertEquals(0, receiveOne(receiver).getDeliveryCount());
      assertEquals(1, receiveOne(receiver).getDeliveryCount());
    }
  }

  @Test
  void start_whenThePortIsTaken_thenSaysSo() {
    PortInUseException thrown =
        assertThrows(
            PortInUseException.class,
            () -> LocalServiceBus.start(on.bus.port(), on.clock, List.of()));
    assertTrue(thrown.toString().contains("-Dlocal.port.servicebus=PORT"), thrown::toString);
  }

  @Test
  void start_whenTwoQueuesHaveOneName_thenRefused() {
    List<QueueOptions> twice = List.of(QueueOptions.named("a"), QueueOptions.named("A"));
    assertThrows(IllegalArgumentException.class, () -> LocalServiceBus.start(0, on.clock, twice));
  }

  @Test
  void close_whenClientsAreConnected_thenNoThreadIsLeftAndThePortIsFree() {
    int port = on.bus.port();
    on.send(QUEUE, "a");
    on.bus.close();
    await(
        "its threads end",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("local-servicebus")));
    assertThrows(IllegalStateException.class, () -> on.bus.counts(QUEUE));
    on.clock.advance(Duration.ofMinutes(1)); // no one is there to hear of it
    LocalServiceBus.start(port, on.clock, List.of()).close();
  }

  @Test
  void counts_whenNoSuchQueue_thenRefused() {
    assertThrows(IllegalArgumentException.class, () -> on.bus.counts("nowhere"));
  }

  /** The SDK waits 4 seconds before it retries what was refused as busy. */
  private ServiceBusSenderClient senderWithoutRetries(String queue) {
    return on.clientsThatRetry(0).sender().queueName(queue).buildClient();
  }

  private ServiceBusProcessorClient processorThatSettles(
      Consumer<ServiceBusReceivedMessageContext> handler) {
    return on.clients()
        .processor()
        .queueName(QUEUE)
        .maxAutoLockRenewDuration(Duration.ZERO)
        .disableAutoComplete()
        .processMessage(handler)
        .processError(context -> {})
        .buildProcessorClient();
  }

  private static void assertNotFound(Runnable call) {
    var cause = amqpCause(assertThrows(RuntimeException.class, call::run));
    assertEquals(AmqpErrorCondition.NOT_FOUND, cause.getErrorCondition());
    assertTrue(
        cause
            .toString()
            .contains("The messaging entity 'sb://localhost/nowhere' could not be found."),
        cause::toString);
  }

  private static void assertNotImplemented(String what, Runnable call) {
    assertUnsupported(what + " not implemented in the local Service Bus.", call);
  }

  /** What the SDK makes of amqp:not-implemented and amqp:not-allowed. */
  private static void assertUnsupported(String message, Runnable call) {
    Throwable thrown = assertThrows(RuntimeException.class, call::run);
    while (thrown.getCause() != null && !(thrown instanceof UnsupportedOperationException)) {
      thrown = thrown.getCause();
    }
    assertEquals(UnsupportedOperationException.class, thrown.getClass());
    assertEquals(message, thrown.getMessage());
  }
}
