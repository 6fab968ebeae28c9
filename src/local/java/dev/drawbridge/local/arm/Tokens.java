package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The access tokens that were issued. They look like JSON web tokens, because clients may read
 * their claims, but are not signed: a token is good because it is known here. Thread-safe.
 */
final class Tokens {
  /** As long as a managed identity's tokens on App Service. */
  static final Duration LIFETIME = Duration.ofHours(24);

  /** What a client is given. */
  record Issued(String accessToken, Instant expiry) {}

  record Token(String principalId, String audience, Instant expiry) {}

  private final Clock clock;
  private final Map<String, Token> issued = new LinkedHashMap<>();

  /**
   * @param clock the machine's, in practice: the SDKs' token caches go by it, whatever the local
   *     Azure's clock says
   */
  Tokens(Clock clock) {
    this.clock = clock;
  }

  synchronized Issued issue(Principal principal, String audience, String tenantId) {
    Instant now = clock.instant();
    Instant expiry = now.plus(LIFETIME);
    ObjectNode claims =
        Json.object()
            .put("aud", audience)
            .put("iss", "https://sts.windows.net/" + tenantId + "/")
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("exp", expiry.getEpochSecond())
            .put("appid", principal.clientName())
            .put("idtyp", "app")
            .put("oid", principal.objectId())
            .put("sub", principal.objectId())
            .put("tid", tenantId)
            .put("uti", UUID.randomUUID().toString());
    String token =
        "%s.%s.%s"
            .formatted(
                encode("{\"typ\":\"JWT\",\"alg\":\"none\"}"),
                encode(claims.toString()),
                encode(UUID.randomUUID().toString()));
    issued.values().removeIf(old -> old.expiry().plus(LIFETIME).isBefore(now));
    issued.put(token, new Token(principal.objectId(), normalized(audience), expiry));
    return new Issued(token, expiry);
  }

  synchronized Optional<Token> find(String token) {
    return Optional.ofNullable(issued.get(token));
  }

  /** Lets all tokens be past their time from now on. */
  synchronized void expireAll() {
    Instant now = clock.instant();
    issued.replaceAll(
        (token, old) -> new Token(old.principalId(), old.audience(), now.minusSeconds(1)));
  }

  boolean isExpired(Token token) {
    return !token.expiry().isAfter(clock.instant());
  }

  /** An audience without what doesn't distinguish it from others. */
  static String normalized(String audience) {
    String normal = audience.toLowerCase(Locale.ROOT).replace("//localhost:", "//127.0.0.1:");
    while (normal.endsWith("/")) {
      normal = normal.substring(0, normal.length() - 1);
    }
    return normal;
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
