package dev.drawbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Delivery;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Hold;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Operations and grants as JSON documents. What is read is parsed and checked like a request: a row
 * may have been written by someone else.
 */
final class Documents {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Documents() {}

  static String write(Operation operation) {
    ObjectNode document = JSON.createObjectNode().put("version", VERSION);
    document.put("id", operation.id().toString());
    document.set("request", JSON.valueToTree(operation.request().toFields()));
    document.put("acceptedAt", operation.acceptedAt().toString());
    document.put("expiresAt", operation.expiresAt().toString());
    document
        .putObject("delivery")
        .put("attempt", operation.delivery().attempt())
        .put("dueAt", operation.delivery().dueAt().toString())
        .put("sent", operation.delivery().sent());
    document.put("phase", operation.phase().name());
    ArrayNode baseline = document.putArray("baseline");
    new TreeSet<>(operation.baseline()).forEach(baseline::add);
    operation.access().ifPresent(access -> document.set("access", tree(access)));
    operation.connection().ifPresent(name -> document.put("connection", name));
    document.put("seen", operation.seen());
    operation
        .ending()
        .ifPresent(
            ending ->
                document
                    .putObject("ending")
                    .put("status", ending.status().name())
                    .put("code", ending.code())
                    .put("message", ending.message())
                    .put("since", ending.since().toString()));
    operation.endedAt().ifPresent(at -> document.put("endedAt", at.toString()));
    ArrayNode events = document.putArray("events");
    for (Event event : operation.events()) {
      ObjectNode node =
          events
              .addObject()
              .put("at", event.at().toString())
              .put("what", event.what())
              .put("detail", event.detail());
      event.correlationId().ifPresent(id -> node.put("correlationId", id));
    }
    return document.toString();
  }

  /**
   * @throws IllegalArgumentException if the text is not an operation that we could have written
   */
  static Operation readOperation(String text) {
    JsonNode document = read(text);
    JsonNode delivery = member(document, "delivery");
    Set<String> baseline = new TreeSet<>();
    document.path("baseline").forEach(name -> baseline.add(name.asText()));
    List<Event> events = new ArrayList<>();
    document.path("events").forEach(event -> events.add(event(event)));
    return new Operation(
        OperationId.parse(string(document, "id")),
        request(member(document, "request")),
        instant(document, "acceptedAt"),
        instant(document, "expiresAt"),
        new Delivery(
            member(delivery, "attempt").asInt(),
            instant(delivery, "dueAt"),
            member(delivery, "sent").asBoolean()),
        Phase.valueOf(string(document, "phase")),
        baseline,
        optional(document, "access").map(Documents::access),
        optional(document, "connection").map(JsonNode::asText),
        string(document, "seen"),
        optional(document, "ending").map(Documents::ending),
        optional(document, "endedAt").map(at -> Instant.parse(at.asText())),
        events);
  }

  static String write(Grant grant) {
    ObjectNode document = JSON.createObjectNode().put("version", VERSION);
    document.set("access", tree(grant.access()));
    ObjectNode holds = document.putObject("holds");
    new TreeMap<>(grant.holds())
        .forEach(
            (operation, hold) ->
                holds
                    .putObject(operation.toString())
                    .put("expiresAt", hold.expiresAt().toString())
                    .put("progress", hold.progress().name())
                    .put("released", hold.released()));
    grant.revokingSince().ifPresent(at -> document.put("revokingSince", at.toString()));
    grant.goneAt().ifPresent(at -> document.put("goneAt", at.toString()));
    return document.toString();
  }

  /**
   * @throws IllegalArgumentException if the text is not a grant that we could have written
   */
  static Grant readGrant(String text) {
    JsonNode document = read(text);
    Map<OperationId, Hold> holds = new TreeMap<>();
    member(document, "holds")
        .properties()
        .forEach(
            hold ->
                holds.put(
                    OperationId.parse(hold.getKey()),
                    new Hold(
                        instant(hold.getValue(), "expiresAt"),
                        Hold.Progress.valueOf(string(hold.getValue(), "progress")),
                        member(hold.getValue(), "released").asBoolean())));
    return new Grant(
        access(member(document, "access")),
        holds,
        optional(document, "revokingSince").map(at -> Instant.parse(at.asText())),
        optional(document, "goneAt").map(at -> Instant.parse(at.asText())));
  }

  private static JsonNode read(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    if (document == null || document.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException("not a document of version " + VERSION);
    }
    return document;
  }

  private static ConnectionRequest request(JsonNode fields) {
    Map<String, Object> decoded = JSON.convertValue(fields, new TypeReference<>() {});
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(decoded, Limits.NONE);
    if (parsed instanceof Parsed.Valid<ConnectionRequest> valid) {
      return valid.value();
    }
    throw new IllegalArgumentException("its request is not valid: " + parsed);
  }

  private static Event event(JsonNode node) {
    return new Event(
        instant(node, "at"),
        string(node, "what"),
        string(node, "detail"),
        optional(node, "correlationId").map(JsonNode::asText));
  }

  private static Ending ending(JsonNode node) {
    return new Ending(
        Status.valueOf(string(node, "status")),
        string(node, "code"),
        string(node, "message"),
        instant(node, "since"));
  }

  private static ObjectNode tree(Access access) {
    return JSON.createObjectNode()
        .put("scope", access.scope())
        .put("roleName", access.roleName())
        .put("roleId", access.roleId().toString())
        .put("principalId", access.principalId().toString());
  }

  private static Access access(JsonNode node) {
    return new Access(
        string(node, "scope"),
        string(node, "roleName"),
        Guids.parse(string(node, "roleId")),
        Guids.parse(string(node, "principalId")));
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(string(node, name));
  }

  private static String string(JsonNode node, String name) {
    return member(node, name).asText();
  }

  private static JsonNode member(JsonNode node, String name) {
    return optional(node, name).orElseThrow(() -> new IllegalArgumentException("has no " + name));
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    JsonNode member = node.get(name);
    return member == null || member.isNull() ? Optional.empty() : Optional.of(member);
  }
}
