package dev.drawbridge.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;

/** Parked messages as JSON documents, read as strictly as those of {@link Documents}. */
final class ParkedDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ParkedDocuments() {}

  static String write(Parked message) {
    ObjectNode document =
        JSON.createObjectNode()
            .put("version", Documents.VERSION)
            .put("id", message.id().toString())
            .put("queue", message.queue())
            .put("body", message.body())
            .put("reason", message.reason())
            .put("description", message.description())
            .put("at", message.at().toString());
    message
        .attempt()
        .ifPresent(
            attempt ->
                document
                    .putObject("attempt")
                    .put("operation", attempt.operation().toString())
                    .put("number", attempt.number()));
    message
        .replay()
        .ifPresent(
            replay ->
                document
                    .putObject("replay")
                    .put("operation", replay.operation().toString())
                    .put("at", replay.at().toString())
                    .put("by", replay.by())
                    .put("reason", replay.reason()));
    return document.toString();
  }

  /**
   * @throws IllegalArgumentException if the text is not a parked message that we could have written
   */
  static Parked read(String text) {
    JsonNode document = Documents.read(text);
    return new Parked(
        Guids.parse(Members.string(document, "id")),
        Members.string(document, "queue"),
        Members.string(document, "body"),
        Members.string(document, "reason"),
        Members.string(document, "description"),
        Members.instant(document, "at"),
        Members.optional(document, "attempt").map(ParkedDocuments::attempt),
        Members.optional(document, "replay").map(ParkedDocuments::replay));
  }

  private static Attempt attempt(JsonNode node) {
    return new Attempt(
        OperationId.parse(Members.string(node, "operation")), Members.count(node, "number"));
  }

  private static Parked.Replay replay(JsonNode node) {
    return new Parked.Replay(
        OperationId.parse(Members.string(node, "operation")),
        Members.instant(node, "at"),
        Members.string(node, "by"),
        Members.string(node, "reason"));
  }
}
