package dev.drawbridge.local.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as it came in.
 *
 * @param method in upper case
 * @param uri path and query, undecoded
 * @param body empty when there was none
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are read once, never compared
public record Request(String method, URI uri, Headers headers, byte[] body) {

  /** The path, undecoded. */
  public String path() {
    return uri.getRawPath();
  }

  /** The first value of a header, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** The query's parameters, names in lower case, decoded; of a repeated one the last. */
  public Map<String, String> query() {
    Map<String, String> parameters = new LinkedHashMap<>();
    String raw = uri.getRawQuery();
    if (raw == null) {
      return parameters;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.put(decode(name).toLowerCase(Locale.ROOT), decode(value));
    }
    return parameters;
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
