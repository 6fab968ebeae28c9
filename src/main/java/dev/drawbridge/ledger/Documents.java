package dev.drawbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Deletions;
import dev.drawbridge.access.Delivery;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Fact;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Hold;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.MatchCode;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Outbox;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Step;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.Trail;
import dev.drawbridge.access.Undecided;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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
  static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Documents() {}

  static String write(Operation operation) {
    ObjectNode document = JSON.createObjectNode().put("version", VERSION);
    document.put("id", operation.id().toString());
    document.set("request", JSON.valueToTree(operation.request().toFields()));
    document.put("acceptedAt", operation.acceptedAt().toString());
    document.put("expiresAt", operation.expiresAt().toString());
    document.put("matchCode", operation.matchCode().text());
    document
        .putObject("delivery")
        .put("attempt", operation.delivery().attempt())
        .put("dueAt", operation.delivery().dueAt().toString())
        .put("sent", operation.delivery().sent());
    document.put("phase", operation.phase().name());
    ArrayNode baseline = document.putArray("baseline");
    new TreeSet<>(operation.baseline()).forEach(baseline::add);
    ObjectNode facts = document.putObject("facts");
    new TreeMap<>(operation.facts()).forEach((fact, value) -> facts.put(fact.name(), value));
    operation.access().ifPresent(access -> document.set("access", tree(access)));
    operation.chosen().ifPresent(id -> document.put("chosen", id));
    ArrayNode undecided = document.putArray("undecided");
    for (Undecided one : operation.undecided()) {
      undecided
          .addObject()
          .put("connectionId", one.connectionId())
          .put("message", one.message())
          .put("since", one.since().toString());
    }
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
    for (Trail.Entry entry : operation.trail().entries()) {
      Event event = entry.event();
      ObjectNode node =
          events
              .addObject()
              .put("at", event.at().toString())
              .put("what", event.what())
              .put("detail", event.detail());
      event.correlationId().ifPresent(id -> node.put("correlationId", id));
      entry.chain().ifPresent(chain -> node.put("chain", chain));
    }
    document.put("head", operation.trail().head());
    document.set("outbox", tree(operation.outbox()));
    operation.trace().ifPresent(trace -> document.put("trace", trace.traceparent()));
    return document.toString();
  }

  /**
   * @throws IllegalArgumentException if the text is not an operation that we could have written
   */
  static Operation readOperation(String text) {
    JsonNode document = read(text);
    JsonNode delivery = Members.member(document, "delivery");
    Set<String> baseline = new TreeSet<>();
    Members.array(document, "baseline")
        .forEach(name -> baseline.add(Members.text(name, "baseline")));
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    Members.object(document, "facts")
        .properties()
        .forEach(
            fact ->
                facts.put(
                    Fact.valueOf(fact.getKey()), Members.text(fact.getValue(), fact.getKey())));
    List<Undecided> undecided = new ArrayList<>();
    Members.array(document, "undecided").forEach(one -> undecided.add(undecided(one)));
    return new Operation(
        OperationId.parse(Members.string(document, "id")),
        request(Members.object(document, "request")),
        Members.instant(document, "acceptedAt"),
        Members.instant(document, "expiresAt"),
        new MatchCode(Members.string(document, "matchCode")),
        new Delivery(
            Members.count(delivery, "attempt"),
            Members.instant(delivery, "dueAt"),
            Members.flag(delivery, "sent")),
        Phase.valueOf(Members.string(document, "phase")),
        baseline,
        facts,
        Members.optional(document, "access").map(Documents::access),
        optionalText(document, "connection"),
        optionalText(document, "chosen"),
        undecided,
        Members.string(document, "seen"),
        Members.optional(document, "ending").map(Documents::ending),
        Members.optionalInstant(document, "endedAt"),
        trail(document),
        Members.optional(document, "outbox").map(Documents::outbox).orElse(Outbox.NONE),
        trace(document));
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
    document
        .putObject("deletions")
        .put("open", grant.deletions().open())
        .put("refused", grant.deletions().refused())
        .put("cause", grant.deletions().cause())
        .put("foreign", grant.deletions().foreign());
    grant
        .deletions()
        .begunAt()
        .ifPresent(at -> document.withObject("/deletions").put("begunAt", at.toString()));
    grant.goneAt().ifPresent(at -> document.put("goneAt", at.toString()));
    return document.toString();
  }

  /**
   * @throws IllegalArgumentException if the text is not a grant that we could have written
   */
  static Grant readGrant(String text) {
    JsonNode document = read(text);
    Map<OperationId, Hold> holds = new TreeMap<>();
    Members.object(document, "holds")
        .properties()
        .forEach(
            hold ->
                holds.put(
                    OperationId.parse(hold.getKey()),
                    new Hold(
                        Members.instant(hold.getValue(), "expiresAt"),
                        Hold.Progress.valueOf(Members.string(hold.getValue(), "progress")),
                        Members.flag(hold.getValue(), "released"))));
    return new Grant(
        access(Members.member(document, "access")),
        holds,
        Members.optionalInstant(document, "revokingSince"),
        Members.optional(document, "deletions").map(Documents::deletions).orElse(Deletions.NONE),
        Members.optionalInstant(document, "goneAt"));
  }

  private static Deletions deletions(JsonNode node) {
    return new Deletions(
        Members.count(node, "open"),
        Members.optionalInstant(node, "begunAt"),
        Members.count(node, "refused"),
        Members.string(node, "cause"),
        Members.flag(node, "foreign"));
  }

  static JsonNode read(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    JsonNode version = document.path("version");
    if (!version.isInt() || version.intValue() != VERSION) {
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

  private static Undecided undecided(JsonNode node) {
    return new Undecided(
        Members.string(node, "connectionId"),
        Members.string(node, "message"),
        Members.instant(node, "since"));
  }

  /** Whether its hashes are right is not asked here: a broken trail's operation goes on. */
  private static Trail trail(JsonNode document) {
    List<Trail.Entry> entries = new ArrayList<>();
    for (JsonNode node : Members.array(document, "events")) {
      entries.add(new Trail.Entry(event(node), optionalText(node, "chain")));
    }
    return new Trail(entries, optionalText(document, "head").orElse(""));
  }

  /**
   * Nothing is decided by it, no more than by the hashes: a text that is no trace counts as none.
   */
  private static Optional<TraceContext> trace(JsonNode document) {
    return optionalText(document, "trace").flatMap(TraceContext::parse);
  }

  private static Optional<String> optionalText(JsonNode node, String name) {
    return Members.optional(node, name).map(text -> Members.text(text, name));
  }

  private static Event event(JsonNode node) {
    return new Event(
        Members.instant(node, "at"),
        Members.string(node, "what"),
        Members.string(node, "detail"),
        optionalText(node, "correlationId"));
  }

  private static Ending ending(JsonNode node) {
    return new Ending(
        Status.valueOf(Members.string(node, "status")),
        Members.string(node, "code"),
        Members.string(node, "message"),
        Members.instant(node, "since"));
  }

  private static ObjectNode tree(Outbox outbox) {
    ObjectNode tree = JSON.createObjectNode();
    ArrayNode addressees = tree.putArray("addressees");
    new TreeSet<>(outbox.addressees()).forEach(to -> addressees.add(to.name()));
    ArrayNode notices = tree.putArray("notices");
    for (Notice notice : outbox.notices()) {
      ObjectNode node =
          notices
              .addObject()
              .put("to", notice.to().name())
              .put("step", notice.step().name())
              .put("number", notice.number())
              .put("detail", notice.detail())
              .put("since", notice.since().toString())
              .put("attempts", notice.attempts())
              .put("dueAt", notice.dueAt().toString());
      notice.outcome().ifPresent(outcome -> node.put("outcome", outcome.name()));
    }
    return tree;
  }

  private static Outbox outbox(JsonNode node) {
    Set<Addressee> addressees = EnumSet.noneOf(Addressee.class);
    Members.array(node, "addressees")
        .forEach(to -> addressees.add(Addressee.valueOf(Members.text(to, "addressees"))));
    List<Notice> notices = new ArrayList<>();
    Members.array(node, "notices").forEach(notice -> notices.add(notice(notice)));
    return new Outbox(addressees, notices);
  }

  private static Notice notice(JsonNode node) {
    return new Notice(
        Addressee.valueOf(Members.string(node, "to")),
        Step.valueOf(Members.string(node, "step")),
        Members.count(node, "number"),
        Members.string(node, "detail"),
        Members.instant(node, "since"),
        Members.count(node, "attempts"),
        Members.instant(node, "dueAt"),
        Members.optional(node, "outcome")
            .map(outcome -> Notice.Outcome.valueOf(Members.text(outcome, "outcome"))));
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
        GrantScope.parse(Members.string(node, "scope")),
        Members.string(node, "roleName"),
        Guids.parse(Members.string(node, "roleId")),
        Guids.parse(Members.string(node, "principalId")));
  }
}
