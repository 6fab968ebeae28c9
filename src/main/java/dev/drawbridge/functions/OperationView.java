package dev.drawbridge.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Trail;
import dev.drawbridge.access.Undecided;
import java.util.Locale;
import java.util.TreeMap;

/** An operation as callers see it. */
final class OperationView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OperationView() {}

  /** What a listing shows. */
  static ObjectNode summary(Operation operation) {
    ObjectNode view =
        JSON.createObjectNode()
            .put("id", operation.id().toString())
            .put("kind", operation.request().kind().type())
            .put("status", operation.status().word())
            .put("phase", operation.phase().name().toLowerCase(Locale.ROOT));
    view.putObject("ticket")
        .put("system", operation.request().terms().ticket().system())
        .put("id", operation.request().terms().ticket().id());
    view.put("clusterId", operation.request().terms().clusterId())
        .put("target", operation.request().target().toString())
        .put("acceptedAt", operation.acceptedAt().toString())
        .put("expiresAt", operation.expiresAt().toString());
    operation.endedAt().ifPresent(at -> view.put("endedAt", at.toString()));
    operation
        .ending()
        .filter(ending -> ending.status() == Status.FAILED)
        .ifPresent(ending -> view.set("error", error(ending)));
    return view;
  }

  static ObjectNode full(Operation operation) {
    ObjectNode view = summary(operation);
    operation
        .ending()
        .filter(ending -> operation.endedAt().isEmpty())
        .ifPresent(
            ending ->
                view.putObject("ending")
                    .put("status", ending.status().word())
                    .put("code", ending.code())
                    .put("since", ending.since().toString()));
    if (!operation.seen().isEmpty()) {
      view.put("observed", operation.seen());
    }
    operation.access().ifPresent(access -> view.set("access", access(access)));
    operation.connection().ifPresent(connection -> view.set("result", result(operation)));
    if (!operation.undecided().isEmpty() && operation.awaitsConnection()) {
      ArrayNode undecided = view.putArray("needsDecision");
      for (Undecided one : operation.undecided()) {
        undecided
            .addObject()
            .put("connectionId", one.connectionId())
            .put("message", one.message())
            .put("since", one.since().toString());
      }
    }
    view.put("supportText", operation.supportText());
    operation.trace().ifPresent(trace -> view.put("traceId", trace.traceId()));
    view.put("trail", operation.trailState().word());
    ArrayNode events = view.putArray("events");
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
    if (!operation.outbox().notices().isEmpty()) {
      ArrayNode notices = view.putArray("notices");
      operation.outbox().notices().forEach(notice -> notices.add(notice(notice)));
    }
    return view;
  }

  private static ObjectNode notice(Notice notice) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("to", notice.to() == Addressee.TICKET ? "ticket" : "callback")
            .put("step", notice.step().word())
            .put("number", notice.number())
            .put("since", notice.since().toString())
            .put("attempts", notice.attempts());
    notice
        .outcome()
        .ifPresent(how -> node.put("outcome", how == Notice.Outcome.TOLD ? "told" : "givenUp"));
    return node;
  }

  /** What was connected, and by which names it is addressed from now on. */
  private static ObjectNode result(Operation operation) {
    ObjectNode result =
        JSON.createObjectNode().put("connection", operation.connection().orElse(""));
    new TreeMap<>(operation.facts()).forEach((fact, value) -> result.put(fact.word(), value));
    return result;
  }

  private static ObjectNode access(Access access) {
    return JSON.createObjectNode()
        .put("role", access.roleName())
        .put("scope", access.scope())
        .put("principalId", access.principalId().toString())
        .put(
            "assignmentId",
            "%s/providers/Microsoft.Authorization/roleAssignments/%s"
                .formatted(access.scope(), access.assignmentName()));
  }

  private static ObjectNode error(Ending ending) {
    return JSON.createObjectNode().put("code", ending.code()).put("message", ending.message());
  }
}
