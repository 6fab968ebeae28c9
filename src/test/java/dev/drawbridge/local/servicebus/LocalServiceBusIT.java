package dev.drawbridge.local.servicebus;

import static dev.drawbridge.local.servicebus.ServiceBusFixture.await;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.message;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.messages;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.receive;
import static dev.drawbridge.local.servicebus.ServiceBusFixture.receiveOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusErrorContext;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each operation on a queue, by the unchanged SDK. */
class LocalServiceBusIT {
  private static ServiceBusFixture on;

  @BeforeAll
  static void start() {
    on =
        new ServiceBusFixture(
            QueueOptions.named("properties"),
            QueueOptions.named("batch"),
            QueueOptions.named("abandon"),
            QueueOptions.named("abandon-ten-times"),
            QueueOptions.named("dead-letter"),
            QueueOptions.named("lock-expiry"),
            QueueOptions.named("lock-renewal"),
            QueueOptions.named("closed-receiver"),
            QueueOptions.named("duplicates"),
            QueueOptions.named("schedule"),
            QueueOptions.named("peek"),
            QueueOptions.named("defer"),
            QueueOptions.named("receive-and-delete"),
            QueueOptions.named("ttl-dead-letters").withDeadLetterOnExpiry(true),
            QueueOptions.named("ttl-drops"),
            QueueOptions.named("ttl-default").withDefaultTimeToLive(Duration.ofMinutes(2)),
            QueueOptions.named("prefetch"),
            QueueOptions.named("processor"),
            QueueOptions.named("processor-fails").withMaxDeliveryCount(3),
            QueueOptions.named("processor-waits"));
  }

  @AfterAll
  static void stop() {
    on.close();
  }

  @Test
  void send_whenReceived_thenAllPropertiesSurvive() {
    ServiceBusMessage sent =
        new ServiceBusMessage("{\"a\": 1}")
            .setMessageId("id-1")
            .setCorrelationId("correlation-1")
            .setContentType("application/json")
            .setSubject("peering")
            .setReplyTo("reply-queue")
            .setTimeToLive(Duration.ofHours(1));
    Map<String, Object> properties =
        Map.of(
            "text",
            "täxt",
            "int",
            1,
            "long",
            1L << 40,
            "double",
            0.5,
            "flag",
            true,
            "uuid",
            UUID.fromString("00000000-0000-0000-0000-000000000001"),
            "date",
            Date.from(on.clock.instant()),
            "time",
            now(),
            "duration",
            Duration.ofMinutes(3));
    sent.getApplicationProperties().putAll(properties);
    on.sender("properties").sendMessage(sent);

    ServiceBusReceiverClient receiver = on.receiver("properties");
    ServiceBusReceivedMessage received = receiveOne(receiver);

    assertEquals("{\"a\": 1}", received.getBody().toString());
    assertEquals("id-1", received.getMessageId());
    assertEquals("correlation-1", received.getCorrelationId());
    assertEquals("application/json", received.getContentType());
    assertEquals("peering", received.getSubject());
    assertEquals("reply-queue", received.getReplyTo());
    assertEquals(Duration.ofHours(1), received.getTimeToLive());
    assertEquals(properties, received.getApplicationProperties());
    assertEquals(1, received.getSequenceNumber());
    assertEquals(0, received.getDeliveryCount());
    assertEquals(now(), received.getEnqueuedTime());
    assertEquals(now().plusMinutes(1), received.getLockedUntil());
    on.assertCounts("properties", 0, 1, 0, 0, 0);

    receiver.complete(received);
    on.assertEmpty("properties");
  }

  @Test
  void send_whenBatchOf100_thenAllComeInOrder() {
    ServiceBusSenderClient sender = on.sender("batch");
    ServiceBusMessageBatch batch = sender.createMessageBatch();
    messages(100).forEach(each -> assertTrue(batch.tryAddMessage(each)));
    sender.sendMessages(batch);
    on.assertCounts("batch", 100, 0, 0, 0, 0);

    ServiceBusReceiverClient receiver = on.receiver("batch");
    List<ServiceBusReceivedMessage> received = receive(receiver, 100);
    assertEquals(
        messages(100).stream().map(ServiceBusMessage::getMessageId).toList(),
        received.stream().map(ServiceBusReceivedMessage::getMessageId).toList());
    received.forEach(receiver::complete);
    on.assertEmpty("batch");
  }

  @Test
  void abandon_whenReceivedAgain_thenCountedAndModified() {
    on.send("abandon", "a");
    ServiceBusReceiverClient receiver = on.receiver("abandon");
    receiver.abandon(
        receiveOne(receiver), new AbandonOptions().setPropertiesToModify(Map.of("why", "not now")));

    ServiceBusReceivedMessage again = receiveOne(receiver);
    assertEquals(1, again.getDeliveryCount());
    assertEquals("not now", again.getApplicationProperties().get("why"));
    receiver.complete(again);
    on.assertEmpty("abandon");
  }

  @Test
  void abandon_whenTenTimes_thenDeadLettered() {
    on.send("abandon-ten-times", "a");
    ServiceBusReceiverClient receiver = on.receiver("abandon-ten-times");
    for (int i = 0; i < 10; i++) {
      on.assertCounts("abandon-ten-times", 1, 0, 0, 0, 0);
      receiver.abandon(receiveOne(receiver));
    }
    on.assertCounts("abandon-ten-times", 0, 0, 0, 0, 1);

    ServiceBusReceivedMessage dead = receiveOne(on.deadLetters("abandon-ten-times"));
    assertEquals("MaxDeliveryCountExceeded", dead.getDeadLetterReason());
    assertEquals(10, dead.getDeliveryCount());
  }

  @Test
  void deadLetter_whenWithReason_thenInDeadLetterQueueUntilCompleted() {
    on.send("dead-letter", "a");
    ServiceBusReceiverClient receiver = on.receiver("dead-letter");
    receiver.deadLetter(
        receiveOne(receiver),
        new DeadLetterOptions()
            .setDeadLetterReason("unreadable")
            .setDeadLetterErrorDescription("It is no JSON")
            .setPropertiesToModify(Map.of("by", "test")));
    on.assertCounts("dead-letter", 0, 0, 0, 0, 1);

    ServiceBusReceiverClient deadLetters = on.deadLetters("dead-letter");
    ServiceBusReceivedMessage dead = receiveOne(deadLetters);
    assertEquals("a", dead.getMessageId());
    assertEquals("body of a", dead.getBody().toString());
    assertEquals("unreadable", dead.getDeadLetterReason());
    assertEquals("It is no JSON", dead.getDeadLetterErrorDescription());
    assertEquals("dead-letter", dead.getDeadLetterSource());
    assertEquals("test", dead.getApplicationProperties().get("by"));
    deadLetters.complete(dead);
    on.assertEmpty("dead-letter");
  }

  @Test
  void complete_whenLockExpired_thenLockLostAndMessageComesAgain() {
    on.send("lock-expiry", "a");
    ServiceBusReceiverClient receiver = on.receiver("lock-expiry");
    ServiceBusReceivedMessage first = receiveOne(receiver);
    on.clock.advance(Duration.ofMinutes(1));
    on.assertCounts("lock-expiry", 1, 0, 0, 0, 0);

    ServiceBusException lost =
        assertThrows(ServiceBusException.class, () -> receiver.complete(first));
    assertEquals(ServiceBusFailureReason.MESSAGE_LOCK_LOST, lost.getReason());
    ServiceBusReceivedMessage again = receiveOne(receiver);
    assertEquals(1, again.getDeliveryCount());
    receiver.complete(again);
    on.assertEmpty("lock-expiry");
  }

  @Test
  void renewMessageLock_whenBeforeExpiry_thenLockHoldsOn() {
    on.send("lock-renewal", "a");
    ServiceBusReceiverClient receiver = on.receiver("lock-renewal");
    ServiceBusReceivedMessage received = receiveOne(receiver);
    on.clock.advance(Duration.ofSeconds(59));
    assertEquals(now().plusMinutes(1), receiver.renewMessageLock(received));
    on.clock.advance(Duration.ofSeconds(59));
    receiver.complete(received);
    on.assertEmpty("lock-renewal");

    ServiceBusException lost =
        assertThrows(ServiceBusException.class, () -> receiver.renewMessageLock(received));
    assertEquals(ServiceBusFailureReason.MESSAGE_LOCK_LOST, lost.getReason());
  }

  @Test
  void close_whenMessageLocked_thenItComesBackWhenTheLockEnds() {
    on.send("closed-receiver", "a");
    ServiceBusReceiverClient first = on.receiver("closed-receiver");
    receiveOne(first);
    first.close();
    on.assertCounts("closed-receiver", 0, 1, 0, 0, 0);
    on.clock.advance(Duration.ofMinutes(1));
    ServiceBusReceiverClient second = on.receiver("closed-receiver");
    ServiceBusReceivedMessage again = receiveOne(second);
    assertEquals(1, again.getDeliveryCount());
    second.complete(again);
  }

  @Test
  void send_whenSameMessageId_thenDroppedWithinTheWindow() {
    on.send("duplicates", "a", "b", "a");
    on.assertCounts("duplicates", 2, 0, 0, 0, 0);
    on.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    on.send("duplicates", "a");
    on.assertCounts("duplicates", 2, 0, 0, 0, 0);
    on.clock.advance(Duration.ofMillis(1));
    on.send("duplicates", "a");
    on.assertCounts("duplicates", 3, 0, 0, 0, 0);
  }

  @Test
  void scheduleMessage_whenItsTimeComes_thenActive() {
    ServiceBusSenderClient sender = on.sender("schedule");
    OffsetDateTime due = now().plusMinutes(30);
    long number = sender.scheduleMessage(message("a"), due);
    List<Long> cancelled = new ArrayList<>();
    sender.scheduleMessages(List.of(message("b"), message("c")), due).forEach(cancelled::add);
    on.assertCounts("schedule", 0, 0, 3, 0, 0);
    sender.cancelScheduledMessages(cancelled);
    on.assertCounts("schedule", 0, 0, 1, 0, 0);
    sender.cancelScheduledMessage(cancelled.get(0)); // the SDK says nothing of a 404
    on.assertCounts("schedule", 0, 0, 1, 0, 0);

    on.clock.advance(Duration.ofMinutes(30));
    on.assertCounts("schedule", 1, 0, 0, 0, 0);
    ServiceBusReceiverClient receiver = on.receiver("schedule");
    ServiceBusReceivedMessage received = receiveOne(receiver);
    assertEquals("a", received.getMessageId());
    assertEquals(due, received.getScheduledEnqueueTime());
    assertEquals(due, received.getEnqueuedTime());
    assertEquals(number, received.getEnqueuedSequenceNumber());
    assertTrue(received.getSequenceNumber() > number);
    receiver.complete(received);
  }

  @Test
  void peekMessages_whenInAllStates_thenAllAndUnchanged() {
    ServiceBusSenderClient sender = on.sender("peek");
    on.send("peek", "deferred", "locked", "active");
    sender.scheduleMessage(message("scheduled"), now().plusDays(1));
    ServiceBusReceiverClient receiver = on.receiver("peek");
    receiver.defer(receiveOne(receiver));
    assertEquals("locked", receiveOne(receiver).getMessageId());
    QueueCounts before = bus().counts("peek");
    assertEquals(new QueueCounts(1, 1, 1, 1, 0), before);

    List<ServiceBusReceivedMessage> peeked = on.receiver("peek").peekMessages(10).stream().toList();
    assertEquals(
        List.of("deferred", "locked", "active", "scheduled"),
        peeked.stream().map(ServiceBusReceivedMessage::getMessageId).toList());
    assertEquals(
        List.of(
            ServiceBusMessageState.DEFERRED,
            ServiceBusMessageState.ACTIVE,
            ServiceBusMessageState.ACTIVE,
            ServiceBusMessageState.SCHEDULED),
        peeked.stream().map(ServiceBusReceivedMessage::getState).toList());
    assertEquals(before, bus().counts("peek"));
    assertEquals(
        List.of("active", "scheduled"),
        on.receiver("peek").peekMessages(10, peeked.get(2).getSequenceNumber()).stream()
            .map(ServiceBusReceivedMessage::getMessageId)
            .toList());
  }

  @Test
  void receiveDeferredMessage_whenDeferred_thenOnlyByItsNumber() {
    on.send("defer", "a", "b");
    ServiceBusReceiverClient receiver = on.receiver("defer");
    ServiceBusReceivedMessage first = receiveOne(receiver);
    receiver.defer(first);
    ServiceBusReceivedMessage second = receiveOne(receiver);
    assertEquals("b", second.getMessageId());
    receiver.complete(second);
    on.assertCounts("defer", 0, 0, 0, 1, 0);

    ServiceBusReceivedMessage deferred = receiver.receiveDeferredMessage(first.getSequenceNumber());
    assertEquals("a", deferred.getMessageId());
    assertEquals(ServiceBusMessageState.DEFERRED, deferred.getState());
    on.assertCounts("defer", 0, 1, 0, 0, 0);
    receiver.abandon(deferred);
    on.assertCounts("defer", 0, 0, 0, 1, 0);

    ServiceBusReceivedMessage again = receiver.receiveDeferredMessage(first.getSequenceNumber());
    receiver.complete(again);
    on.assertEmpty("defer");
    assertThrows(
        ServiceBusException.class,
        () -> receiver.receiveDeferredMessage(first.getSequenceNumber()));
  }

  @Test
  void receive_whenReceiveAndDelete_thenGoneWithoutSettlement() {
    on.send("receive-and-delete", "a");
    assertEquals("a", receiveOne(on.deletingReceiver("receive-and-delete")).getMessageId());
    on.assertEmpty("receive-and-delete");
  }

  @Test
  void timeToLive_whenOver_thenDeadLettered() {
    on.sender("ttl-dead-letters").sendMessage(message("a").setTimeToLive(Duration.ofSeconds(30)));
    on.clock.advance(Duration.ofSeconds(30));
    on.assertCounts("ttl-dead-letters", 0, 0, 0, 0, 1);
    ServiceBusReceivedMessage dead = receiveOne(on.deadLetters("ttl-dead-letters"));
    assertEquals("TTLExpiredException", dead.getDeadLetterReason());
  }

  @Test
  void timeToLive_whenOverAndNoDeadLettering_thenDropped() {
    on.sender("ttl-drops").sendMessage(message("a").setTimeToLive(Duration.ofSeconds(30)));
    on.clock.advance(Duration.ofSeconds(30).minusMillis(1));
    on.assertCounts("ttl-drops", 1, 0, 0, 0, 0);
    on.clock.advance(Duration.ofMillis(1));
    on.assertEmpty("ttl-drops");
  }

  @Test
  void timeToLive_whenTheQueueHasADefault_thenThatIsTheMost() {
    on.sender("ttl-default").sendMessage(message("a").setTimeToLive(Duration.ofDays(1)));
    on.send("ttl-default", "b");
    ServiceBusReceiverClient receiver = on.receiver("ttl-default");
    ServiceBusReceivedMessage received = receiveOne(receiver);
    assertEquals(Duration.ofMinutes(2), received.getTimeToLive());
    assertEquals(now().plusMinutes(2), received.getExpiresAt());
    receiver.abandon(received);
    on.clock.advance(Duration.ofMinutes(2));
    on.assertEmpty("ttl-default");
  }

  @Test
  void prefetch_whenReceiving_thenThatManyAreLockedAhead() {
    on.sender("prefetch").sendMessages(messages(50));
    ServiceBusReceiverClient receiver = on.build(on.receiverOf("prefetch").prefetchCount(20));
    receiveOne(receiver);
    await("20 more are locked", () -> bus().counts("prefetch").locked() >= 20);
    QueueCounts counts = bus().counts("prefetch");
    assertTrue(counts.locked() <= 21, counts.toString());
    assertEquals(50, counts.total());
  }

  @Test
  void processor_when1000MessagesAndConcurrency8_thenEachOnce() throws Exception {
    int count = 1000;
    on.sender("processor").sendMessages(messages(count));
    Set<String> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch eightAtOnce = new CountDownLatch(8);
    CountDownLatch handled = new CountDownLatch(count);
    try (ServiceBusProcessorClient processor =
        processor(
            "processor",
            8,
            received -> {
              seen.add(received.getMessageId());
              eightAtOnce.countDown();
              awaitQuietly(eightAtOnce);
              handled.countDown();
            })) {
      processor.start();
      assertTrue(handled.await(20, TimeUnit.SECONDS), () -> handled.getCount() + " are missing");
      await("all are settled", () -> bus().counts("processor").total() == 0);
    }
    assertEquals(count, seen.size());
  }

  @Test
  void processor_whenTheHandlerThrows_thenAbandonedAndAtLastDeadLettered() {
    on.send("processor-fails", "a");
    List<Long> deliveries = new CopyOnWriteArrayList<>();
    try (ServiceBusProcessorClient processor =
        processor(
            "processor-fails",
            1,
            received -> {
              deliveries.add(received.getDeliveryCount());
              throw new IllegalStateException("as meant");
            })) {
      processor.start();
      await("it is dead-lettered", () -> bus().counts("processor-fails").deadLettered() == 1);
    }
    assertEquals(List.of(0L, 1L, 2L), deliveries);
  }

  @Test
  void processor_whenTheClockIsAdvanced_thenTheScheduledMessageComesAtOnce() throws Exception {
    on.sender("processor-waits").scheduleMessage(message("a"), now().plusHours(1));
    CountDownLatch handled = new CountDownLatch(1);
    try (ServiceBusProcessorClient processor =
        processor("processor-waits", 1, received -> handled.countDown())) {
      processor.start();
      on.clock.advance(Duration.ofHours(1));
      assertTrue(handled.await(15, TimeUnit.SECONDS));
      await("it is settled", () -> bus().counts("processor-waits").total() == 0);
    }
  }

  private static ServiceBusProcessorClient processor(
      String queue, int concurrency, Consumer<ServiceBusReceivedMessage> handler) {
    return on.clients()
        .processor()
        .queueName(queue)
        .maxConcurrentCalls(concurrency)
        .maxAutoLockRenewDuration(Duration.ZERO)
        .processMessage(context -> handler.accept(context.getMessage()))
        .processError((ServiceBusErrorContext context) -> {})
        .buildProcessorClient();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(15, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static LocalServiceBus bus() {
    return on.bus;
  }

  private static OffsetDateTime now() {
    return on.clock.instant().atOffset(ZoneOffset.UTC);
  }
}
