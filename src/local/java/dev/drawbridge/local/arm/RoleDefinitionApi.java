package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Microsoft.Authorization/roleDefinitions, at any scope. */
final class RoleDefinitionApi implements ArmApi {
  static final String TYPE = "Microsoft.Authorization/roleDefinitions";

  private static final String CUSTOM = "CustomRole";
  private static final String BUILT_IN = "BuiltInRole";

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
    ResourceId scope = call.target().parent();
    // At the tenant's root everybody may read roles; they are listed at their scopes.
    if (!scope.equals(ResourceId.ROOT)) {
      call.require(TYPE + "/read");
    }
    RoleDefinition role =
        call.world()
            .roles()
            .visible(call.target().name(), call.world().now())
            .filter(found -> scope.equals(ResourceId.ROOT) || found.isVisibleAt(scope))
            .orElseThrow(() -> doesNotExist(call.target().name()));
    return Response.json(200, json(role, scope));
  }

  private static Response list(ArmCall call) {
    call.require(TYPE + "/read");
    ResourceId scope = call.target().parent();
    Filter filter = call.filter().allowing("roleName", "type", "atScopeAndBelow");
    boolean below = filter.has("atScopeAndBelow");
    return Page.of(
        call.world().roles().visible(call.world().now()).stream()
            .filter(role -> role.isVisibleAt(scope) || (below && isAssignableBelow(role, scope)))
            .filter(role -> matches(filter.value("roleName"), role.roleName()))
            .filter(role -> matches(filter.value("type"), type(role)))
            .map(role -> json(role, scope))
            .toList(),
        call);
  }

  private static boolean isAssignableBelow(RoleDefinition role, ResourceId scope) {
    return role.assignableScopes().stream().anyMatch(place -> place.isAtOrBelow(scope));
  }

  private static boolean matches(Optional<String> wanted, String actual) {
    return wanted.isEmpty() || wanted.get().equalsIgnoreCase(actual);
  }

  private static Response put(ArmCall call) {
    call.require(TYPE + "/write");
    String name = call.guid("role definition", "InvalidRoleDefinitionId");
    World world = call.world();
    Optional<RoleDefinition> before = world.roles().stored(name);
    RoleDefinition role = read(call, name, before);
    List<ResourceId> scopes =
        Stream.concat(
                role.assignableScopes().stream(),
                before.stream().flatMap(old -> old.assignableScopes().stream()))
            .toList();
    call.requireLinked(TYPE + "/write", onAll(scopes, TYPE + "/write"));
    world.roles().put(role, world.now().plus(world.delay(Replication.ROLE_DEFINITIONS)));
    return Response.json(201, json(role, call.target().parent()));
  }

  private static RoleDefinition read(ArmCall call, String name, Optional<RoleDefinition> before) {
    JsonNode properties = call.body().path("properties");
    List<Permission> permissions = new ArrayList<>();
    for (JsonNode permission : properties.path("permissions")) {
      permissions.add(
          new Permission(
              Json.texts(permission, "actions"),
              Json.texts(permission, "notActions"),
              Json.texts(permission, "dataActions"),
              Json.texts(permission, "notDataActions")));
    }
    List<ResourceId> scopes =
        Json.texts(properties, "assignableScopes").stream().map(RoleDefinitionApi::scope).toList();
    String roleName = Json.text(properties, "roleName").orElse("");
    if (roleName.isBlank() || permissions.isEmpty() || scopes.isEmpty()) {
      throw badFormat();
    }
    Instant now = call.world().now();
    String caller = call.caller().objectId();
    return new RoleDefinition(
        name,
        roleName,
        Json.text(properties, "description").orElse(""),
        false,
        scopes,
        permissions,
        before.map(RoleDefinition::createdOn).orElse(now),
        now,
        before.map(RoleDefinition::createdBy).orElse(caller),
        caller);
  }

  private static ResourceId scope(String text) {
    try {
      return ResourceId.parse(text);
    } catch (IllegalArgumentException e) {
      throw badFormat();
    }
  }

  private static Response delete(ArmCall call) {
    String action = TYPE + "/delete";
    call.require(action);
    RoleDefinitions roles = call.world().roles();
    Optional<RoleDefinition> found = roles.stored(call.target().name());
    if (found.isEmpty()) {
      return Response.empty(204);
    }
    RoleDefinition role = found.get();
    call.requireLinked(action, onAll(role.assignableScopes(), action));
    if (role.builtIn()) {
      throw RoleDefinitions.builtIn(role);
    }
    boolean inUse =
        call.world().assignments().all().stream()
            .anyMatch(assignment -> assignment.roleName().equals(role.name()));
    if (inUse) {
      throw new ArmException(
          400,
          "RoleDefinitionHasAssignments",
          "There are existing role assignments referencing role.");
    }
    roles.remove(role.name());
    return Response.json(200, json(role, call.target().parent()));
  }

  private static List<ResourceType.LinkedAction> onAll(List<ResourceId> scopes, String action) {
    return scopes.stream()
        .map(scope -> new ResourceType.LinkedAction(action, scope))
        .distinct()
        .toList();
  }

  static ArmException doesNotExist(String name) {
    return new ArmException(
        404,
        "RoleDefinitionDoesNotExist",
        "The specified role definition with ID '%s' does not exist.".formatted(name));
  }

  static ArmException badFormat() {
    return new ArmException(400, "BadRequestFormat", "The request was incorrectly formatted.");
  }

  /** A role's id as a call at {@code scope} sees it. */
  static String id(String name, ResourceId scope) {
    String below = scope.subscription().map(id -> "/subscriptions/" + id).orElse("");
    return below + "/providers/" + TYPE + "/" + name;
  }

  private static String type(RoleDefinition role) {
    return role.builtIn() ? BUILT_IN : CUSTOM;
  }

  private static ObjectNode json(RoleDefinition role, ResourceId scope) {
    ObjectNode json = Json.object();
    json.put("id", id(role.name(), scope)).put("type", TYPE).put("name", role.name());
    ObjectNode properties =
        json.putObject("properties")
            .put("roleName", role.roleName())
            .put("type", type(role))
            .put("description", role.description())
            .put("createdOn", role.createdOn().toString())
            .put("updatedOn", role.updatedOn().toString())
            .put("createdBy", role.createdBy())
            .put("updatedBy", role.updatedBy());
    properties.set(
        "assignableScopes",
        Json.strings(role.assignableScopes().stream().map(ResourceId::toString).toList()));
    properties.set(
        "permissions",
        Json.array(role.permissions().stream().map(RoleDefinitionApi::json).toList()));
    return json;
  }

  private static ObjectNode json(Permission permission) {
    ObjectNode json = Json.object();
    json.set("actions", Json.strings(permission.actions()));
    json.set("notActions", Json.strings(permission.notActions()));
    json.set("dataActions", Json.strings(permission.dataActions()));
    json.set("notDataActions", Json.strings(permission.notDataActions()));
    return json;
  }
}
