package dev.drawbridge.local.functions;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Azure's Service Bus extension offers of a message for {@code @BindingName}. */
final class MessageMetadata {
  private static final String FOREVER = "9999-12-31T23:59:59.9999999Z";

  private MessageMetadata() {}

  /**
   * The metadata by name. What the message does not have is not there, so that binding it fails the
   * invocation, as in Azure. Text comes as text, all else as JSON: a time bound to a String has its
   * quotes.
   */
  static Map<String, BindingValue> of(ServiceBusReceivedMessage message) {
    Map<String, BindingValue> metadata = new LinkedHashMap<>();
    text(metadata, "MessageId", message.getMessageId());
    text(metadata, "CorrelationId", message.getCorrelationId());
    text(metadata, "ContentType", message.getContentType());
    text(metadata, "Subject", message.getSubject());
    text(metadata, "Label", message.getSubject());
    text(metadata, "To", message.getTo());
    text(metadata, "ReplyTo", message.getReplyTo());
    text(metadata, "ReplyToSessionId", message.getReplyToSessionId());
    text(metadata, "SessionId", message.getSessionId());
    text(metadata, "PartitionKey", message.getPartitionKey());
    text(metadata, "LockToken", message.getLockToken());
    text(metadata, "DeadLetterSource", message.getDeadLetterSource());
    metadata.put("DeliveryCount", BindingValue.json(deliveryCount(message)));
    metadata.put("SequenceNumber", BindingValue.json(message.getSequenceNumber()));
    times(metadata, "EnqueuedTime", message.getEnqueuedTime());
    times(metadata, "ExpiresAt", message.getExpiresAt());
    BindingValue properties = properties(message);
    metadata.put("ApplicationProperties", properties);
    metadata.put("UserProperties", properties);
    return metadata;
  }

  /** In Azure's host the first delivery is 1; the Java SDK passes the wire's 0 on. */
  private static long deliveryCount(ServiceBusReceivedMessage message) {
    return message.getDeliveryCount() + 1;
  }

  private static void text(
      Map<String, BindingValue> metadata, String name, @Nullable String value) {
    if (value != null) {
      metadata.put(name, new BindingValue.Text(value));
    }
  }

  private static void times(
      Map<String, BindingValue> metadata, String name, @Nullable OffsetDateTime time) {
    String utc = time == null ? FOREVER : time.toInstant().toString();
    metadata.put(name + "Utc", BindingValue.json(utc));
    metadata.put(name, BindingValue.json(utc.replace("Z", "+00:00")));
  }

  private static BindingValue properties(ServiceBusReceivedMessage message) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    message
        .getApplicationProperties()
        .forEach(
            (name, value) -> {
              if (value instanceof Number || value instanceof Boolean || value == null) {
                properties.put(name, value);
              } else if (value instanceof Date date) {
                properties.put(name, date.toInstant().toString());
              } else if (value instanceof OffsetDateTime time) {
                properties.put(name, time.withOffsetSameInstant(ZoneOffset.UTC).toString());
              } else {
                properties.put(name, value.toString());
              }
            });
    return BindingValue.json(properties);
  }
}
