package dev.drawbridge.local.tickets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which each vendor's webhooks show where they come from. */
final class Signing {
  private Signing() {}

  /**
   * Base64 of the HMAC of the timestamp and the body.
   *
   * @see <a href="https://developer.zendesk.com/documentation/webhooks/verifying/">Zendesk:
   *     Verifying webhook authenticity</a>
   */
  static Function<String, Map<String, String>> zendesk(String secret, Clock clock) {
    return body -> {
      String timestamp = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      String signature = Base64.getEncoder().encodeToString(hmac(secret, timestamp + body));
      return Map.of(
          "User-Agent",
          "Zendesk Webhook",
          "X-Zendesk-Account-Id",
          "123456",
          "X-Zendesk-Webhook-Id",
          "01EJFTSCC78X5V07NPY2MHR00M",
          "X-Zendesk-Webhook-Invocation-Id",
          UUID.randomUUID().toString(),
          "X-Zendesk-Webhook-Signature-Timestamp",
          timestamp,
          "X-Zendesk-Webhook-Signature",
          signature);
    };
  }

  /**
   * Hexadecimal of the HMAC of the body.
   *
   * @see <a href="https://developer.atlassian.com/cloud/jira/platform/webhooks/">Atlassian:
   *     Webhooks, secured with a secret</a>
   */
  static Function<String, Map<String, String>> jira(String secret) {
    return body ->
        Map.of(
            "User-Agent",
            "Atlassian Webhook HTTP Client",
            "X-Atlassian-Webhook-Identifier",
            UUID.randomUUID().toString(),
            "X-Hub-Signature",
            "sha256=" + HexFormat.of().formatHex(hmac(secret, body)));
  }

  /** ServiceNow signs nothing by itself: a business rule's REST message sends the secret. */
  static Function<String, Map<String, String>> serviceNow(String secret) {
    return body -> Map.of("User-Agent", "ServiceNow/1.0", "X-Drawbridge-Secret", secret);
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
