package dev.drawbridge.local.astro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Astronomer's calls to Azure: with its own secret, over plain HTTP. */
final class AstroClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String NETWORK_API_VERSION = "2025-03-01";

  /**
   * An answer.
   *
   * @param status 0 if there was none
   * @param errorCode null if it worked
   */
  record Answer(int status, @Nullable String errorCode, JsonNode body) {
    boolean succeeded() {
      return status >= 200 && status < 300;
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI armEndpoint;
  private final URI tokenEndpoint;
  private final String clientId;
  private final String secret;

  AstroClient(URI armEndpoint, URI tokenEndpoint, String clientId, String secret) {
    this.armEndpoint = armEndpoint;
    this.tokenEndpoint = tokenEndpoint;
    this.clientId = clientId;
    this.secret = secret;
  }

  /** Asks for a token; the body of the answer has it as {@code access_token}. */
  Answer signIn() {
    Map<String, String> form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            clientId,
            "client_secret",
            secret,
            "scope",
            "https://management.azure.com/.default");
    String encoded =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(tokenEndpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded)));
  }

  /** Creates or updates a network resource. */
  Answer put(String accessToken, String resourceId, Map<String, ?> properties) {
    URI resource =
        URI.create("%s%s?api-version=%s".formatted(armEndpoint, resourceId, NETWORK_API_VERSION));
    return send(
        HttpRequest.newBuilder(resource)
            .header("Authorization", "Bearer " + accessToken)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    JSON.valueToTree(Map.of("properties", properties)).toString())));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
      JsonNode body = read(response.body());
      return new Answer(response.statusCode(), errorCode(response.statusCode(), body), body);
    } catch (IOException e) {
      return new Answer(0, e.getClass().getSimpleName(), JSON.missingNode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, e.getClass().getSimpleName(), JSON.missingNode());
    }
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** ARM's code, or that of Microsoft Entra with the number that says more. */
  private static @Nullable String errorCode(int status, JsonNode body) {
    if (status < 400) {
      return null;
    }
    JsonNode error = body.path("error");
    return error.isTextual()
        ? "%s (AADSTS%s)"
            .formatted(error.asText(), body.path("error_codes").path(0).asText("unknown"))
        : error.path("code").asText("unknown");
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
