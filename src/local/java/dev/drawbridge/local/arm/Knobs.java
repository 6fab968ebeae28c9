package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.arm.KnobInput.BadInput;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the person at the laptop can turn, under {@code /_local/}: clock, faults, replication
 * delays, the log of calls, and who holds what. No token is asked for.
 */
final class Knobs {
  private static final String PREFIX = "/_local/";
  private static final String ALL_DELAYS = "delay";

  private final LocalClock clock;
  private final World world;
  private final CallLog calls;
  private final FaultKnob faults;

  Knobs(LocalClock clock, World world, CallLog calls, Map<String, Faults> faults) {
    this.clock = clock;
    this.world = world;
    this.calls = calls;
    this.faults = new FaultKnob(faults);
  }

  static boolean isFor(Request request) {
    return request.path().startsWith(PREFIX);
  }

  Response handle(Request request) {
    String knob = request.method() + " " + request.path().substring(PREFIX.length());
    try {
      return switch (knob) {
        case "GET clock" -> now();
        case "POST clock" -> advance(KnobInput.of(request));
        case "GET faults" -> faults.list();
        case "POST faults" -> faults.add(KnobInput.of(request));
        case "DELETE faults" -> faults.clear();
        case "GET replication-delay" -> delays();
        case "PUT replication-delay" -> setDelays(KnobInput.of(request));
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

  private Response now() {
    return Response.json(200, Map.of("now", clock.instant().toString()));
  }

  private Response advance(KnobInput input) {
    clock.advance(input.onlyMembers(List.of("by")).duration("by"));
    return now();
  }

  private Response delays() {
    ObjectNode all = Json.object();
    for (Replication what : Replication.values()) {
      all.put(what.json(), world.delay(what).toString());
    }
    return Response.json(200, all);
  }

  /** Either {@code delay}, for everything, or single ones by name, or both. */
  private Response setDelays(KnobInput input) {
    Map<Replication, Duration> wanted = new TreeMap<>();
    List<String> known = new ArrayList<>(List.of(ALL_DELAYS));
    for (Replication what : Replication.values()) {
      known.add(what.json());
      if (input.has(what.json())) {
        wanted.put(what, input.duration(what.json()));
      } else if (input.has(ALL_DELAYS)) {
        wanted.put(what, input.duration(ALL_DELAYS));
      }
    }
    input.onlyMembers(known);
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
          200, Map.of("value", world.roleAssignments().stream().map(this::json).toList()));
    }
  }

  private ObjectNode json(RoleAssignment assignment) {
    String principal =
        world
            .directory()
            .principal(assignment.principalId())
            .map(Principal::displayName)
            .orElse(assignment.principalId());
    String role =
        world
            .roles()
            .stored(assignment.roleName())
            .map(RoleDefinition::roleName)
            .orElse(assignment.roleName());
    return Json.object()
        .put("principal", principal)
        .put("role", role)
        .put("scope", assignment.scope().toString())
        .put("from", assignment.createdOn().toString())
        .put("assignment", assignment.name())
        .put("description", assignment.description());
  }
}
