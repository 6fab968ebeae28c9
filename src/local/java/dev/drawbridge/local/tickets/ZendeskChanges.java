package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an update of a ticket may say. Like Zendesk, it ignores what it does not know. */
final class ZendeskChanges {
  private static final Set<String> STATUSES =
      Set.of("new", "open", "pending", "hold", "solved", "closed");
  private static final int LONGEST_COMMENT = 65_535;

  /** A comment to be made. Without {@code public} it is public. */
  record Said(boolean isPublic, String text) {}

  private ZendeskChanges() {}

  static void check(ObjectNode changes) throws Refusal {
    JsonNode status = changes.path("status");
    if (!status.isMissingNode() && !STATUSES.contains(status.asText())) {
      throw new Refusal(ZendeskApi.invalidRecord("status", "Status: is not valid"));
    }
    for (String list : List.of("tags", "custom_fields")) {
      if (changes.has(list) && !changes.path(list).isArray()) {
        throw new Refusal(
            ZendeskApi.invalidAttribute(
                "You passed an invalid value for the %s attribute".formatted(list)));
      }
    }
  }

  static Optional<Said> comment(ObjectNode changes) throws Refusal {
    JsonNode comment = changes.path("comment");
    if (comment.isMissingNode() || comment.isNull()) {
      return Optional.empty();
    }
    String text = comment.isTextual() ? comment.textValue() : comment.path("body").asText();
    if (text.isBlank()) {
      throw new Refusal(ZendeskApi.invalidRecord("comment", "Comment: cannot be blank"));
    }
    if (text.length() > LONGEST_COMMENT) {
      throw new Refusal(
          ZendeskApi.invalidRecord(
              "comment",
              "Comment: is too long (maximum is %d characters)".formatted(LONGEST_COMMENT)));
    }
    return Optional.of(new Said(comment.path("public").asBoolean(true), text.strip()));
  }

  static void apply(ObjectNode changes, ZendeskTicket ticket) {
    if (changes.has("status")) {
      ticket.setStatus(changes.path("status").asText());
    }
    if (changes.has("tags")) {
      List<String> tags = new ArrayList<>();
      changes.path("tags").forEach(tag -> tags.add(tag.asText()));
      ticket.setTags(tags);
    }
    for (JsonNode field : changes.path("custom_fields")) {
      ZendeskTicket.fieldOf(field.path("id").asLong())
          .ifPresent(name -> ticket.set(name, field.path("value").asText()));
    }
  }
}
