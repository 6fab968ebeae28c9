package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Microsoft Entra's token endpoint, for client credentials. */
final class TokenEndpoint {
  private static final Pattern PATH = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
  private static final String DEFAULT_SCOPE = "/.default";

  /** An error of OAuth's with Entra's number. */
  private static final class Refusal extends RuntimeException {
    private final int status;
    private final String error;
    private final int aadsts;

    Refusal(int status, String error, int aadsts, String description) {
      super(description, null, false, false);
      this.status = status;
      this.error = error;
      this.aadsts = aadsts;
    }
  }

  private final World world;
  private final Tokens tokens;

  TokenEndpoint(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  static boolean isFor(Request request) {
    return PATH.matcher(request.path()).matches();
  }

  Response handle(Request request) {
    try {
      Map<String, String> form = form(request);
      requireTenant(request);
      requireGrantType(form.getOrDefault("grant_type", ""));
      String audience = audience(form.getOrDefault("scope", ""));
      String secret = form.getOrDefault("client_secret", "");
      synchronized (world) {
        return token(principal(form.getOrDefault("client_id", ""), secret), audience);
      }
    } catch (Refusal e) {
      return error(e);
    }
  }

  Response fault(Fault fault) {
    return error(new Refusal(fault.status(), fault.code(), 90033, "A fault that was put in."));
  }

  private void requireTenant(Request request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches() || !path.group(1).equalsIgnoreCase(world.tenantId())) {
      throw new Refusal(
          400, "invalid_request", 90002, "Tenant not found: %s.".formatted(request.path()));
    }
  }

  private static void requireGrantType(String grantType) {
    if (!grantType.equals("client_credentials")) {
      throw new Refusal(
          400,
          "unsupported_grant_type",
          70003,
          "The app requested an unsupported grant type '%s'.".formatted(grantType));
    }
  }

  private static String audience(String scope) {
    if (!scope.endsWith(DEFAULT_SCOPE)) {
      throw new Refusal(
          400,
          "invalid_scope",
          1002012,
          "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier."
              .formatted(scope));
    }
    return scope.substring(0, scope.length() - DEFAULT_SCOPE.length());
  }

  /**
   * The service principal whose credentials these are. An application of another tenant has a
   * secret before it has a service principal here.
   */
  private Principal principal(String clientId, String secret) {
    Optional<Principal> principal = world.directory().servicePrincipal(clientId);
    Optional<Directory.Application> application = world.directory().application(clientId);
    if (principal.isEmpty() && application.isEmpty()) {
      throw new Refusal(
          400,
          "unauthorized_client",
          700016,
          "Application with identifier '%s' was not found in the directory.".formatted(clientId));
    }
    @Nullable String expected =
        principal
            .map(found -> found.spec().secret())
            .or(() -> application.map(Directory.Application::secret))
            .orElse(null);
    if (!secret.equals(expected)) {
      throw new Refusal(
          401,
          "invalid_client",
          7000215,
          "Invalid client secret provided for app '%s'.".formatted(clientId));
    }
    return principal.orElseThrow(
        () ->
            new Refusal(
                401,
                "invalid_client",
                7000229,
                "The client application %s is missing service principal in the tenant %s. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119"
                    .formatted(clientId, world.tenantId())));
  }

  private Response token(Principal principal, String audience) {
    Tokens.Issued issued = tokens.issue(principal, audience, world.tenantId());
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
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private Response error(Refusal refusal) {
    String traceId = UUID.randomUUID().toString();
    ObjectNode body =
        Json.object()
            .put("error", refusal.error)
            .put(
                "error_description",
                "AADSTS%d: %s Trace ID: %s"
                    .formatted(refusal.aadsts, refusal.getMessage(), traceId))
            .put("timestamp", world.now().toString())
            .put("trace_id", traceId)
            .put("correlation_id", UUID.randomUUID().toString());
    body.putArray("error_codes").add(refusal.aadsts);
    return Response.json(refusal.status, body);
  }
}
