package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where tokens come from: Microsoft Entra's client credentials flow and App Service's endpoint for
 * managed identities.
 */
final class IdentityService {
  static final String MANAGED_IDENTITY_PATH = "/msi/token";

  private static final Pattern TOKEN_PATH = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
  private static final String DEFAULT_SCOPE = "/.default";

  private final World world;
  private final Tokens tokens;
  private final String identityHeader = UUID.randomUUID().toString();

  IdentityService(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  /** The secret that proves to the managed identity endpoint that the app itself is asking. */
  String identityHeader() {
    return identityHeader;
  }

  static boolean isFor(Request request) {
    return request.path().equals(MANAGED_IDENTITY_PATH)
        || TOKEN_PATH.matcher(request.path()).matches();
  }

  Response handle(Request request) {
    return request.path().equals(MANAGED_IDENTITY_PATH)
        ? managedIdentity(request)
        : clientCredentials(request);
  }

  private Response managedIdentity(Request request) {
    Map<String, String> query = request.query();
    if (!request.method().equals("GET")
        || !"2019-08-01".equals(query.get("api-version"))
        || !query.containsKey("resource")) {
      return managedIdentityError(
          400, "A GET with resource and api-version=2019-08-01 is expected.");
    }
    if (!request.header("X-IDENTITY-HEADER").equals(Optional.of(identityHeader))) {
      return managedIdentityError(401, "The X-IDENTITY-HEADER is missing or wrong.");
    }
    Optional<String> clientId = Optional.ofNullable(query.get("client_id"));
    List<Principal> identities;
    synchronized (world) {
      identities =
          world.directory().servicePrincipals().stream()
              .filter(one -> one.spec().type() == PrincipalType.MANAGED_IDENTITY)
              .filter(one -> clientId.map(one.clientName()::equalsIgnoreCase).orElse(true))
              .toList();
    }
    if (identities.size() != 1) {
      return managedIdentityError(
          400,
          "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
    }
    Principal identity = identities.get(0);
    String resource = query.getOrDefault("resource", "");
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

  private static Response managedIdentityError(int status, String message) {
    return Response.json(status, Map.of("statusCode", status, "message", message));
  }

  private Response clientCredentials(Request request) {
    Matcher path = TOKEN_PATH.matcher(request.path());
    Map<String, String> form = form(request);
    if (!path.matches() || !path.group(1).equalsIgnoreCase(world.tenantId())) {
      return error(400, "invalid_request", 90002, "Tenant '%s' not found.", request.path());
    }
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return error(
          400,
          "unsupported_grant_type",
          70003,
          "The app requested an unsupported grant type '%s'.",
          form.getOrDefault("grant_type", ""));
    }
    String scope = form.getOrDefault("scope", "");
    if (!scope.endsWith(DEFAULT_SCOPE)) {
      return error(
          400,
          "invalid_scope",
          1002012,
          "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.",
          scope);
    }
    String audience = scope.substring(0, scope.length() - DEFAULT_SCOPE.length());
    synchronized (world) {
      return token(
          form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", ""), audience);
    }
  }

  private Response token(String clientId, String secret, String audience) {
    Optional<Principal> principal = world.directory().servicePrincipal(clientId);
    Optional<String> expected =
        principal
            .map(found -> Optional.ofNullable(found.spec().secret()))
            .orElseGet(
                () ->
                    world
                        .directory()
                        .application(clientId)
                        .flatMap(application -> Optional.ofNullable(application.secret())));
    if (principal.isEmpty() && world.directory().application(clientId).isEmpty()) {
      return error(
          400,
          "unauthorized_client",
          700016,
          "Application with identifier '%s' was not found in the directory.",
          clientId);
    }
    if (!expected.equals(Optional.of(secret))) {
      return error(
          401, "invalid_client", 7000215, "Invalid client secret provided for app '%s'.", clientId);
    }
    if (principal.isEmpty()) {
      return error(
          401,
          "invalid_client",
          7000229,
          "The client application %s is missing service principal in the tenant "
              + world.tenantId()
              + ". See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119",
          clientId);
    }
    Tokens.Issued issued = tokens.issue(principal.get(), audience, world.tenantId());
    ObjectNode answer =
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", Tokens.LIFETIME.toSeconds())
            .put("ext_expires_in", Tokens.LIFETIME.toSeconds())
            .put("access_token", issued.accessToken());
    return Response.json(200, answer);
  }

  private static Map<String, String> form(Request request) {
    Map<String, String> form = new HashMap<>();
    for (String pair : request.text().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  Response fault(Fault fault) {
    return error(fault.status(), fault.code(), 90033, "A fault that was put in%s.", "");
  }

  private Response error(
      int status, String error, int aadsts, String description, String argument) {
    String traceId = UUID.randomUUID().toString();
    String text =
        "AADSTS%d: %s Trace ID: %s"
            .formatted(aadsts, String.format(Locale.ROOT, description, argument), traceId);
    ObjectNode body =
        Json.object()
            .put("error", error)
            .put("error_description", text)
            .put("timestamp", world.now().toString())
            .put("trace_id", traceId)
            .put("correlation_id", UUID.randomUUID().toString());
    body.putArray("error_codes").add(aadsts);
    return Response.json(status, body);
  }
}
