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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * The app's managed identity in the local Azure. The SDK's own credential finds its endpoint in the
 * environment of the process only, which can't be set for several local Azures in one JVM, and
 * keeps its tokens by the machine's clock.
 */
final class LocalCredential implements TokenCredential {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Token(String text, Instant expiresAt) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final URI endpoint;
  private final String secret;
  private final String clientId;
  private final Clock clock;

  LocalCredential(URI endpoint, String secret, String clientId, Clock clock) {
    this.endpoint = endpoint;
    this.secret = secret;
    this.clientId = clientId;
    this.clock = clock;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request));
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    String resource = request.getScopes().get(0).replaceFirst("/\\.default$", "");
    Token token =
        tokens.compute(
            resource,
            (key, known) ->
                known != null && clock.instant().isBefore(known.expiresAt()) ? known : get(key));
    // Said to be over, so that the SDK asks each time: only this class knows the clock's time.
    return new AccessToken(token.text(), Instant.EPOCH.atOffset(ZoneOffset.UTC));
  }

  private Token get(String resource) {
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
      return new Token(
          token.path("access_token").asText(),
          Instant.ofEpochSecond(token.path("expires_on").asLong()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while getting a token", e);
    }
  }
}
