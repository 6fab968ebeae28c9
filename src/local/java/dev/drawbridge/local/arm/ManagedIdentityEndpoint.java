package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** App Service's endpoint from which an app gets tokens for its managed identity. */
final class ManagedIdentityEndpoint {
  static final String PATH = "/msi/token";

  private static final String API_VERSION = "2019-08-01";

  private final World world;
  private final Tokens tokens;
  private final String header = UUID.randomUUID().toString();

  ManagedIdentityEndpoint(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  /** What proves that the app itself is asking. */
  String header() {
    return header;
  }

  static boolean isFor(Request request) {
    return request.path().equals(PATH);
  }

  Response handle(Request request) {
    Map<String, String> query = request.query();
    String resource = query.getOrDefault("resource", "");
    if (!request.method().equals("GET")
        || !API_VERSION.equals(query.get("api-version"))
        || resource.isEmpty()) {
      return error(400, "A GET with resource and api-version=2019-08-01 is expected.");
    }
    if (!request.header("X-IDENTITY-HEADER").equals(Optional.of(header))) {
      return error(401, "The X-IDENTITY-HEADER is missing or wrong.");
    }
    List<Principal> identities = identities(Optional.ofNullable(query.get("client_id")));
    if (identities.size() != 1) {
      return error(
          400,
          "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
    }
    return token(identities.get(0), resource);
  }

  private List<Principal> identities(Optional<String> clientId) {
    synchronized (world) {
      return world.directory().servicePrincipals().stream()
          .filter(any -> any.spec().type() == PrincipalType.MANAGED_IDENTITY)
          .filter(any -> clientId.map(any.clientName()::equalsIgnoreCase).orElse(true))
          .toList();
    }
  }

  private Response token(Principal identity, String resource) {
    Tokens.Issued issued = tokens.issue(identity, resource, world.tenantId());
    ObjectNode answer =
        Json.object()
            .put("access_token", issued.accessToken())
            .put("client_id", identity.clientName())
            .put("expires_on", String.valueOf(issued.expiry().getEpochSecond()))
            .put("resource", resource)
            .put("token_type", "Bearer");
    return Response.json(200, answer);
  }

  private static Response error(int status, String message) {
    return Response.json(status, Json.object().put("statusCode", status).put("message", message));
  }
}
