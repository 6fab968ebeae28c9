package dev.drawbridge.tickets;

import dev.drawbridge.tickets.Authenticity.Authentic;
import dev.drawbridge.tickets.Authenticity.Forged;
import dev.drawbridge.tickets.Authenticity.Stale;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ways in which calls prove where they come from. Each looks at the time only after the
 * signature, so that an answer says nothing about unsigned times.
 */
final class Signatures {
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final Forged NO_SIGNATURE = new Forged("The call has no signature.");
  private static final Forged WRONG_SIGNATURE =
      new Forged(
          "The signature does not fit the body and the secret. Check that both sides have the same"
              + " secret and that nothing in between changes the body.");

  private Signatures() {}

  /**
   * Base64 of the HMAC of the timestamp and the body.
   *
   * @see <a href="https://developer.zendesk.com/documentation/webhooks/verifying/">Zendesk:
   *     Verifying webhook authenticity</a>
   */
  static Authenticity zendesk(Received received, Secrets secrets, Instant now) {
    Optional<String> signature = received.header("x-zendesk-webhook-signature");
    Optional<String> timestamp = received.header("x-zendesk-webhook-signature-timestamp");
    if (signature.isEmpty() || timestamp.isEmpty()) {
      return NO_SIGNATURE;
    }
    byte[] signed = timestamp.get().getBytes(StandardCharsets.UTF_8);
    if (!Hmac.signs(secrets.plain(), base64(signature.get()), signed, received.bytes())) {
      return WRONG_SIGNATURE;
    }
    try {
      return fresh(OffsetDateTime.parse(timestamp.get()).toInstant(), now);
    } catch (DateTimeException e) {
      return new Stale("The signed timestamp is no ISO 8601 time.");
    }
  }

  /**
   * {@code X-Hub-Signature: sha256=hex} of the body, or the secret itself where a rule's "Send web
   * request" made the call. Weaker methods than SHA-256 are refused.
   *
   * @see <a href="https://developer.atlassian.com/cloud/jira/platform/webhooks/">Atlassian:
   *     Webhooks, secured with a secret</a>
   */
  static Authenticity jira(Received received, Secrets secrets, Instant now) {
    Optional<String> signature = received.header("x-hub-signature");
    if (signature.isEmpty()) {
      return secretHeader(received, secrets, now);
    }
    String[] parts = signature.get().split("=", 2);
    if (parts.length != 2 || !parts[0].equalsIgnoreCase("sha256")) {
      return new Forged("X-Hub-Signature must be sha256=… and no other method.");
    }
    return Hmac.signs(secrets.plain(), hex(parts[1]), received.bytes())
        ? new Authentic()
        : WRONG_SIGNATURE;
  }

  /** A Standard Webhooks signature where there is one, else the secret itself. */
  static Authenticity standardOrSecret(Received received, Secrets secrets, Instant now) {
    return received.header("webhook-signature").isPresent()
        ? standard(received, secrets, now)
        : secretHeader(received, secrets, now);
  }

  /**
   * Base64 of the HMAC of {@code id.timestamp.body}, one of several where the sender changes its
   * key. Not by the project's own library, which asks the system for the time.
   *
   * @see <a
   *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
   *     Webhooks</a>
   */
  static Authenticity standard(Received received, Secrets secrets, Instant now) {
    Optional<String> id = received.header("webhook-id");
    Optional<String> timestamp = received.header("webhook-timestamp");
    Optional<String> list = received.header("webhook-signature");
    if (id.isEmpty() || timestamp.isEmpty() || list.isEmpty()) {
      return NO_SIGNATURE;
    }
    List<byte[]> signatures =
        Arrays.stream(list.get().split(" ", -1))
            .filter(one -> one.startsWith("v1,"))
            .flatMap(one -> base64(one.substring("v1,".length())).stream())
            .toList();
    byte[] signed = "%s.%s.".formatted(id.get(), timestamp.get()).getBytes(StandardCharsets.UTF_8);
    if (!Hmac.signs(secrets.keys(), signatures, signed, received.bytes())) {
      return WRONG_SIGNATURE;
    }
    if (!timestamp.get().matches("\\d{1,11}")) {
      return new Stale("The signed timestamp is no number of seconds.");
    }
    return fresh(Instant.ofEpochSecond(Long.parseLong(timestamp.get())), now);
  }

  /** The secret itself, in a header of its own or, as CloudEvents has it, as a bearer token. */
  static Authenticity secretHeader(Received received, Secrets secrets, Instant now) {
    Optional<String> sent =
        received
            .header("x-drawbridge-secret")
            .or(() -> received.header("authorization").flatMap(Signatures::bearer));
    if (sent.isEmpty()) {
      return new Forged("The call has no secret: send it as X-Drawbridge-Secret.");
    }
    return Hmac.matches(secrets.plain(), sent.get().getBytes(StandardCharsets.UTF_8))
        ? new Authentic()
        : new Forged("The secret is another one.");
  }

  private static Optional<String> bearer(String authorization) {
    String scheme = "bearer ";
    return Stream.of(authorization)
        .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(scheme))
        .map(text -> text.substring(scheme.length()).strip())
        .findFirst();
  }

  private static Authenticity fresh(Instant signed, Instant now) {
    return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0
        ? new Authentic()
        : new Stale(
            "The call is stale: it was signed more than %d seconds from now. Send the event anew."
                .formatted(TOLERANCE.toSeconds()));
  }

  /** What it decodes to; nothing if it is no base64. */
  private static List<byte[]> base64(String text) {
    try {
      return List.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static List<byte[]> hex(String text) {
    try {
      return List.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
