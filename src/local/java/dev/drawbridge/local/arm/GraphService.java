package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Microsoft Graph v1.0: the tenant's service principals. */
final class GraphService {
  private static final String PATH = "/v1.0/servicePrincipals";
  private static final String CONTEXT =
      "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals";

  private final World world;
  private final Authentication authentication;

  GraphService(World world, Authentication authentication) {
    this.world = world;
    this.authentication = authentication;
  }

  Response handle(Request request) {
    try {
      Principal caller = authentication.require(request);
      synchronized (world) {
        return answer(request, caller);
      }
    } catch (ArmException e) {
      // Graph has one code for all that can be wrong with a token.
      String code = e.status() == 401 ? "InvalidAuthenticationToken" : e.code();
      Response error = error(world, e.status(), code, e.text());
      return e.status() == 401 ? error.with("WWW-Authenticate", "Bearer realm=\"\"") : error;
    }
  }

  private Response answer(Request request, Principal caller) {
    String path = request.uri().getPath();
    if (path.equalsIgnoreCase(PATH)) {
      return switch (request.method()) {
        case "GET" -> list(request, caller);
        case "POST" -> create(request, caller);
        default -> throw unsupported(request);
      };
    }
    if (path.toLowerCase(Locale.ROOT).startsWith(PATH.toLowerCase(Locale.ROOT) + "/")) {
      String id = path.substring(PATH.length() + 1);
      return switch (request.method()) {
        case "GET" -> get(id, caller);
        case "DELETE" -> delete(id, caller);
        default -> throw unsupported(request);
      };
    }
    throw new ArmException(
        400,
        "BadRequest",
        "Resource not found for the segment '%s'."
            .formatted(path.substring(path.lastIndexOf('/') + 1)));
  }

  private Response list(Request request, Principal caller) {
    requireRead(caller);
    Filter filter = filter(request.query().getOrDefault("$filter", ""));
    List<ObjectNode> found =
        world.directory().servicePrincipals().stream()
            .filter(principal -> matches(filter, "appId", principal.clientName()))
            .filter(principal -> matches(filter, "displayName", principal.displayName()))
            .filter(principal -> matches(filter, "id", principal.objectId()))
            .map(this::json)
            .toList();
    ObjectNode answer = Json.object().put("@odata.context", CONTEXT);
    answer.set("value", Json.array(found));
    return Response.json(200, answer);
  }

  private static Filter filter(String text) {
    try {
      return Filter.parse(text).allowing("appId", "displayName", "id");
    } catch (ArmException e) {
      throw new ArmException(400, "Request_UnsupportedQuery", e.text());
    }
  }

  private static boolean matches(Filter filter, String name, String actual) {
    return filter.value(name).map(actual::equalsIgnoreCase).orElse(true);
  }

  private Response get(String id, Principal caller) {
    requireRead(caller);
    return Response.json(200, entity(find(id)));
  }

  private Response create(Request request, Principal caller) {
    requireWrite(caller);
    String appId =
        Json.parseObject(request.text())
            .flatMap(body -> Json.text(body, "appId"))
            .orElseThrow(
                () ->
                    new ArmException(
                        400,
                        "Request_BadRequest",
                        "A value is required for property 'appId' of resource 'ServicePrincipal'."));
    Principal created =
        world
            .directory()
            .createServicePrincipal(appId, world.now(), world.delay(Replication.PRINCIPALS));
    return Response.json(201, entity(created));
  }

  private Response delete(String id, Principal caller) {
    requireWrite(caller);
    world.directory().remove(find(id).objectId());
    return Response.empty(204);
  }

  private Principal find(String id) {
    Optional<Principal> found =
        world.directory().principal(id).filter(any -> any.spec().type().isServicePrincipal());
    return found.orElseThrow(
        () ->
            new ArmException(
                404,
                "Request_ResourceNotFound",
                "Resource '%s' does not exist or one of its queried reference-property objects are not present."
                    .formatted(id)));
  }

  private void requireRead(Principal caller) {
    if (!world.directory().has(caller.objectId(), GraphPermission.APPLICATION_READ_ALL)) {
      requireWrite(caller);
    }
  }

  private void requireWrite(Principal caller) {
    if (!world.directory().has(caller.objectId(), GraphPermission.APPLICATION_READ_WRITE_ALL)) {
      throw new ArmException(
          403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
  }

  private static ArmException unsupported(Request request) {
    return new ArmException(
        405,
        "Request_BadRequest",
        "Specified HTTP method is not allowed for the request target: " + request.method());
  }

  private ObjectNode entity(Principal principal) {
    return Json.object().put("@odata.context", CONTEXT + "/$entity").setAll(json(principal));
  }

  private ObjectNode json(Principal principal) {
    ObjectNode json = Json.object();
    json.put("id", principal.objectId())
        .putNull("deletedDateTime")
        .put("accountEnabled", true)
        .put("appDisplayName", principal.displayName())
        .put("appId", principal.clientName())
        .put("appRoleAssignmentRequired", false)
        .put("displayName", principal.displayName())
        .put(
            "servicePrincipalType",
            principal.spec().type() == PrincipalType.MANAGED_IDENTITY
                ? "ManagedIdentity"
                : "Application")
        .put("signInAudience", "AzureADMultipleOrgs");
    json.set("servicePrincipalNames", Json.strings(List.of(principal.clientName())));
    return json;
  }

  Response fault(Fault fault) {
    return error(world, fault.status(), fault.code(), "A fault that was put in.");
  }

  private static Response error(World world, int status, String code, String message) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", code).put("message", message);
    String requestId = UUID.randomUUID().toString();
    error
        .putObject("innerError")
        .put("date", world.now().toString())
        .put("request-id", requestId)
        .put("client-request-id", requestId);
    return Response.json(status, body);
  }
}
