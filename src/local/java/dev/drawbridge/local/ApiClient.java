package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Calls Drawbridge's API as a ticketing system would. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final Map<String, String> headers;
  private final Consumer<Exchange> watcher;

  /** An answer: its status, its headers and its body, which is a text unless it is JSON. */
  public record Answer(int status, Map<String, List<String>> headers, JsonNode body) {
    /** The first value of a header, named in lower case; empty if there is none. */
    public String header(String name) {
      List<String> values = headers.get(name);
      return values == null || values.isEmpty() ? "" : values.get(0);
    }
  }

  /** A call and its answer. */
  public record Exchange(HttpRequest request, String body, Answer answer) {}

  /**
   * @param api the API's address, without a slash at its end
   * @param headers sent with every call, such as a function key
   */
  public ApiClient(URI api, Map<String, String> headers) {
    this(api, headers, exchange -> {});
  }

  /**
   * @param watcher is shown every exchange; what it throws ends the call
   */
  public ApiClient(URI api, Map<String, String> headers, Consumer<Exchange> watcher) {
    this.api = api;
    this.headers = Map.copyOf(headers);
    this.watcher = watcher;
  }

  public Answer get(String path) {
    return get(path, Map.of());
  }

  public Answer get(String path, Map<String, String> more) {
    return send("GET", path, "", more);
  }

  public Answer options(String path, Map<String, String> more) {
    return send("OPTIONS", path, "", more);
  }

  public Answer post(String path, String json) {
    return post(path, json, Map.of("Content-Type", "application/json"));
  }

  public Answer post(String path, String body, Map<String, String> more) {
    return send("POST", path, body, more);
  }

  public Answer put(String path, String json) {
    return send("PUT", path, json, Map.of("Content-Type", "application/json"));
  }

  private Answer send(String method, String path, String body, Map<String, String> more) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(api + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(builder::header);
    more.forEach(builder::header);
    HttpRequest request = builder.build();
    Answer answer = send(request);
    watcher.accept(new Exchange(request, body, answer));
    return answer;
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), body(response));
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static JsonNode body(HttpResponse<String> response) throws IOException {
    boolean isJson = response.headers().firstValue("content-type").orElse("").contains("json");
    if (response.body().isEmpty()) {
      return JSON.nullNode();
    }
    return isJson ? JSON.readTree(response.body()) : TextNode.valueOf(response.body());
  }
}
