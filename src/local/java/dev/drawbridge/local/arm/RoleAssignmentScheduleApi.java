package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.arm.RoleAssignmentSchedules.Request;
import dev.drawbridge.local.arm.RoleAssignmentSchedules.Schedule;
import dev.drawbridge.local.arm.RoleAssignmentSchedules.Subject;
import dev.drawbridge.local.http.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Microsoft.Authorization/roleAssignmentSchedules and their requests, at any scope. */
final class RoleAssignmentScheduleApi implements ArmApi {
  private static final String REQUESTS = "Microsoft.Authorization/roleAssignmentScheduleRequests";
  private static final String SCHEDULES = "Microsoft.Authorization/roleAssignmentSchedules";

  private final String type;
  private final Function<ArmCall, Response> handler;

  private RoleAssignmentScheduleApi(String type, Function<ArmCall, Response> handler) {
    this.type = type;
    this.handler = handler;
  }

  static List<ArmApi> all() {
    return List.of(
        new RoleAssignmentScheduleApi(REQUESTS, RoleAssignmentScheduleApi::handleRequest),
        new RoleAssignmentScheduleApi(SCHEDULES, RoleAssignmentScheduleApi::listSchedules));
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<String> apiVersions() {
    return List.of("2020-10-01");
  }

  @Override
  public Response handle(ArmCall call) {
    return handler.apply(call);
  }

  private static Response handleRequest(ArmCall call) {
    boolean collection = call.target().isCollection();
    return switch (call.method()) {
      case "GET" -> collection ? listRequests(call) : get(call);
      case "PUT" -> {
        if (collection) {
          throw call.methodNotAllowed();
        }
        yield put(call);
      }
      default -> throw call.methodNotAllowed();
    };
  }

  private static RoleAssignmentSchedules schedules(ArmCall call) {
    return call.world().assignments().schedules();
  }

  private static Response get(ArmCall call) {
    call.require(REQUESTS + "/read");
    RoleAssignmentApi.requireScope(call);
    String name = call.guid("role assignment schedule request", "InvalidRequestId");
    return schedules(call)
        .request(name)
        .filter(request -> request.subject().scope().equals(call.target().parent()))
        .map(request -> Response.json(200, json(request)))
        .orElseThrow(
            () ->
                new ArmException(
                    404,
                    "RoleAssignmentRequestNotFound",
                    "The role assignment request '%s' is not found.".formatted(name)));
  }

  private static Response put(ArmCall call) {
    call.require(REQUESTS + "/write");
    RoleAssignmentApi.requireScope(call);
    World world = call.world();
    Request request = read(call);
    if (request.type().equals("AdminRemove")) {
      world.resources().requireDeletable(call.target());
    }
    schedules(call)
        .submit(request, world.delay(Replication.ACCESS), world.delay(Replication.LISTS));
    return Response.json(201, json(request));
  }

  private static Request read(ArmCall call) {
    JsonNode properties = call.body().path("properties");
    ResourceId scope = call.target().parent();
    RoleDefinition role =
        RoleAssignmentApi.role(call, Json.text(properties, "roleDefinitionId").orElse(""), scope);
    Principal principal = principal(call, Json.text(properties, "principalId").orElse(""));
    return new Request(
        call.guid("role assignment schedule request", "InvalidRequestId"),
        new Subject(scope, role.name(), principal.objectId(), principal.spec().type()),
        Json.text(properties, "requestType").orElse(""),
        Json.text(properties, "justification").orElse(null),
        end(properties.path("scheduleInfo").path("expiration")),
        call.world().now(),
        call.caller().objectId());
  }

  private static Principal principal(ArmCall call, String objectId) {
    return call.world()
        .directory()
        .principal(objectId)
        .filter(found -> !found.replicatedAt().isAfter(call.world().now()))
        .orElseThrow(() -> new ArmException(400, "SubjectNotFound", "The subject is not found."));
  }

  /** Of the three ways to say it, the one that names the time. */
  private static @Nullable Instant end(JsonNode expiration) {
    boolean named = expiration.path("type").asText().equals("AfterDateTime");
    try {
      return named
          ? OffsetDateTime.parse(expiration.path("endDateTime").asText()).toInstant()
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Response listRequests(ArmCall call) {
    call.require(REQUESTS + "/read");
    return list(
        call, schedules(call).requests(), Request::subject, RoleAssignmentScheduleApi::json);
  }

  /** With the plain role assignments, which have no end and no request. */
  private static Response listSchedules(ArmCall call) {
    if (!call.target().isCollection() || !call.method().equals("GET")) {
      throw call.methodNotAllowed();
    }
    call.require(SCHEDULES + "/read");
    World world = call.world();
    List<Schedule> timed = schedules(call).listed(world.delay(Replication.LISTS));
    List<ObjectNode> shown = new ArrayList<>();
    List<Subject> subjects = new ArrayList<>();
    for (Schedule schedule : timed) {
      subjects.add(schedule.subject());
      if (isShown(call, schedule.subject())) {
        shown.add(json(schedule));
      }
    }
    for (RoleAssignment plain : world.assignments().listed(world.now())) {
      Subject subject =
          new Subject(plain.scope(), plain.roleName(), plain.principalId(), plain.principalType());
      if (!subjects.contains(subject) && isShown(call, subject)) {
        ObjectNode json = item(SCHEDULES, plain.name(), subject);
        json.withObject("properties").put("status", "Provisioned").put("memberType", "Direct");
        shown.add(json);
      }
    }
    return Page.of(shown, call);
  }

  private static <T> Response list(
      ArmCall call, List<T> items, Function<T, Subject> subject, Function<T, ObjectNode> json) {
    return Page.of(
        items.stream().filter(item -> isShown(call, subject.apply(item))).map(json).toList(), call);
  }

  private static boolean isShown(ArmCall call, Subject subject) {
    RoleAssignmentApi.requireScope(call);
    ResourceId scope = call.target().parent();
    Filter filter = call.filter().allowing("principalId");
    Optional<String> principal = filter.value("principalId");
    return (scope.isAtOrBelow(subject.scope()) || subject.scope().isAtOrBelow(scope))
        && (principal.isEmpty() || principal.get().equalsIgnoreCase(subject.principalId()));
  }

  private static ObjectNode json(Request request) {
    ObjectNode json = item(REQUESTS, request.name(), request.subject());
    ObjectNode properties =
        json.withObject("properties")
            .put("requestType", request.type())
            .put("status", request.status())
            .put("justification", request.justification())
            .put("createdOn", request.createdOn().toString())
            .put("requestorId", request.requestor());
    Instant end = request.end();
    if (end != null) {
      properties
          .withObject("scheduleInfo")
          .withObject("expiration")
          .put("type", "AfterDateTime")
          .put("endDateTime", end.toString());
    }
    return json;
  }

  private static ObjectNode json(Schedule schedule) {
    ObjectNode json = item(SCHEDULES, schedule.name(), schedule.subject());
    json.withObject("properties")
        .put("status", "Provisioned")
        .put("memberType", "Direct")
        .put("assignmentType", "Assigned")
        .put(
            "roleAssignmentScheduleRequestId",
            id(REQUESTS, schedule.request(), schedule.subject().scope()))
        .put("startDateTime", schedule.start().toString())
        .put("endDateTime", schedule.end().toString());
    return json;
  }

  private static ObjectNode item(String type, String name, Subject subject) {
    ObjectNode json = Json.object();
    json.put("id", id(type, name, subject.scope())).put("type", type).put("name", name);
    json.putObject("properties")
        .put("scope", subject.scope().toString())
        .put("roleDefinitionId", RoleDefinitionApi.id(subject.roleName(), subject.scope()))
        .put("principalId", subject.principalId())
        .put("principalType", subject.principalType().inAssignments());
    return json;
  }

  private static String id(String type, String name, ResourceId scope) {
    return scope.child("providers/" + type + "/" + name).toString();
  }
}
