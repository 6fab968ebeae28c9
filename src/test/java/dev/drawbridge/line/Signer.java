package dev.drawbridge.line;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the vendors do, with the secrets of local.settings.json.example. */
public final class Signer {
  public static final String ZENDESK = "local-zendesk-secret";
  public static final String JIRA = "local-jira-secret";
  public static final String SERVICENOW = "local-servicenow-secret";
  public static final String SERVICENOW_KEY = "local-servicenow-key";
  public static final String STANDARD_KEY = "local-standard-key";
  public static final String CLOUDEVENTS = "local-cloudevents-secret";
  public static final String GENERIC = "local-generic-secret";

  private static final String JSON = "application/json";

  private Signer() {}

  public static Map<String, String> zendesk(String body, Instant at) {
    return Map.of(
        "Content-Type",
        JSON,
        "X-Zendesk-Webhook-Signature-Timestamp",
        at.toString(),
        "X-Zendesk-Webhook-Signature",
        base64(hmac(ZENDESK, at + body)));
  }

  public static Map<String, String> jira(String body) {
    return Map.of(
        "Content-Type",
        JSON,
        "X-Hub-Signature",
        "sha256=" + HexFormat.of().formatHex(hmac(JIRA, body)));
  }

  public static Map<String, String> standard(String key, String id, Instant at, String body) {
    String signed = "%s.%d.%s".formatted(id, at.getEpochSecond(), body);
    return Map.of(
        "Content-Type",
        JSON,
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(at.getEpochSecond()),
        "webhook-signature",
        "v1," + base64(hmac(key, signed)));
  }

  public static Map<String, String> secret(String secret) {
    return secret(secret, JSON);
  }

  public static Map<String, String> secret(String secret, String contentType) {
    return Map.of("Content-Type", contentType, "X-Drawbridge-Secret", secret);
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
