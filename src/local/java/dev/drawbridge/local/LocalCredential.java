package dev.drawbridge.local;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/**
 * The app's managed identity in the local Azure. The SDK's own credential finds its endpoint in the
 * environment of the process only, which can't be set for several local Azures in one JVM.
 */
final class LocalCredential implements TokenCredential {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String secret;
  private final String clientId;

  LocalCredential(URI endpoint, String secret, String clientId) {
    this.endpoint = endpoint;
    this.secret = secret;
    this.clientId = clientId;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request));
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    String resource = request.getScopes().get(0).replaceFirst("/\\.default$", "");
    URI uri =
        URI.create(
            "%s?api-version=2019-08-01&client_id=%s&resource=%s"
                .formatted(
                    endpoint, clientId, URLEncoder.encode(resource, StandardCharsets.UTF_8)));
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri).header("X-IDENTITY-HEADER", secret).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("No token: " + response.body());
      }
      JsonNode token = JSON.readTree(response.body());
      return new AccessToken(
          token.path("access_token").asText(),
          Instant.ofEpochSecond(token.path("expires_on").asLong()).atOffset(ZoneOffset.UTC));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while getting a token", e);
    }
  }
}
