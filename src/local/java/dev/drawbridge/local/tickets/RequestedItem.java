package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** One requested item of ServiceNow (table {@code sc_req_item}). Not thread-safe. */
final class RequestedItem {
  static final String TABLE = "sc_req_item";

  /** The catalog item's variables, by the names that Drawbridge has for them. */
  private static final Map<String, String> VARIABLES =
      Map.of("clusterId", "cluster_id", "resourceId", "resource_id", "groupId", "group_id");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What was written into a journal field.
   *
   * @param element {@code comments}, which the requester sees, or {@code work_notes}
   */
  record Entry(String sysId, Instant at, Person author, String element, String text) {
    Comment toComment() {
      return new Comment(at, author.displayName(), element.equals("comments"), text);
    }
  }

  private final String sysId;
  private final String number;
  private final String summary;
  private final Map<String, String> variables = new HashMap<>();
  private final List<Entry> journal = new ArrayList<>();
  private final Instant createdAt;
  private Instant updatedAt;
  private Person updatedBy;
  private String approval = "requested";
  private String state = "1";

  RequestedItem(
      String number, Person requester, String summary, Map<String, String> form, Instant now) {
    this.number = number;
    this.summary = summary;
    sysId = id(number);
    createdAt = now;
    updatedAt = now;
    updatedBy = requester;
    form.forEach(
        (field, value) -> {
          String variable = VARIABLES.get(field);
          if (variable == null) {
            throw new IllegalArgumentException(
                "ServiceNow's form has no %s, only %s".formatted(field, VARIABLES.keySet()));
          }
          variables.put(variable, value);
        });
  }

  /** A sys_id: 32 hexadecimal digits. */
  static String id(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
  }

  String sysId() {
    return sysId;
  }

  String number() {
    return number;
  }

  String state() {
    return state;
  }

  List<Entry> journal() {
    return journal;
  }

  void add(Entry entry) {
    journal.add(entry);
  }

  void setApproval(String changed) {
    approval = changed;
  }

  void setState(String changed) {
    state = changed;
  }

  void touch(Instant now, Person by) {
    updatedAt = now;
    updatedBy = by;
  }

  /**
   * As a row of its table.
   *
   * @param showsJournal whether journal fields have their text, which they do as display values
   *     only
   */
  ObjectNode toRow(boolean showsJournal) {
    return Json.object()
        .put("sys_id", sysId)
        .put("sys_class_name", TABLE)
        .put("number", number)
        .put("short_description", summary)
        .put("approval", approval)
        .put("state", state)
        .put("active", state.equals("1") || state.equals("2") ? "true" : "false")
        .put("sys_created_on", TIME.format(createdAt))
        .put("sys_updated_on", TIME.format(updatedAt))
        .put("sys_updated_by", updatedBy.user())
        .put("comments", showsJournal ? shown("comments", "Additional comments") : "")
        .put("work_notes", showsJournal ? shown("work_notes", "Work notes") : "");
  }

  /** The body of the business rule's message, as examples/webhooks/servicenow.json has it. */
  ObjectNode toEvent() {
    ObjectNode event =
        Json.object()
            .put("sys_id", sysId)
            .put("sys_class_name", TABLE)
            .put("number", number)
            .put("approval", approval)
            .put("state", state)
            .put("sys_updated_by", updatedBy.user());
    ObjectNode values = event.putObject("variables");
    for (String variable : List.of("cluster_id", "resource_id", "group_id")) {
      values.put(variable, variables.getOrDefault(variable, ""));
    }
    return event;
  }

  /** Its entries as rows of {@code sys_journal_field}. */
  List<ObjectNode> toJournalRows() {
    return journal.stream()
        .map(
            entry ->
                Json.object()
                    .put("sys_id", entry.sysId())
                    .put("name", TABLE)
                    .put("element", entry.element())
                    .put("element_id", sysId)
                    .put("value", entry.text())
                    .put("sys_created_on", TIME.format(entry.at()))
                    .put("sys_created_by", entry.author().user()))
        .toList();
  }

  private String shown(String element, String label) {
    StringBuilder text = new StringBuilder();
    for (int i = journal.size() - 1; i >= 0; i--) {
      Entry entry = journal.get(i);
      if (entry.element().equals(element)) {
        text.append(
            "%s - %s (%s)\n%s\n\n"
                .formatted(
                    TIME.format(entry.at()), entry.author().displayName(), label, entry.text()));
      }
    }
    return text.toString();
  }
}
