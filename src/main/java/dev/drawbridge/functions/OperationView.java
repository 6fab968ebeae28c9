package dev.drawbridge.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Status;
import java.util.Locale;

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
    operation
        .connection()
        .ifPresent(connection -> view.putObject("result").put("connection", connection));
    view.put("supportText", operation.request().supportText());
    ArrayNode events = view.putArray("events");
    for (Event event : operation.events()) {
      ObjectNode node =
          events
              .addObject()
              .put("at", event.at().toString())
              .put("what", event.what())
              .put("detail", event.detail());
      event.correlationId().ifPresent(id -> node.put("correlationId", id));
    }
    return view;
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
