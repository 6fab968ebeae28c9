package dev.drawbridge.local.functions;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.drawbridge.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The response that a function builds; like the worker's it is its own builder. */
final class WorkerResponse implements HttpResponseMessage, HttpResponseMessage.Builder {
  /** Like the worker's Gson: fields whatever their visibility, and no nulls. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /** The server's own business. */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

  private HttpStatusType status;
  private final Map<String, String> headers = new HashMap<>();
  private @Nullable Object body;

  WorkerResponse(HttpStatusType status) {
    this.status = status;
  }

  /**
   * What a function returned as an HTTP answer: nothing is 204, and anything but a response is the
   * body of a 200.
   *
   * @throws IllegalArgumentException if a header can't be sent
   */
  static Response toHttp(@Nullable Object returned) throws JsonProcessingException {
    if (returned == null) {
      return Response.empty(204);
    }
    if (!(returned instanceof WorkerResponse response)) {
      return withBody(200, Map.of(), returned);
    }
    Map<String, String> headers = new HashMap<>();
    response.headers.forEach(
        (name, value) -> {
          if (!(name + value).chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException(
                "Invalid non-ASCII or control character in the header " + name);
          }
          if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, value);
          }
        });
    return withBody(response.getStatusCode(), headers, response.body);
  }

  private static Response withBody(int status, Map<String, String> headers, @Nullable Object body)
      throws JsonProcessingException {
    if (body == null) {
      return new Response(status, headers, new byte[0]);
    }
    String type = "application/json; charset=utf-8";
    byte[] bytes;
    if (body instanceof String text) {
      type = "text/plain; charset=utf-8";
      bytes = text.getBytes(StandardCharsets.UTF_8);
    } else if (body instanceof byte[] raw) {
      type = "application/octet-stream";
      bytes = raw;
    } else {
      bytes = JSON.writeValueAsBytes(body);
    }
    Response response = new Response(status, headers, bytes);
    return response.headers().containsKey("Content-Type")
        ? response
        : response.with("Content-Type", type);
  }

  @Override
  public HttpStatusType getStatus() {
    return status;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public @Nullable Object getBody() {
    return body;
  }

  @Override
  public Builder status(HttpStatusType changed) {
    status = changed;
    return this;
  }

  @Override
  public Builder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  @Override
  public Builder body(@Nullable Object changed) {
    body = changed;
    return this;
  }

  @Override
  public HttpResponseMessage build() {
    return this;
  }
}
