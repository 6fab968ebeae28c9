package dev.drawbridge.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a request's body as one JSON object, and no more of it than is sensible. */
final class JsonBody {
  static final int MOST_BYTES = 64 * 1024;
  private static final int DEEPEST = 32;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxDocumentLength(MOST_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonBody() {}

  /** A body that is not taken, and how to answer. */
  static final class NotTaken extends Exception {
    private final HttpStatusType status;
    private final String type;

    NotTaken(HttpStatusType status, String type, String detail) {
      super(detail);
      this.status = status;
      this.type = type;
    }

    HttpStatusType status() {
      return status;
    }

    String type() {
      return type;
    }
  }

  @SuppressWarnings("unchecked") // Jackson's map of an object has strings for keys
  static Map<String, Object> read(HttpRequestMessage<Optional<String>> request) throws NotTaken {
    String contentType = request.getHeaders().getOrDefault("content-type", "");
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaType.equals("application/json")) {
      throw new NotTaken(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "unsupportedMediaType",
          "Send the request as Content-Type: application/json.");
    }
    return JSON.convertValue(object(text(request)), Map.class);
  }

  /** The body as it came; empty if there is none. */
  static String text(HttpRequestMessage<Optional<String>> request) throws NotTaken {
    String body = request.getBody().orElse("");
    if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new NotTaken(
          HttpStatusType.custom(413),
          "tooLarge",
          "A request has at most %d bytes.".formatted(MOST_BYTES));
    }
    return body;
  }

  static ObjectNode object(String body) throws NotTaken {
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw new NotTaken(
          HttpStatus.BAD_REQUEST, "notAnObject", "The body must be one JSON object.");
    } catch (JsonProcessingException e) {
      throw new NotTaken(
          HttpStatus.BAD_REQUEST,
          "malformedJson",
          "The body is not valid JSON: line %d, column %d."
              .formatted(
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
    }
  }
}
