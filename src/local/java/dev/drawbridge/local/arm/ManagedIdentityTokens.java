package dev.drawbridge.local.arm;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A credential that asks App Service's managed identity endpoint, as azure-identity's does. That
 * one finds the endpoint in environment variables only, which a program can't set for itself; this
 * one is told.
 */
public final class ManagedIdentityTokens implements TokenCredential {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String header;

  public ManagedIdentityTokens(URI endpoint, String header) {
    this.endpoint = endpoint;
    this.header = header;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request)).subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    String scope = String.join(" ", request.getScopes());
    String resource = scope.replaceFirst("/\\.default$", "");
    URI uri =
        URI.create(
            "%s?api-version=2019-08-01&resource=%s"
                .formatted(endpoint, URLEncoder.encode(resource, StandardCharsets.UTF_8)));
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri).header("X-IDENTITY-HEADER", header).build());
    ObjectNode body =
        Json.parseObject(response.body())
            .filter(any -> response.statusCode() == 200)
            .orElseThrow(
                () ->
                    new ClientAuthenticationException(
                        "No token: %d %s".formatted(response.statusCode(), response.body()), null));
    Instant expiry = Instant.ofEpochSecond(body.path("expires_on").asLong());
    return new AccessToken(body.path("access_token").asText(), expiry.atOffset(ZoneOffset.UTC));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientAuthenticationException("Interrupted while asking for a token", null, e);
    }
  }
}
