package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Microsoft.Authorization/roleAssignments, at any scope. */
final class RoleAssignmentApi implements ArmApi {
  static final String TYPE = "Microsoft.Authorization/roleAssignments";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<String> apiVersions() {
    return List.of("2022-04-01");
  }

  @Override
  public Response handle(ArmCall call) {
    if (call.target().isCollection()) {
      if (!call.method().equals("GET")) {
        throw call.methodNotAllowed();
      }
      return list(call);
    }
    return switch (call.method()) {
      case "GET" -> get(call);
      case "PUT" -> put(call);
      case "DELETE" -> delete(call);
      default -> throw call.methodNotAllowed();
    };
  }

  private static Response get(ArmCall call) {
    call.require(TYPE + "/read");
    requireScope(call);
    RoleAssignment found =
        find(call)
            .orElseThrow(
                () ->
                    new ArmException(
                        404,
                        "RoleAssignmentNotFound",
                        "The role assignment '%s' is not found.".formatted(call.target().name())));
    return Response.json(200, json(found));
  }

  private static Optional<RoleAssignment> find(ArmCall call) {
    return call.world()
        .assignments()
        .find(call.target().name())
        .filter(assignment -> assignment.scope().equals(call.target().parent()));
  }

  /**
   * Without a filter a list shows what is at, above and below its scope; {@code atScope()} leaves
   * out what is below.
   */
  private static Response list(ArmCall call) {
    call.require(TYPE + "/read");
    requireScope(call);
    ResourceId scope = call.target().parent();
    Filter filter = call.filter().allowing("atScope", "principalId", "assignedTo");
    boolean below = !filter.has("atScope");
    Optional<String> principal = filter.value("principalId").or(() -> filter.value("assignedTo"));
    return Page.of(
        call.world().assignments().listed(call.world().now()).stream()
            .filter(
                assignment ->
                    scope.isAtOrBelow(assignment.scope())
                        || (below && assignment.scope().isAtOrBelow(scope)))
            .filter(
                assignment ->
                    principal.isEmpty()
                        || principal.get().equalsIgnoreCase(assignment.principalId()))
            .map(RoleAssignmentApi::json)
            .toList(),
        call);
  }

  private static Response put(ArmCall call) {
    call.require(TYPE + "/write");
    requireScope(call);
    World world = call.world();
    RoleAssignment wanted = read(call);
    boolean isNew =
        world
            .assignments()
            .put(
                wanted,
                world.now(),
                world.delay(Replication.ACCESS),
                world.delay(Replication.LISTS));
    return Response.json(isNew ? 201 : 200, json(wanted));
  }

  private static RoleAssignment read(ArmCall call) {
    String name = call.guid("role assignment", "InvalidRoleAssignmentId");
    ResourceId scope = call.target().parent();
    JsonNode properties = call.body().path("properties");
    RoleDefinition role = role(call, Json.text(properties, "roleDefinitionId").orElse(""), scope);
    Principal principal = principal(call, Json.text(properties, "principalId").orElse(""));
    requireType(principal, Json.text(properties, "principalType"));
    Optional<RoleAssignment> before = call.world().assignments().find(name);
    Instant now = call.world().now();
    String caller = call.caller().objectId();
    return new RoleAssignment(
        name,
        scope,
        role.name(),
        principal.objectId(),
        principal.spec().type(),
        Json.text(properties, "description").orElse(null),
        Json.text(properties, "condition").orElse(null),
        Json.text(properties, "conditionVersion").orElse(null),
        before.map(RoleAssignment::createdOn).orElse(now),
        now,
        before.map(RoleAssignment::createdBy).orElse(caller),
        caller);
  }

  static RoleDefinition role(ArmCall call, String roleDefinitionId, ResourceId scope) {
    ResourceId id;
    try {
      id = ResourceId.parse(roleDefinitionId);
    } catch (IllegalArgumentException e) {
      throw RoleDefinitionApi.badFormat();
    }
    if (!id.isType(RoleDefinitionApi.TYPE) || id.isCollection()) {
      throw RoleDefinitionApi.badFormat();
    }
    return call.world()
        .roles()
        .visible(id.name(), call.world().now())
        .filter(role -> role.isVisibleAt(scope))
        .orElseThrow(() -> RoleDefinitionApi.doesNotExist(id.name()));
  }

  private static Principal principal(ArmCall call, String objectId) {
    return call.world()
        .directory()
        .principal(objectId)
        .filter(found -> !found.replicatedAt().isAfter(call.world().now()))
        .orElseThrow(
            () ->
                new ArmException(
                    400,
                    "PrincipalNotFound",
                    "Principal %s does not exist in the directory %s. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"
                        .formatted(objectId.replace("-", ""), call.world().tenantId())));
  }

  private static void requireType(Principal principal, Optional<String> stated) {
    String actual = principal.spec().type().inAssignments();
    if (stated.isPresent() && !stated.get().equalsIgnoreCase(actual)) {
      throw new ArmException(
          400,
          "UnmatchedPrincipalType",
          "The PrincipalId '%s' has type '%s' , which is different from specified PrinciaplType '%s'."
              .formatted(principal.objectId().replace("-", ""), actual, stated.get()));
    }
  }

  private static Response delete(ArmCall call) {
    call.require(TYPE + "/delete");
    requireScope(call);
    Optional<RoleAssignment> found = find(call);
    if (found.isEmpty()) {
      return Response.empty(204);
    }
    call.world().resources().requireDeletable(call.target());
    call.world().removeAssignment(found.get().name());
    return Response.json(200, json(found.get()));
  }

  /** Refuses a scope that isn't there, as far as its type is known here. */
  static void requireScope(ArmCall call) {
    ResourceApi.requireGroup(call);
    ResourceId scope = call.target().parent();
    if (ResourceTypes.find(scope.type()).isPresent() && !call.world().resources().exists(scope)) {
      throw ResourceApi.notFound(scope);
    }
  }

  static ObjectNode json(RoleAssignment assignment) {
    ResourceId scope = assignment.scope();
    ObjectNode json = Json.object();
    json.put("id", scope.child("providers/" + TYPE + "/" + assignment.name()).toString())
        .put("type", TYPE)
        .put("name", assignment.name());
    ObjectNode properties =
        json.putObject("properties")
            .put("roleDefinitionId", RoleDefinitionApi.id(assignment.roleName(), scope))
            .put("principalId", assignment.principalId())
            .put("principalType", assignment.principalType().inAssignments())
            .put("scope", scope.toString())
            .put("createdOn", assignment.createdOn().toString())
            .put("updatedOn", assignment.updatedOn().toString())
            .put("createdBy", text(assignment.createdBy()))
            .put("updatedBy", text(assignment.updatedBy()));
    put(properties, "description", assignment.description());
    put(properties, "condition", assignment.condition());
    put(properties, "conditionVersion", assignment.conditionVersion());
    return json;
  }

  private static void put(ObjectNode properties, String name, @Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
