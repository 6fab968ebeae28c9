package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What the person at the laptop can turn, under {@code /_local/}: clock, faults, replication
 * delays, the log of calls, and who holds what. No token is asked for.
 */
final class Knobs {
  private static final String PREFIX = "/_local/";

  /** What is wrong with the input. */
  private static final class BadInput extends RuntimeException {
    BadInput(String message) {
      super(message, null, false, false);
    }
  }

  private final LocalClock clock;
  private final World world;
  private final CallLog calls;
  private final Map<String, Faults> faults;

  Knobs(LocalClock clock, World world, CallLog calls, Map<String, Faults> faults) {
    this.clock = clock;
    this.world = world;
    this.calls = calls;
    this.faults = faults;
  }

  static boolean isFor(Request request) {
    return request.path().startsWith(PREFIX);
  }

  Response handle(Request request) {
    String knob = request.method() + " " + request.path().substring(PREFIX.length());
    try {
      return switch (knob) {
        case "GET clock" -> now();
        case "POST clock" -> advance(body(request));
        case "GET faults" -> faults();
        case "POST faults" -> addFault(body(request));
        case "DELETE faults" -> clearFaults();
        case "GET replication-delay" -> delays();
        case "PUT replication-delay" -> setDelays(body(request));
        case "GET calls" -> calls();
        case "DELETE calls" -> clearCalls();
        case "GET access" -> access();
        default -> bad(404, "There is no knob for " + knob);
      };
    } catch (BadInput e) {
      return bad(400, String.valueOf(e.getMessage()));
    }
  }

  private static Response bad(int status, String message) {
    return Response.json(status, Map.of("error", message));
  }

  private static ObjectNode body(Request request) {
    return Json.parseObject(request.text())
        .orElseThrow(() -> new BadInput("The body is not a JSON object"));
  }

  private Response now() {
    return Response.json(200, Map.of("now", clock.instant().toString()));
  }

  private Response advance(ObjectNode body) {
    onlyMembers(body, "by");
    Duration by = duration(body, "by");
    clock.advance(by);
    return now();
  }

  private static Duration duration(JsonNode body, String member) {
    String text =
        Json.text(body, member)
            .orElseThrow(() -> new BadInput("'%s' is missing or not a text".formatted(member)));
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw new BadInput("'%s' is negative: %s".formatted(member, text));
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new BadInput("'%s' is not an ISO-8601 duration: %s".formatted(member, text));
    }
  }

  private static void onlyMembers(ObjectNode body, String... known) {
    List<String> unknown = new ArrayList<>();
    body.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(List.of(known));
    if (!unknown.isEmpty()) {
      throw new BadInput("Unknown: %s. Known: %s".formatted(unknown, List.of(known)));
    }
  }

  private Response faults() {
    ObjectNode all = Json.object();
    new TreeMap<>(faults)
        .forEach(
            (service, waiting) ->
                all.set(service, Json.array(waiting.waiting().stream().map(Knobs::json).toList())));
    return Response.json(200, all);
  }

  private static ObjectNode json(Fault fault) {
    return Json.object()
        .put("method", fault.method().pattern())
        .put("path", fault.path().pattern())
        .put("status", fault.status())
        .put("code", fault.code())
        .put("retryAfter", fault.retryAfter())
        .put("times", fault.times())
        .put("afterEffect", fault.afterEffect());
  }

  private Response addFault(ObjectNode body) {
    onlyMembers(
        body, "service", "method", "path", "status", "code", "retryAfter", "times", "afterEffect");
    Fault fault =
        new Fault(
            pattern(body, "method"),
            pattern(body, "path"),
            status(body),
            Json.text(body, "code").orElse("LocalFault"),
            retryAfter(body),
            times(body),
            body.path("afterEffect").asBoolean(false));
    String service = Json.text(body, "service").orElse("arm");
    Optional.ofNullable(faults.get(service))
        .orElseThrow(
            () -> new BadInput("There is no service '%s': %s".formatted(service, faults.keySet())))
        .add(fault);
    return faults();
  }

  private static Pattern pattern(ObjectNode body, String member) {
    String text = Json.text(body, member).orElse(".*");
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadInput("'%s' is not a regular expression: %s".formatted(member, text));
    }
  }

  private static int status(ObjectNode body) {
    int status = body.path("status").asInt(-1);
    if (status != 0 && (status < 400 || status > 599)) {
      throw new BadInput(
          "'status' is not an HTTP error (400 to 599), nor 0 to close the connection");
    }
    return status;
  }

  private static @Nullable String retryAfter(ObjectNode body) {
    JsonNode value = body.path("retryAfter");
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static int times(ObjectNode body) {
    int times = body.path("times").asInt(body.has("times") ? -1 : 1);
    if (times < 1) {
      throw new BadInput("'times' is not a number of at least 1");
    }
    return times;
  }

  private Response clearFaults() {
    faults.values().forEach(Faults::clear);
    return Response.empty(204);
  }

  private Response delays() {
    ObjectNode all = Json.object();
    for (Replication what : Replication.values()) {
      all.put(what.json(), world.delay(what).toString());
    }
    return Response.json(200, all);
  }

  /** Either {@code delay}, for everything, or single ones by name. */
  private Response setDelays(ObjectNode body) {
    Map<Replication, Duration> wanted = new TreeMap<>();
    List<String> known = new ArrayList<>(List.of("delay"));
    for (Replication what : Replication.values()) {
      known.add(what.json());
      if (body.has(what.json()) || body.has("delay")) {
        wanted.put(what, duration(body, body.has(what.json()) ? what.json() : "delay"));
      }
    }
    onlyMembers(body, known.toArray(String[]::new));
    if (wanted.isEmpty()) {
      throw new BadInput("Nothing to set. Known: " + known);
    }
    wanted.forEach(world::replicationDelay);
    return delays();
  }

  private Response calls() {
    return Response.json(200, Map.of("value", calls.calls().stream().map(Knobs::json).toList()));
  }

  private static ObjectNode json(Call call) {
    return Json.object()
        .put("at", call.at().toString())
        .put("service", call.service())
        .put("method", call.method())
        .put("path", call.path())
        .put("query", call.query())
        .put("apiVersion", call.apiVersion())
        .put("principal", call.principal())
        .put("status", call.status())
        .put("errorCode", call.errorCode());
  }

  private Response clearCalls() {
    calls.clear();
    return Response.empty(204);
  }

  private Response access() {
    synchronized (world) {
      return Response.json(
          200, Map.of("value", world.roleAssignments().stream().map(this::access).toList()));
    }
  }

  private ObjectNode access(RoleAssignment assignment) {
    return Json.object()
        .put(
            "principal",
            world
                .directory()
                .principal(assignment.principalId())
                .map(Principal::displayName)
                .orElse(assignment.principalId()))
        .put(
            "role",
            world
                .roles()
                .stored(assignment.roleName())
                .map(RoleDefinition::roleName)
                .orElse(assignment.roleName()))
        .put("scope", assignment.scope().toString())
        .put("from", assignment.createdOn().toString())
        .put("assignment", assignment.name())
        .put("description", assignment.description());
  }
}
