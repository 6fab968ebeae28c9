package dev.drawbridge.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.OperationId;

/** The body of a message: which attempt at which operation. All else stands in the ledger. */
final class Messages {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Messages() {}

  static String write(Attempt attempt) {
    return JSON.createObjectNode()
        .put("version", VERSION)
        .put("operation", attempt.operation().toString())
        .put("attempt", attempt.number())
        .toString();
  }

  /**
   * @throws IllegalArgumentException if the text is no message of ours
   */
  static Attempt read(String text) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The message is not JSON", e);
    }
    boolean known =
        message.path("version").isInt()
            && message.path("version").intValue() == VERSION
            && message.path("operation").isTextual()
            && message.path("attempt").isInt()
            && message.path("attempt").intValue() >= 0;
    if (!known) {
      throw new IllegalArgumentException("The message is not one of version " + VERSION);
    }
    return new Attempt(
        OperationId.parse(message.get("operation").asText()), message.get("attempt").asInt());
  }
}
