package dev.drawbridge.local.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.Encoder;
import org.apache.qpid.protonj2.codec.encoders.ProtonEncoderFactory;
import org.apache.qpid.protonj2.types.Binary;
import org.apache.qpid.protonj2.types.UnsignedInteger;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests at {@code $management}, with what the SDK never sends too. */
class ManagementTest {
  private final LocalClock clock = LocalClock.standingAt(Instant.parse("2026-01-01T00:00:00Z"));
  private final MessageCodec codec = new MessageCodec();
  private final SendFaults faults = new SendFaults();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Queue queue = new Queue(QueueOptions.named("q"), clock);
  private final Management management = new Management(queue, codec, faults, cuts::incrementAndGet);

  @Test
  void handle_whenNoSuchOperation_thenNotImplemented() {
    assertError(501, "amqp:not-implemented", handle("renew-session-lock", Map.of()));
    assertError(
        501,
        "amqp:not-implemented",
        management.handle(Messages.message("a").with(Map.of("operation", "get-everything"))));
  }

  @ParameterizedTest
  @CsvSource({
    "schedule-message,messages",
    "cancel-scheduled-message,sequence-numbers",
    "peek-message,from-sequence-number",
    "receive-by-sequence-number,receiver-settle-mode",
    "renew-lock,lock-tokens",
    "update-disposition,disposition-status"
  })
  void handle_whenAnArgumentIsMissing_thenNamesIt(String operation, String argument) {
    Reply reply = handle(operation, Map.of());
    assertError(400, "amqp:invalid-field", reply);
    assertTrue(reply.description().contains(argument), reply.description());
  }

  @Test
  void handle_whenNoBody_thenRefused() {
    Message request = Messages.message("r").with(Map.of("operation", "com.microsoft:peek-message"));
    assertError(400, "amqp:invalid-field", management.handle(request));
  }

  @Test
  void schedule_whenOneIsNoMessage_thenNoneIsStored() {
    Reply reply = handle("schedule-message", Map.of("messages", List.of(entry("a"), Map.of())));
    assertError(400, "amqp:invalid-field", reply);
    reply =
        handle(
            "schedule-message",
            Map.of(
                "messages",
                List.of(entry("a"), Map.of("message", new Binary(new byte[] {1, 2, 3})))));
    assertError(400, "amqp:invalid-field", reply);
    assertEquals(0, queue.counts().total());
  }

  @Test
  void schedule_whenRefusedOrTheAnswerIsLost_thenSo() {
    faults.refuse(1);
    faults.loseAnswers(1);
    Map<String, Object> arguments = Map.of("messages", List.of(entry("a"), entry("b")));
    assertError(503, "com.microsoft:server-busy", handle("schedule-message", arguments));
    assertEquals(0, queue.counts().total());
    assertEquals(0, cuts.get());
    handle("schedule-message", arguments);
    assertEquals(2, queue.counts().total());
    assertEquals(1, cuts.get());
    assertOk(handle("schedule-message", arguments));
    assertEquals(2, queue.counts().total());
    assertEquals(1, cuts.get());
  }

  @Test
  void schedule_whenInADeadLetterQueue_thenNotAllowed() {
    Management ofDeadLetters =
        new Management(
            Objects.requireNonNull(queue.deadLetters()), codec, faults, cuts::incrementAndGet);
    Message request = request("schedule-message", Map.of("messages", List.of(entry("a"))));
    assertError(400, "amqp:not-allowed", ofDeadLetters.handle(request));
  }

  @Test
  void cancel_whenNotScheduled_thenNotFound() {
    queue.enqueue(Messages.message("active"));
    for (long number : new long[] {1, 2}) {
      Reply reply =
          handle("cancel-scheduled-message", Map.of("sequence-numbers", new long[] {number}));
      assertError(404, "com.microsoft:message-not-found", reply);
    }
    assertEquals(1, queue.counts().active());
  }

  @Test
  void peek_whenNoMessage_thenNoContent() {
    Reply reply = handle("peek-message", Map.of("from-sequence-number", 1L, "message-count", 5));
    assertError(204, "com.microsoft:message-not-found", reply);
  }

  @Test
  void receiveDeferred_whenToBeDeleted_thenWithoutLockToken() {
    defer("a");
    Map<?, ?> received = receiveDeferred(0);
    assertEquals(1, received.size());
    assertInstanceOf(Binary.class, received.get("message"));
    assertEquals(0, queue.counts().total());
  }

  @ParameterizedTest
  @CsvSource({
    "completed,0,0,0",
    "abandoned,0,1,0",
    "defered,0,1,0",
    "suspended,0,0,1",
  })
  void settle_whenLocked_thenByItsStatusAndASecondTimeLost(
      String status, int active, int deferred, int deadLettered) {
    defer("a");
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("disposition-status", status);
    arguments.put("lock-tokens", new UUID[] {(UUID) receiveDeferred(1).get("lock-token")});
    arguments.put("deadletter-reason", "r");
    arguments.put("deadletter-description", "d");
    arguments.put("properties-to-modify", Map.of("x", 1));
    assertOk(handle("update-disposition", arguments));
    assertEquals(new QueueCounts(active, 0, 0, deferred, deadLettered), queue.counts());
    if (deadLettered == 1) {
      Message dead = Objects.requireNonNull(queue.deadLetters()).peek(0, 1).get(0).message;
      assertEquals(
          Map.of("DeadLetterReason", "r", "DeadLetterErrorDescription", "d", "x", 1),
          dead.applicationProperties());
    }
    assertError(410, "com.microsoft:message-lock-lost", handle("update-disposition", arguments));
  }

  @Test
  void settle_whenNoSuchStatus_thenRefused() {
    defer("a");
    UUID token = (UUID) receiveDeferred(1).get("lock-token");
    Reply reply =
        handle(
            "update-disposition",
            Map.of("disposition-status", "eaten", "lock-tokens", new UUID[] {token}));
    assertError(400, "amqp:invalid-field", reply);
    assertEquals(1, queue.counts().locked());
  }

  @Test
  void renew_whenLockLost_thenGone() {
    defer("a");
    Object tokens = new UUID[] {(UUID) receiveDeferred(1).get("lock-token")};
    Reply reply = handle("renew-lock", Map.of("lock-tokens", tokens));
    assertEquals(
        new MessageCodec.Expirations(List.of(clock.instant().plusSeconds(60))), reply.body());
    clock.advance(Duration.ofMinutes(1));
    assertError(
        410,
        "com.microsoft:message-lock-lost",
        handle("renew-lock", Map.of("lock-tokens", tokens)));
  }

  private void defer(String id) {
    queue.enqueue(Messages.message(id));
    MessageConsumer deferring =
        new MessageConsumer() {
          private boolean done;

          @Override
          public boolean ready() {
            return !done;
          }

          @Override
          public boolean deletesOnReceipt() {
            return false;
          }

          @Override
          public void deliver(StoredMessage stored) {
            done = true;
            assertTrue(queue.defer(Objects.requireNonNull(stored.lockToken), Map.of()));
          }
        };
    queue.add(deferring);
    queue.deliver();
    queue.remove(deferring);
  }

  private Map<?, ?> receiveDeferred(int settleMode) {
    Reply reply =
        handle(
            "receive-by-sequence-number",
            Map.of(
                "sequence-numbers",
                new long[] {1},
                "receiver-settle-mode",
                UnsignedInteger.valueOf(settleMode)));
    assertOk(reply);
    Map<?, ?> body = (Map<?, ?>) reply.body();
    return (Map<?, ?>) ((List<?>) Objects.requireNonNull(body.get("messages"))).get(0);
  }

  private Map<String, Object> entry(String id) {
    ProtonBuffer encoded = encoded(new Properties().setMessageId(id));
    return Map.of("message", new Binary(MessageCodec.bytes(encoded)));
  }

  private Reply handle(String operation, Map<String, Object> arguments) {
    return management.handle(request(operation, arguments));
  }

  private Message request(String operation, Map<String, Object> arguments) {
    return codec.decode(
        encoded(
            new ApplicationProperties(Map.of("operation", "com.microsoft:" + operation)),
            new AmqpValue<>(arguments)));
  }

  private static ProtonBuffer encoded(Object... sections) {
    Encoder encoder = ProtonEncoderFactory.create();
    ProtonBuffer buffer = ProtonBufferAllocator.defaultAllocator().allocate();
    for (Object section : sections) {
      encoder.writeObject(buffer, encoder.newEncoderState(), section);
    }
    return buffer;
  }

  private static void assertOk(Reply reply) {
    assertEquals(200, reply.status());
    assertNull(reply.error());
  }

  private static void assertError(int status, String condition, Reply reply) {
    assertEquals(status, reply.status());
    assertEquals(condition, String.valueOf(reply.error()));
  }
}
