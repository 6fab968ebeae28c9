package dev.drawbridge.local.servicebus;

import dev.drawbridge.local.servicebus.StoredMessage.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.DecodeException;
import org.apache.qpid.protonj2.codec.Decoder;
import org.apache.qpid.protonj2.codec.DecoderState;
import org.apache.qpid.protonj2.codec.Encoder;
import org.apache.qpid.protonj2.codec.EncoderState;
import org.apache.qpid.protonj2.codec.TypeDecoder;
import org.apache.qpid.protonj2.codec.decoders.ProtonDecoderFactory;
import org.apache.qpid.protonj2.codec.decoders.primitives.MapTypeDecoder;
import org.apache.qpid.protonj2.codec.decoders.primitives.TimestampTypeDecoder;
import org.apache.qpid.protonj2.codec.encoders.ProtonEncoderFactory;
import org.apache.qpid.protonj2.types.Binary;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.DeliveryAnnotations;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.MessageAnnotations;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.jspecify.annotations.Nullable;

/** Messages to bytes and back. Not thread-safe: each broker has its own. */
final class MessageCodec {
  /** The message format of a batch: each data section of it is an encoded message. */
  private static final int BATCH = 0x80013700;

  private static final Map<State, Integer> STATE_CODES =
      Map.of(State.ACTIVE, 0, State.LOCKED, 0, State.DEFERRED, 1, State.SCHEDULED, 2);

  private final Decoder decoder = ProtonDecoderFactory.create();
  private final DecoderState decoderState = decoder.newDecoderState();
  private final Encoder encoder = ProtonEncoderFactory.create();
  private final EncoderState encoderState = encoder.newEncoderState();

  /**
   * The message of a transfer, or the messages if it is a batch.
   *
   * @throws DecodeException if these are not messages
   */
  List<Message> decode(int messageFormat, ProtonBuffer transfer) {
    return messageFormat == BATCH
        ? decoding(transfer, this::readBatch)
        : List.of(decoding(transfer, this::readMessage));
  }

  /**
   * @throws DecodeException if it is no message
   */
  Message decode(ProtonBuffer encoded) {
    return decoding(encoded, this::readMessage);
  }

  /** Malformed input makes protonj2 throw whatever it runs into: here that is one exception. */
  private static <T> T decoding(ProtonBuffer from, Function<ProtonBuffer, T> read) {
    try {
      return read.apply(from);
    } catch (RuntimeException e) {
      throw new DecodeException("This is no message: " + e.getMessage(), e);
    }
  }

  private List<Message> readBatch(ProtonBuffer batch) {
    List<Message> messages = new ArrayList<>();
    while (batch.isReadable()) {
      if (decoder.readObject(batch, decoderState) instanceof Data data) {
        messages.add(readMessage(data.getBuffer()));
      }
    }
    return messages;
  }

  private Message readMessage(ProtonBuffer encoded) {
    Header header = new Header();
    Map<Symbol, Object> annotations = Map.of();
    Properties properties = new Properties();
    Map<String, Object> applicationProperties = Map.of();
    while (encoded.isReadable()) {
      Class<?> type = decoder.peekNextTypeDecoder(encoded, decoderState).getTypeClass();
      if (type == Header.class) {
        header = read(encoded, Header.class);
      } else if (type == DeliveryAnnotations.class) {
        read(encoded, DeliveryAnnotations.class); // are for this hop only
      } else if (type == MessageAnnotations.class) {
        annotations = readMap(encoded, Symbol.class);
      } else if (type == Properties.class) {
        properties = read(encoded, Properties.class);
      } else if (type == ApplicationProperties.class) {
        applicationProperties = readMap(encoded, String.class);
      } else {
        break;
      }
    }
    Binary body = new Binary(bytes(encoded));
    return new Message(header, annotations, properties, applicationProperties, body);
  }

  /** The message as its receiver gets it, with what the broker knows of it. */
  ProtonBuffer encode(StoredMessage stored) {
    Message message = stored.message;
    Map<Symbol, Object> annotations = new LinkedHashMap<>(message.annotations());
    annotations.put(Annotations.SEQUENCE_NUMBER, stored.sequenceNumber);
    annotations.put(Annotations.ENQUEUED_SEQUENCE_NUMBER, stored.enqueuedSequenceNumber);
    annotations.put(Annotations.ENQUEUED_TIME, Date.from(stored.enqueuedAt));
    annotations.put(
        Annotations.MESSAGE_STATE,
        STATE_CODES.get(stored.deferred ? State.DEFERRED : stored.state));
    if (stored.state == State.LOCKED) {
      annotations.put(Annotations.LOCKED_UNTIL, Date.from(stored.deadline));
    }
    // The SDK expects a header in every message, and a delivery count in it.
    Header header = message.header().copy().setDurable(true);
    header.setDeliveryCount((long) stored.deliveryCount);
    ProtonBuffer encoded = allocate(512 + message.body().getLength());
    write(encoded, header);
    write(encoded, new MessageAnnotations(annotations));
    if (!message.properties().isEmpty()) {
      write(encoded, message.properties());
    }
    if (!message.applicationProperties().isEmpty()) {
      write(encoded, new ApplicationProperties(message.applicationProperties()));
    }
    return encoded.writeBytes(message.body().asByteArray());
  }

  /**
   * The value that is a message's body; null if the body is another one or none.
   *
   * @throws DecodeException if it is no section
   */
  @Nullable Object value(Message message) {
    if (message.body().getLength() == 0) {
      return null;
    }
    Object section =
        decoding(
            message.body().asProtonBuffer().copy(), body -> decoder.readObject(body, decoderState));
    return section instanceof AmqpValue<?> value ? value.getValue() : null;
  }

  ProtonBuffer encodeReply(
      Object correlationId, Map<String, Object> applicationProperties, Object value) {
    ProtonBuffer encoded = allocate(512);
    write(encoded, new Properties().setCorrelationId(correlationId));
    write(encoded, new ApplicationProperties(applicationProperties));
    if (value instanceof Expirations expirations) {
      writeExpirations(encoded, expirations.instants());
    } else {
      write(encoded, new AmqpValue<>(value));
    }
    return encoded;
  }

  /** The answer to a renewal of locks. */
  record Expirations(List<Instant> instants) {}

  /**
   * Writes {"expirations": timestamp[]} byte by byte: protonj2 1.1.0 gives an array of dates the
   * constructor of long (0x81), and the SDK insists on that of timestamp (0x83).
   */
  private static void writeExpirations(ProtonBuffer to, List<Instant> instants) {
    byte[] key = "expirations".getBytes(StandardCharsets.US_ASCII);
    int array = 4 + 1 + 8 * instants.size(); // count, constructor, elements
    to.writeByte((byte) 0x00).writeByte((byte) 0x53).writeByte((byte) 0x77); // amqp-value
    to.writeByte((byte) 0xd1).writeInt(4 + 2 + key.length + 1 + 4 + array).writeInt(2); // map32
    to.writeByte((byte) 0xa1).writeByte((byte) key.length).writeBytes(key); // str8
    to.writeByte((byte) 0xf0).writeInt(array).writeInt(instants.size()); // array32
    to.writeByte((byte) 0x83);
    instants.forEach(instant -> to.writeLong(instant.toEpochMilli()));
  }

  static byte[] bytes(ProtonBuffer buffer) {
    byte[] bytes = new byte[buffer.getReadableBytes()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  private static ProtonBuffer allocate(int size) {
    return ProtonBufferAllocator.defaultAllocator().allocate(size);
  }

  private <T> T read(ProtonBuffer from, Class<T> section) {
    return section.cast(decoder.readObject(from, decoderState));
  }

  /**
   * Reads a section that is a map entry by entry: protonj2 reads a timestamp as a number, which
   * would go out again as one.
   */
  private <K> Map<K, Object> readMap(ProtonBuffer from, Class<K> keys) {
    decoder.readNextTypeDecoder(from, decoderState); // what section it is
    if (!(decoder.readNextTypeDecoder(from, decoderState) instanceof MapTypeDecoder map)) {
      return Map.of();
    }
    map.readSize(from, decoderState);
    int items = map.readCount(from, decoderState);
    Map<K, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < items; i += 2) {
      K key = keys.cast(decoder.readObject(from, decoderState));
      TypeDecoder<?> type = decoder.readNextTypeDecoder(from, decoderState);
      Object value = type.readValue(from, decoderState);
      entries.put(
          key,
          type instanceof TimestampTypeDecoder
              ? Date.from(Instant.ofEpochMilli((Long) value))
              : value);
    }
    return entries;
  }

  private void write(ProtonBuffer to, Object section) {
    encoder.writeObject(to, encoderState, section);
  }
}
