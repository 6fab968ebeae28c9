package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Calls Drawbridge's API as a ticketing system would. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final Map<String, String> headers;

  /** An answer: its status, its headers and its body, which is always JSON here. */
  public record Answer(int status, Map<String, List<String>> headers, JsonNode body) {
    /** The first value of a header, named in lower case; empty if there is none. */
    public String header(String name) {
      List<String> values = headers.get(name);
      return values == null || values.isEmpty() ? "" : values.get(0);
    }
  }

  /**
   * @param api the API's address, without a slash at its end
   * @param headers sent with every call, such as a function key
   */
  public ApiClient(URI api, Map<String, String> headers) {
    this.api = api;
    this.headers = Map.copyOf(headers);
  }

  public Answer get(String path) {
    return send(request(path, Map.of()).GET().build());
  }

  public Answer post(String path, String json) {
    return post(path, json, Map.of("Content-Type", "application/json"));
  }

  public Answer post(String path, String body, Map<String, String> more) {
    return send(request(path, more).POST(BodyPublishers.ofString(body)).build());
  }

  public Answer put(String path, String json) {
    return send(
        request(path, Map.of("Content-Type", "application/json"))
            .PUT(BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path, Map<String, String> more) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path));
    headers.forEach(request::header);
    more.forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode body = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
      return new Answer(response.statusCode(), response.headers().map(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
