package dev.drawbridge.local.servicebus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is in the dead-letter queue, if it was told.
 *
 * @param reason a short code
 * @param description a sentence
 */
record DeadLetter(@Nullable String reason, @Nullable String description) {
  private static final String REASON = "DeadLetterReason";
  private static final String DESCRIPTION = "DeadLetterErrorDescription";

  static DeadLetter expired() {
    return new DeadLetter("TTLExpiredException", "The message expired and was dead lettered.");
  }

  static DeadLetter tooManyDeliveries(int count) {
    return new DeadLetter(
        "MaxDeliveryCountExceeded",
        "Message could not be consumed after " + count + " delivery attempts.");
  }

  /** As a message carries it. */
  Map<String, Object> applicationProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (reason != null) {
      properties.put(REASON, reason);
    }
    if (description != null) {
      properties.put(DESCRIPTION, description);
    }
    return properties;
  }
}
