package dev.drawbridge.local.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.drawbridge.local.servicebus.StoredMessage.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.DecodeException;
import org.apache.qpid.protonj2.codec.Encoder;
import org.apache.qpid.protonj2.codec.encoders.ProtonEncoderFactory;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.UnsignedLong;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.DeliveryAnnotations;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.MessageAnnotations;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final int BATCH = 0x80013700;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MessageCodec codec = new MessageCodec();

  @Test
  void decode_whenAllSections_thenEachInItsPlaceAndTimestampsAreTimestamps() {
    Message message =
        codec.decode(
            encoded(
                new Header().setTimeToLive(1500L),
                new DeliveryAnnotations(Map.of(Symbol.valueOf("hop"), 1)),
                new MessageAnnotations(Map.of(Annotations.SCHEDULED_ENQUEUE_TIME, Date.from(NOW))),
                new Properties().setMessageId("id"),
                new Data("hello".getBytes(StandardCharsets.US_ASCII))));
    assertEquals(Duration.ofMillis(1500), message.timeToLive());
    assertEquals(NOW, message.scheduledFor());
    assertEquals("id", message.messageId());
    assertEquals(Map.of(), message.applicationProperties());
    assertEquals("00 53 75 a0 05 68 65 6c 6c 6f", hex(message.body().asByteArray()));
  }

  @Test
  void decode_whenNothing_thenAnEmptyMessage() {
    Message message = codec.decode(encoded());
    assertNull(message.messageId());
    assertNull(message.scheduledFor());
    assertEquals(Duration.ZERO, message.timeToLive());
    assertEquals(0, message.body().getLength());
  }

  @Test
  void decode_whenABatch_thenItsMessages() {
    byte[] first = bytes(encoded(new Properties().setMessageId("a")));
    byte[] second = bytes(encoded(new Properties().setMessageId("b")));
    ProtonBuffer batch =
        encoded(new Properties().setMessageId("a"), new Data(first), new Data(second));
    assertEquals(
        List.of("a", "b"), codec.decode(BATCH, batch).stream().map(Message::messageId).toList());
  }

  @Test
  void decode_whenCutOffAnywhere_thenRefused() {
    byte[] whole =
        bytes(
            encoded(
                new MessageAnnotations(Map.of(Symbol.valueOf("a"), "b")),
                new Properties().setMessageId("a")));
    int boundary = bytes(encoded(new MessageAnnotations(Map.of(Symbol.valueOf("a"), "b")))).length;
    for (int length = 1; length < whole.length; length++) {
      if (length != boundary) {
        ProtonBuffer part = buffer(Arrays.copyOf(whole, length));
        assertThrows(DecodeException.class, () -> codec.decode(part), "cut at " + length);
      }
    }
  }

  @Test
  void decode_whenNoAmqp_thenRefused() {
    ProtonBuffer text = buffer("hello, world".getBytes(StandardCharsets.US_ASCII));
    assertThrows(DecodeException.class, () -> codec.decode(text));
  }

  @Test
  void decode_whenAnAnnotationHasANumberForItsKey_thenRefused() {
    ProtonBuffer strange = buffer(HexFormat.of().parseHex("005372" + "c1050254015402"));
    assertThrows(DecodeException.class, () -> codec.decode(strange));
  }

  @Test
  void encode_whenLocked_thenWithWhatTheQueueKnows() {
    StoredMessage stored = new StoredMessage(Messages.message("a"), Duration.ZERO, 7, NOW);
    stored.deliveryCount = 3;
    new MessageStore().lock(stored, UUID.randomUUID(), NOW.plusSeconds(60));
    Message received = codec.decode(codec.encode(stored));
    assertEquals(3, received.header().getDeliveryCount());
    assertEquals(
        Map.of(
            Annotations.SEQUENCE_NUMBER,
            7L,
            Annotations.ENQUEUED_SEQUENCE_NUMBER,
            7L,
            Annotations.ENQUEUED_TIME,
            Date.from(NOW),
            Annotations.MESSAGE_STATE,
            0,
            Annotations.LOCKED_UNTIL,
            Date.from(NOW.plusSeconds(60))),
        received.annotations());
  }

  @Test
  void encode_whenScheduledOrDeferred_thenTheStateSaysSo() {
    MessageStore store = new MessageStore();
    StoredMessage stored = new StoredMessage(Messages.message("a"), Duration.ZERO, 7, NOW);
    store.put(stored, State.SCHEDULED, NOW);
    assertEquals(2, stateOf(stored));
    store.put(stored, State.DEFERRED, StoredMessage.NEVER);
    assertEquals(1, stateOf(stored));
  }

  @Test
  void encodeReply_whenExpirations_thenAnArrayOfTimestamps() {
    ProtonBuffer reply =
        codec.encodeReply(
            UnsignedLong.valueOf(1),
            Map.of(),
            new MessageCodec.Expirations(List.of(Instant.ofEpochMilli(258), NOW)));
    String value = hex(codec.decode(reply).body().asByteArray());
    String array = "f0 00 00 00 15 00 00 00 02 83 00 00 00 00 00 00 01 02";
    assertEquals(array, value.substring(value.indexOf("f0"), value.indexOf("f0") + array.length()));
  }

  @Test
  void value_whenTheBodyIsData_thenNull() {
    assertNull(codec.value(codec.decode(encoded(new Data(new byte[] {1})))));
    assertNull(codec.value(Messages.message("a")));
    assertEquals("v", codec.value(codec.decode(encoded(new AmqpValue<>("v")))));
  }

  @Test
  void toDeliveryTag_whenAUuid_thenTheBytesOfANetGuid() {
    assertEquals(
        "33 22 11 00 55 44 77 66 88 99 aa bb cc dd ee ff",
        hex(LockTokens.toDeliveryTag(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"))));
  }

  private @Nullable Object stateOf(StoredMessage stored) {
    return codec.decode(codec.encode(stored)).annotations().get(Annotations.MESSAGE_STATE);
  }

  private static ProtonBuffer encoded(Object... sections) {
    Encoder encoder = ProtonEncoderFactory.create();
    ProtonBuffer buffer = ProtonBufferAllocator.defaultAllocator().allocate();
    for (Object section : sections) {
      encoder.writeObject(buffer, encoder.newEncoderState(), section);
    }
    return buffer;
  }

  private static ProtonBuffer buffer(byte[] bytes) {
    return ProtonBufferAllocator.defaultAllocator().copy(bytes);
  }

  private static byte[] bytes(ProtonBuffer buffer) {
    return MessageCodec.bytes(buffer);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
