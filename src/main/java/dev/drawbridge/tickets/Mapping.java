package dev.drawbridge.tickets;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a source's events become requests.
 *
 * @param fields where each field of a request comes from, by JSON Pointer into the request
 * @param approved which events ask; without it all do that are not left out otherwise
 * @param closed which events end what their ticket asked for
 * @param ignored which events are left out before all else, such as those that we cause
 */
public record Mapping(
    Map<String, Origin> fields,
    Optional<Condition> approved,
    Optional<Condition> closed,
    List<Condition> ignored) {
  static final String TICKET_ID = "/ticket/id";
  static final String TICKET_SYSTEM = "/ticket/system";
  private static final ObjectMapper JSON = new ObjectMapper();

  public Mapping {
    fields = Map.copyOf(fields);
    ignored = List.copyOf(ignored);
  }

  /** Where a field's value comes from. */
  sealed interface Origin {
    record At(JsonPointer pointer) implements Origin {}

    record Constant(String value) implements Origin {}
  }

  Event read(JsonNode event) {
    if (ignored.stream().anyMatch(condition -> condition.holds(event))) {
      return new Event.Ignored("The settings leave such events out.");
    }
    if (closed.isPresent() && closed.get().holds(event)) {
      return closing(event);
    }
    if (approved.isPresent() && !approved.get().holds(event)) {
      return new Event.Ignored(
          "The ticket is not approved: %s has another value.".formatted(approved.get().pointer()));
    }
    return new Event.Asks(request(event));
  }

  private Event closing(JsonNode event) {
    try {
      return new Event.Closes(
          new Ticket(
              String.valueOf(value(TICKET_SYSTEM, event)),
              Optional.ofNullable(value(TICKET_ID, event)).map(String::valueOf).orElse("")));
    } catch (IllegalArgumentException e) {
      return new Event.Ignored("The ticket is closed, but the event names no ticket.");
    }
  }

  private Map<String, Object> request(JsonNode event) {
    Map<String, Object> request = new LinkedHashMap<>();
    for (String field : fields.keySet()) {
      Object value = value(field, event);
      if (value != null) {
        put(request, field.substring(1).split("/", -1), 0, value);
      }
    }
    return request;
  }

  @SuppressWarnings("unchecked") // the objects on the way are the ones that were put here
  private static void put(Map<String, Object> into, String[] path, int depth, Object value) {
    if (depth == path.length - 1) {
      into.put(path[depth], value);
      return;
    }
    Object inner = into.computeIfAbsent(path[depth], name -> new LinkedHashMap<String, Object>());
    put((Map<String, Object>) inner, path, depth + 1, value);
  }

  /** Nothing where the event has nothing, or an empty form field. */
  private @Nullable Object value(String field, JsonNode event) {
    Origin origin = fields.get(field);
    if (origin instanceof Origin.Constant constant) {
      return constant.value();
    }
    if (!(origin instanceof Origin.At at)) {
      return null;
    }
    JsonNode value = event.at(at.pointer());
    if (value.isContainerNode()) {
      return JSON.convertValue(value, Object.class);
    }
    String text = value.isMissingNode() || value.isNull() ? "" : value.asText().strip();
    return text.isEmpty() ? null : text;
  }

  /** Says of a violation where in the event the field came from, for who sent it. */
  public Violation explained(Violation violation) {
    Origin origin = fields.get(violation.pointer());
    String where =
        origin instanceof Origin.At at
            ? " (it is read from %s)".formatted(at.pointer())
            : origin == null ? " (the settings map nothing to it)" : " (the settings fix it)";
    return new Violation(violation.pointer(), violation.detail() + where);
  }
}
