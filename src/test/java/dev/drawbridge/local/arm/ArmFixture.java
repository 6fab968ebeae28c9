package dev.drawbridge.local.arm;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.LocalClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Mono;

/**
 * A local Azure for one test, with a clock that stands still. With {@code -Dlocal.record=FILE} its
 * calls are recorded.
 */
public final class ArmFixture implements BeforeEachCallback, AfterEachCallback {
  public static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  public static final String SUBSCRIPTION_SCOPE = "/subscriptions/" + SampleWorld.SUBSCRIPTION;
  public static final String GROUP_SCOPE =
      SUBSCRIPTION_SCOPE + "/resourceGroups/" + SampleWorld.RESOURCE_GROUP;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public final LocalClock clock = LocalClock.standingAt(START);
  public final World world = World.sample(clock);
  public final LocalArm arm = LocalArm.start(0, 0, clock, world);

  @Override
  public void beforeEach(ExtensionContext context) {
    Optional.ofNullable(System.getProperty("local.record"))
        .ifPresent(file -> arm.recordTo(Path.of(file)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    arm.close();
  }

  SdkClients drawbridge() {
    return SdkClients.ofDrawbridge(arm);
  }

  /** A new application principal without any role. */
  Principal newPrincipal(String name) {
    return world.addPrincipal(
        new PrincipalSpec(
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString(),
            name,
            PrincipalType.APPLICATION,
            name + "-secret"));
  }

  SdkClients as(Principal principal) {
    return new SdkClients(arm, credential(principal));
  }

  private TokenCredential credential(Principal principal) {
    return request ->
        Mono.fromCallable(
            () -> {
              String audience = request.getScopes().get(0).replaceFirst("/\\.default$", "");
              return new AccessToken(
                  token(principal, audience), OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
            });
  }

  /** A token from the client credentials endpoint. */
  String token(Principal principal, String audience) {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s/.default"
            .formatted(principal.clientName(), principal.spec().secret(), audience);
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(arm.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    return json(response).path("access_token").asText();
  }

  /** A token of the stranger's, who has no role, for ARM. */
  String strangersToken() {
    return token(
        world.servicePrincipal(SampleWorld.STRANGER_CLIENT_ID).orElseThrow(),
        "https://management.azure.com");
  }

  /** Sends a request without the SDK. */
  HttpResponse<String> send(String method, URI uri, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  HttpResponse<String> get(String pathAndQuery, String token) {
    return send("GET", URI.create(arm.armEndpoint() + pathAndQuery), token, "");
  }

  HttpResponse<String> knob(String method, String knob, String body) {
    return send(method, URI.create(arm.armEndpoint() + "/_local/" + knob), "", body);
  }

  /** Sends a request and waits for its answer. */
  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode json(HttpResponse<String> response) {
    return Json.parseObject(response.body()).orElseThrow();
  }

  /** The code in ARM's or Graph's error envelope. */
  static String errorCode(HttpResponse<String> response) {
    return json(response).path("error").path("code").asText();
  }
}
