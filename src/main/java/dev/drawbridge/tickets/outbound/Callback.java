package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.CallbackUrl;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.tickets.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells the address that a request names, by a signed event.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
final class Callback {
  private final CallbackSettings settings;
  private final Http http;
  private final Clock clock;

  /**
   * @param http one that is guarded: the address is whoever's
   */
  Callback(CallbackSettings settings, Http http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  /**
   * @throws PassingFault if it was not taken now, or may have been
   * @throws PermanentFault if it is not wanted any more
   */
  void send(CallbackUrl to, Operation operation, Notice notice, String text) {
    List<byte[]> keys = settings.secrets().keys();
    if (keys.isEmpty()) {
      throw new PassingFault(
          "noSecret",
          "Callbacks can't be signed: the setting %s is missing, or its Key Vault reference can't be read."
              .formatted(CallbackSettings.SECRET_SETTING));
    }
    String id = "msg_%s_%s".formatted(operation.id(), notice.key());
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String body = event(operation, notice, text).toString();
    Http.Answer answer =
        http.send(
            "POST",
            to.uri(),
            Map.of(
                "Content-Type",
                "application/json",
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                signatures(keys, id, timestamp, body)),
            body);
    Refusals.checkCallback(String.valueOf(to.uri().getHost()), answer);
  }

  /** One for each key, so that a receiver that knows either takes it. */
  static String signatures(List<byte[]> keys, String id, String timestamp, String body) {
    byte[] signed = "%s.%s.%s".formatted(id, timestamp, body).getBytes(StandardCharsets.UTF_8);
    List<String> signatures =
        keys.stream()
            .map(key -> "v1," + Base64.getEncoder().encodeToString(Hmac.of(key, signed)))
            .toList();
    return String.join(" ", signatures);
  }

  private static ObjectNode event(Operation operation, Notice notice, String text) {
    Ticket ticket = operation.request().terms().ticket();
    ObjectNode event =
        Api.object()
            .put("type", "operation." + notice.step().word())
            .put("timestamp", notice.since().toString());
    ObjectNode data =
        event
            .putObject("data")
            .put("operationId", operation.id().toString())
            .put("kind", operation.request().kind().type())
            .put("status", operation.status().word())
            .put("phase", operation.phase().name().toLowerCase(Locale.ROOT));
    data.putObject("ticket").put("system", ticket.system()).put("id", ticket.id());
    data.put("clusterId", operation.request().terms().clusterId())
        .put("target", operation.request().target().toString())
        .put("step", notice.step().word())
        .put("text", text)
        .put("acceptedAt", operation.acceptedAt().toString())
        .put("expiresAt", operation.expiresAt().toString())
        .put("supportText", operation.supportText());
    operation
        .access()
        .ifPresent(
            access ->
                data.putObject("access")
                    .put("role", access.roleName())
                    .put("scope", access.scope())
                    .put("principalId", access.principalId().toString()));
    operation.connection().ifPresent(connection -> data.put("connection", connection));
    operation
        .ending()
        .filter(ending -> ending.status() == Status.FAILED)
        .ifPresent(
            ending ->
                data.putObject("error")
                    .put("code", ending.code())
                    .put("message", ending.message()));
    operation.endedAt().ifPresent(at -> data.put("endedAt", at.toString()));
    return event;
  }
}
