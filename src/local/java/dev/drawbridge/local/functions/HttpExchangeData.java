package dev.drawbridge.local.functions;

import dev.drawbridge.local.http.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as Azure's host describes it to the Java worker.
 *
 * @param uri absolute, with the Host header's authority
 * @param headers names in lower case, several values joined with a comma
 * @param query without parameters that have no value: the worker's protocol has no empty ones
 * @param body text, but for application/octet-stream and multipart; none unless a Content-Length
 *     says so, because the host drops chunked bodies
 * @param metadata what {@code @BindingName} can name: the query's parameters but the key, and,
 *     before these, the route's
 */
record HttpExchangeData(
    String method,
    URI uri,
    Map<String, String> headers,
    Map<String, String> query,
    BindingValue body,
    Map<String, BindingValue> metadata) {

  /**
   * @param path decoded
   * @param route the values of the route's parameters
   * @throws IllegalArgumentException if the Host header is malformed
   */
  static HttpExchangeData of(Request request, String path, Map<String, String> route) {
    Map<String, String> all = query(request.uri().getRawQuery());
    Map<String, BindingValue> metadata = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase("code")) {
            metadata.put(name, new BindingValue.Text(value));
          }
        });
    route.forEach((name, value) -> metadata.put(name, new BindingValue.Text(value)));
    Map<String, String> headers = headers(request.headers());
    Map<String, String> query = new LinkedHashMap<>(all);
    query.values().removeIf(String::isEmpty);
    return new HttpExchangeData(
        request.method(),
        uri(request, path),
        headers,
        Collections.unmodifiableMap(query),
        body(request, headers.getOrDefault("content-type", "")),
        metadata);
  }

  private static URI uri(Request request, String path) {
    URI server = URI.create("http://" + request.header("Host").orElse("localhost"));
    if (server.getHost() == null
        || server.getRawUserInfo() != null
        || !server.toString().equals("http://" + server.getRawAuthority())) {
      throw new IllegalArgumentException("Not a host: " + server);
    }
    String query = request.uri().getRawQuery();
    return URI.create(server + RequestPath.encode(path) + (query == null ? "" : "?" + query));
  }

  private static Map<String, String> headers(Map<String, List<String>> received) {
    Map<String, String> headers = new TreeMap<>();
    received.forEach(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return Collections.unmodifiableMap(headers);
  }

  /** Names are the same in any case, the first one's is kept. */
  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (raw == null) {
      return parameters;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!pair.isEmpty()) {
        parameters.merge(name, value, (first, second) -> first + "," + second);
      }
    }
    return parameters;
  }

  private static BindingValue body(Request request, String contentType) {
    byte[] bytes = request.body();
    if (bytes.length == 0 || request.header("Content-Length").isEmpty()) {
      return new BindingValue.None();
    }
    String type = contentType.strip().toLowerCase(Locale.ROOT);
    return type.startsWith("application/octet-stream") || type.startsWith("multipart/")
        ? new BindingValue.Bytes(bytes)
        : new BindingValue.Text(request.text());
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
