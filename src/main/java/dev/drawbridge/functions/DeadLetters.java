package dev.drawbridge.functions;

import dev.drawbridge.access.DeadLetter;
import java.util.Map;

/**
 * Reads dead letters as the host binds them. Of what the Service Bus extension offers, only the
 * application properties say why a message was given up, and a message may have no id.
 */
final class DeadLetters {
  private DeadLetters() {}

  static DeadLetter read(
      String queue,
      long sequenceNumber,
      String enqueuedAt,
      String body,
      Map<String, Object> properties) {
    return new DeadLetter(
        queue,
        sequenceNumber,
        enqueuedAt,
        body,
        text(properties, "DeadLetterReason"),
        text(properties, "DeadLetterErrorDescription"));
  }

  private static String text(Map<String, Object> properties, String name) {
    return properties.get(name) instanceof String text ? text : "";
  }
}
