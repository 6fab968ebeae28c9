package dev.drawbridge.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP answer. An empty body is sent without a length, as 204 and 304 require. */
@SuppressWarnings("ArrayRecordComponent") // bodies are read once, never compared
public record Response(int status, Map<String, String> headers, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Response {
    Map<String, String> caseInsensitive = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseInsensitive.putAll(headers);
    headers = caseInsensitive;
  }

  public static Response empty(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  /** {@code value} is anything that Jackson can write: a tree, a map, a record. */
  public static Response json(int status, Object value) {
    try {
      return new Response(
          status,
          Map.of("Content-Type", "application/json; charset=utf-8"),
          JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Response text(int status, String contentType, String text) {
    return new Response(
        status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  public Response with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body);
  }
}
