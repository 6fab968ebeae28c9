package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One ticket of Zendesk. Not thread-safe. */
final class ZendeskTicket {
  /** The form's custom fields; the first has the id {@link #FIRST_FIELD}, and so on. */
  private static final List<String> FIELDS =
      List.of(
          "type",
          "clusterId",
          "clusterType",
          "tenantId",
          "subscriptionId",
          "resourceGroup",
          "vnetName",
          "expiresIn",
          Zendesk.APPROVAL);

  private static final long FIRST_FIELD = 360_000_000_101L;

  /** One comment. Zendesk's own word would hide ours. */
  record Remark(long id, Instant at, Person author, boolean isPublic, String text) {
    Comment toComment() {
      return new Comment(at, author.displayName(), isPublic, text);
    }

    /**
     * As in a list of comments. The text is Markdown, whose mark-up our texts don't use: all three
     * bodies are the same but for HTML's escapes.
     */
    ObjectNode toJson() {
      String html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      return Json.object()
          .put("id", id)
          .put("type", "Comment")
          .put("author_id", author.number())
          .put("body", text)
          .put(
              "html_body",
              "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">%s</p></div>"
                  .formatted(html.replace("\n", "<br>")))
          .put("plain_body", text)
          .put("public", isPublic)
          .put("audit_id", id + 1_000_000)
          .put("created_at", seconds(at));
    }
  }

  private final long id;
  private final Person requester;
  private final String subject;
  private final Instant createdAt;
  private final Map<String, String> form = new HashMap<>();
  private final List<Remark> comments = new ArrayList<>();
  private List<String> tags = List.of();
  private String status = "open";
  private Instant updatedAt;

  ZendeskTicket(long id, Person requester, String subject, Instant now) {
    this.id = id;
    this.requester = requester;
    this.subject = subject;
    createdAt = now;
    updatedAt = now;
  }

  long id() {
    return id;
  }

  String status() {
    return status;
  }

  List<Remark> comments() {
    return comments;
  }

  /** A field of the form; empty if it was not filled in. */
  String field(String name) {
    return form.getOrDefault(name, "");
  }

  void set(String field, String value) {
    if (!FIELDS.contains(field)) {
      throw new IllegalArgumentException(
          "Zendesk's form has no %s, only %s".formatted(field, FIELDS));
    }
    form.put(field, value);
  }

  void setStatus(String changed) {
    status = changed;
  }

  void setTags(List<String> changed) {
    tags = List.copyOf(changed);
  }

  void add(Remark comment) {
    comments.add(comment);
  }

  void touch(Instant now) {
    updatedAt = now;
  }

  /** The form's field that has an id, if one has. */
  static Optional<String> fieldOf(long fieldId) {
    long index = fieldId - FIRST_FIELD;
    return index >= 0 && index < FIELDS.size()
        ? Optional.of(FIELDS.get((int) index))
        : Optional.empty();
  }

  ObjectNode toJson(String host) {
    ObjectNode ticket =
        Json.object()
            .put("url", "%s/api/v2/tickets/%d.json".formatted(host, id))
            .put("id", id)
            .put("created_at", seconds(createdAt))
            .put("updated_at", seconds(updatedAt))
            .put("subject", subject)
            .put("description", subject)
            .put("status", status)
            .put("requester_id", requester.number());
    ArrayNode tagList = ticket.putArray("tags");
    tags.forEach(tagList::add);
    ArrayNode fields = ticket.putArray("custom_fields");
    for (int i = 0; i < FIELDS.size(); i++) {
      fields.addObject().put("id", FIRST_FIELD + i).put("value", form.get(FIELDS.get(i)));
    }
    return ticket;
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
