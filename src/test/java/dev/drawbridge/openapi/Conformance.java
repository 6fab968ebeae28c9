package dev.drawbridge.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drawbridge.local.ApiClient.Answer;
import dev.drawbridge.local.ApiClient.Exchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Holds exchanges against the document: what is answered is documented, what is accepted was valid,
 * and what is refused as invalid was not.
 *
 * <p>One answer needs no documentation, the Functions host's own for an address that has no route:
 * 404 without a body.
 */
public final class Conformance implements Consumer<Exchange> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/api";

  /** Of HTTP itself, or of the host. */
  private static final Set<String> FRAMING =
      Set.of("content-type", "content-length", "date", "connection", "transfer-encoding");

  /** Fields whose limits are no matter of form: the settings', or of other fields. */
  static final Set<String> NOT_OF_FORM = Set.of("/expiresIn", "/callbackUrl", "/resourceName");

  private final ApiDocument document;

  public Conformance(ApiDocument document) {
    this.document = document;
  }

  /**
   * @throws AssertionError if the exchange is not one that the document describes
   */
  @Override
  public void accept(Exchange exchange) {
    List<String> wrong = violations(exchange);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "Not as openapi.yaml has it: %s %s answered with %d %s: %s"
              .formatted(
                  exchange.request().method(),
                  exchange.request().uri(),
                  exchange.answer().status(),
                  exchange.answer().body(),
                  wrong));
    }
  }

  List<String> violations(Exchange exchange) {
    Answer answer = exchange.answer();
    if (answer.status() == 404 && answer.header("content-type").isEmpty()) {
      return List.of();
    }
    String path = path(exchange.request().uri());
    Optional<ApiOperation> operation = document.operation(exchange.request().method(), path);
    if (operation.isEmpty()) {
      return List.of("no such operation");
    }
    Optional<JsonNode> response = operation.get().response(answer.status());
    if (response.isEmpty()) {
      return List.of("no such status of " + operation.get());
    }
    List<String> wrong = new ArrayList<>(content(response.get(), answer));
    wrong.addAll(headers(response.get().path("headers"), answer));
    if (answer.status() < 300) {
      wrong.addAll(parameters(operation.get(), path, exchange));
      wrong.addAll(requestBody(operation.get(), exchange));
    }
    if (isRefusedForItsForm(operation.get(), answer)
        && requestBody(operation.get(), exchange).isEmpty()) {
      wrong.add("the request is valid");
    }
    return wrong;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path.startsWith(BASE) ? path.substring(BASE.length()) : path;
  }

  private List<String> content(JsonNode response, Answer answer) {
    String mediaType = mediaType(answer.header("content-type"));
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      return mediaType.isEmpty() && answer.body().isNull()
          ? List.of()
          : List.of("no content is documented");
    }
    if (!content.has(mediaType)) {
      return List.of("not of type " + mediaType);
    }
    List<String> wrong =
        new ArrayList<>(document.violations(content.path(mediaType).path("schema"), answer.body()));
    if (mediaType.equals("application/problem+json")
        && answer.body().path("status").asInt() != answer.status()) {
      wrong.add("the problem has another status");
    }
    return wrong;
  }

  private List<String> headers(JsonNode documented, Answer answer) {
    List<String> wrong = new ArrayList<>();
    Set<String> left = new TreeSet<>(answer.headers().keySet());
    left.removeAll(FRAMING);
    for (var member : documented.properties()) {
      String name = member.getKey().toLowerCase(Locale.ROOT);
      JsonNode header = document.resolve(member.getValue());
      left.remove(name);
      Optional<String> value = Optional.of(answer.header(name)).filter(text -> !text.isEmpty());
      wrong.addAll(value(header, value, "header " + name));
    }
    left.forEach(name -> wrong.add("header " + name + " is not documented"));
    return wrong;
  }

  private List<String> parameters(ApiOperation operation, String path, Exchange exchange) {
    List<String> wrong = new ArrayList<>();
    Map<String, String> query = query(exchange.request().uri());
    query.remove("code");
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      Optional<String> value =
          switch (parameter.path("in").asText()) {
            case "path" -> Optional.of(operation.inPath(name, path));
            case "query" -> Optional.ofNullable(query.remove(name));
            default -> exchange.request().headers().firstValue(name);
          };
      wrong.addAll(value(parameter, value, "parameter " + name));
    }
    query.keySet().forEach(name -> wrong.add("parameter " + name + " is not documented"));
    return wrong;
  }

  /** Of a header or a parameter. */
  private List<String> value(JsonNode documented, Optional<String> value, String what) {
    if (value.isEmpty()) {
      return documented.path("required").asBoolean() ? List.of(what + " is missing") : List.of();
    }
    JsonNode schema = documented.path("schema");
    boolean isNumber =
        schema.path("type").asText().equals("integer") && value.get().matches("\\d{1,9}");
    JsonNode node =
        isNumber ? IntNode.valueOf(Integer.parseInt(value.get())) : TextNode.valueOf(value.get());
    return document.violations(schema, node).stream().map(why -> what + why).toList();
  }

  private List<String> requestBody(ApiOperation operation, Exchange exchange) {
    JsonNode documented = operation.requestBody();
    if (exchange.body().isBlank()) {
      return documented.path("required").asBoolean() ? List.of("a body is missing") : List.of();
    }
    String mediaType =
        mediaType(exchange.request().headers().firstValue("content-type").orElse(""));
    JsonNode content = documented.path("content").path(mediaType);
    if (content.isMissingNode()) {
      return List.of("a body of type %s is not documented".formatted(mediaType));
    }
    try {
      return document.violations(content.path("schema"), JSON.readTree(exchange.body()));
    } catch (JsonProcessingException e) {
      return List.of("the body is not JSON");
    }
  }

  private static boolean isRefusedForItsForm(ApiOperation operation, Answer answer) {
    Set<String> pointers = new TreeSet<>();
    answer.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    pointers.removeAll(NOT_OF_FORM);
    return answer.status() == 400 && operation.isTagged("requests") && !pointers.isEmpty();
  }

  private static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(
          parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
