package dev.drawbridge.local.tickets;

import java.net.URI;
import java.util.Map;

/**
 * One webhook that was sent and answered.
 *
 * @param headers what was sent beside the body, the signature or the secret among it
 * @param status the answer's HTTP status
 * @param answer the answer's body
 */
public record Delivery(
    URI to, Map<String, String> headers, String body, int status, String answer) {
  public Delivery {
    headers = Map.copyOf(headers);
  }

  /** Without the headers, which hold a secret. */
  @Override
  public String toString() {
    return "Delivery[to=%s, body=%s, status=%d, answer=%s]".formatted(to, body, status, answer);
  }
}
