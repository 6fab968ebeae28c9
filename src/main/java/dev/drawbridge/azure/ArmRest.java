package dev.drawbridge.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Optional;

/**
 * Resources of any provider, as JSON, for what the SDK has no client: it knows each provider's
 * types, and whoever adds one asks Azure.
 */
final class ArmRest {
  private static final HttpHeaderName CORRELATION_ID =
      HttpHeaderName.fromString("x-ms-correlation-request-id");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpPipeline pipeline;
  private final String endpoint;

  ArmRest(HttpPipeline pipeline, URI endpoint) {
    this.pipeline = pipeline;
    this.endpoint = endpoint.toString().replaceFirst("/$", "");
  }

  /** A resource or a list; nothing if it does not exist. */
  Optional<JsonNode> get(String path, String apiVersion) {
    try (HttpResponse response = send(HttpMethod.GET, path, apiVersion, null)) {
      return response.getStatusCode() == 404
          ? Optional.empty()
          : Optional.of(body(expectSuccess(response)));
    }
  }

  /**
   * @return the call's correlation id
   */
  String put(String path, String apiVersion, JsonNode body) {
    try (HttpResponse response = send(HttpMethod.PUT, path, apiVersion, body)) {
      return correlationId(expectSuccess(response).getHeaders());
    }
  }

  /** A call's correlation id, by which Azure's activity log knows it; empty if it has none. */
  static String correlationId(HttpHeaders headers) {
    String id = headers.getValue(CORRELATION_ID);
    return id == null ? "" : id;
  }

  private HttpResponse send(
      HttpMethod method,
      String path,
      String apiVersion,
      @org.jspecify.annotations.Nullable JsonNode body) {
    HttpRequest request =
        new HttpRequest(method, endpoint + path + "?api-version=" + apiVersion)
            .setHeader(HttpHeaderName.ACCEPT, "application/json");
    if (body != null) {
      request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(body.toString());
    }
    return pipeline.sendSync(request, Context.NONE);
  }

  private static HttpResponse expectSuccess(HttpResponse response) {
    int status = response.getStatusCode();
    if (status >= 200 && status < 300) {
      return response;
    }
    String text = response.getBodyAsBinaryData().toString();
    JsonNode error = parse(text).path("error");
    throw new ManagementException(
        "Status code %d, %s".formatted(status, text),
        response,
        new ManagementError(
            error.path("code").asText("http" + status), error.path("message").asText("")));
  }

  private static JsonNode body(HttpResponse response) {
    return parse(response.getBodyAsBinaryData().toString());
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode parsed = JSON.readTree(text);
      return parsed == null ? JSON.missingNode() : parsed;
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // a proxy's page, say: then the status says all that there is
    }
  }
}
