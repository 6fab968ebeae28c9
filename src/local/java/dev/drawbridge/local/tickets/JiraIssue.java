package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One issue of Jira, which is a request of Jira Service Management, too. Not thread-safe. */
final class JiraIssue {
  /** The form's custom fields; the first is {@code customfield_10101}, and so on. */
  private static final List<String> FIELDS =
      List.of(
          "type",
          "clusterId",
          "tenantId",
          "subscriptionId",
          "resourceGroup",
          "virtualHubName",
          "connectionName",
          "firewallIp",
          "vnetName");

  private static final int FIRST_FIELD = 10_101;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** One comment, in the format that Jira keeps. */
  record Remark(long id, Instant at, Person author, boolean isPublic, ObjectNode body) {
    Comment toComment() {
      return new Comment(at, author.displayName(), isPublic, Adf.plainText(body));
    }
  }

  private final long id;
  private final String key;
  private final String summary;
  private final Map<String, String> form = new HashMap<>();
  private final List<Remark> comments = new ArrayList<>();
  private String status = "Waiting for approval";
  private Optional<String> resolution = Optional.empty();

  JiraIssue(long id, String key, String summary, Map<String, String> form) {
    this.id = id;
    this.key = key;
    this.summary = summary;
    form.keySet().stream()
        .filter(field -> !FIELDS.contains(field))
        .findFirst()
        .ifPresent(
            field -> {
              throw new IllegalArgumentException(
                  "Jira's form has no %s, only %s".formatted(field, FIELDS));
            });
    this.form.putAll(form);
  }

  boolean isCalled(String idOrKey) {
    return key.equalsIgnoreCase(idOrKey) || Long.toString(id).equals(idOrKey);
  }

  String key() {
    return key;
  }

  String status() {
    return status;
  }

  List<Remark> comments() {
    return comments;
  }

  void add(Remark comment) {
    comments.add(comment);
  }

  void move(String toStatus, Optional<String> withResolution) {
    status = toStatus;
    resolution = withResolution;
  }

  String self(String host, int apiVersion) {
    return "%s/rest/api/%d/issue/%d".formatted(host, apiVersion, id);
  }

  /** With all its fields. */
  ObjectNode toJson(String host, int apiVersion) {
    ObjectNode issue = head(host, apiVersion);
    ObjectNode fields = issue.putObject("fields");
    fields.putObject("status").put("name", status);
    resolution.ifPresentOrElse(
        name -> fields.putObject("resolution").put("name", name),
        () -> fields.putNull("resolution"));
    fields.put("summary", summary);
    for (int i = 0; i < FIELDS.size(); i++) {
      String name = "customfield_" + (FIRST_FIELD + i);
      String value = form.get(FIELDS.get(i));
      if (i == 0 && value != null) {
        fields.putObject(name).put("value", value); // a select list, unlike the others
      } else {
        fields.put(name, value);
      }
    }
    return issue;
  }

  /** As it is in a comment's event: without custom fields. */
  ObjectNode toBriefJson(String host) {
    ObjectNode issue = head(host, 2);
    ObjectNode fields = issue.putObject("fields").put("summary", summary);
    fields.putObject("issuetype").put("name", "Service Request");
    fields.putObject("project").put("key", key.split("-", 2)[0]);
    fields.putNull("assignee");
    fields.putObject("priority").put("name", "Medium");
    fields.putObject("status").put("name", status);
    return issue;
  }

  static ObjectNode user(Person person) {
    return Json.object()
        .put("accountId", person.accountId())
        .put("displayName", person.displayName())
        .put("active", true)
        .put("accountType", "atlassian");
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  private ObjectNode head(String host, int apiVersion) {
    return Json.object()
        .put("id", Long.toString(id))
        .put("key", key)
        .put("self", self(host, apiVersion));
  }
}
