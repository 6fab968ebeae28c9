package dev.drawbridge.tickets;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A webhook's call as it came in.
 *
 * @param headers names in lower case, as the Functions worker has them
 * @param body the text; the worker decodes it as UTF-8, so that a body that isn't has other bytes
 *     here than its sender signed, and its signature does not fit
 */
public record Received(Map<String, String> headers, String body) {
  public Received {
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** The Content-Type without its parameters; empty if there is none. */
  String mediaType() {
    return header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** Without what the headers and the body hold: that may be secret. */
  @Override
  public String toString() {
    return "Received[…]";
  }
}
