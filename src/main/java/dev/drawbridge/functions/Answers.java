package dev.drawbridge.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.port.PassingFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * The answers of the HTTP functions: operations as a status monitor, and errors as problem details.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Answers {
  static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(10);
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<URI> publicUrl;

  /**
   * @param publicUrl the address that callers see, where it is not the one that a request came to
   */
  public Answers(Optional<URI> publicUrl) {
    this.publicUrl = publicUrl;
  }

  HttpResponseMessage json(HttpRequestMessage<?> request, HttpStatusType status, Object body) {
    return request
        .createResponseBuilder(status)
        .header("Content-Type", "application/json")
        .body(JSON.valueToTree(body).toString())
        .build();
  }

  /** The operation itself, with when to ask again as long as it has not ended. */
  HttpResponseMessage operation(
      HttpRequestMessage<?> request, HttpStatusType status, Operation operation) {
    HttpResponseMessage.Builder answer =
        request
            .createResponseBuilder(status)
            .header("Content-Type", "application/json")
            .header("Operation-Location", location(request, operation.id()))
            .body(OperationView.full(operation).toString());
    if (operation.endedAt().isEmpty()) {
      answer.header("Retry-After", seconds(ASK_AGAIN_AFTER));
    }
    return answer.build();
  }

  /**
   * @param type a stable word for the problem; the problem's {@code type} ends in it
   */
  HttpResponseMessage problem(
      HttpRequestMessage<?> request, HttpStatusType status, String type, String detail) {
    return problem(request, status, type, detail, List.of());
  }

  HttpResponseMessage problem(
      HttpRequestMessage<?> request,
      HttpStatusType status,
      String type,
      String detail,
      List<Violation> violations) {
    ObjectNode problem =
        JSON.createObjectNode()
            .put("type", "urn:drawbridge:problem:" + type)
            .put("title", title(status))
            .put("status", status.value())
            .put("detail", detail);
    if (!violations.isEmpty()) {
      ArrayNode errors = problem.putArray("errors");
      violations.forEach(
          violation ->
              errors
                  .addObject()
                  .put("pointer", violation.pointer())
                  .put("detail", violation.detail()));
    }
    HttpResponseMessage.Builder answer =
        request
            .createResponseBuilder(status)
            .header("Content-Type", "application/problem+json")
            .body(problem.toString());
    if (status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      answer.header("Retry-After", seconds(TRY_AGAIN_AFTER));
    }
    return answer.build();
  }

  /** Answers, or says that it can't just now and when to try again. */
  HttpResponseMessage unlessUnavailable(
      HttpRequestMessage<?> request, Logger log, Supplier<HttpResponseMessage> answer) {
    try {
      return Invocation.answer(log, answer);
    } catch (PassingFault e) {
      log.warning(() -> "not answered, %s: %s".formatted(e.code(), e.getMessage()));
      return problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          e.code(),
          "Drawbridge can't reach what it needs just now. Nothing is lost; send the same request again.");
    }
  }

  /** What is answered to a body, once it is read. */
  @FunctionalInterface
  interface ToBody {
    HttpResponseMessage answer() throws JsonBody.NotTaken;
  }

  /** As {@link #unlessUnavailable}, or says why the body is not taken. */
  HttpResponseMessage unlessNotTaken(HttpRequestMessage<?> request, Logger log, ToBody toBody) {
    return unlessUnavailable(
        request,
        log,
        () -> {
          try {
            return toBody.answer();
          } catch (JsonBody.NotTaken e) {
            return problem(request, e.status(), e.type(), String.valueOf(e.getMessage()));
          }
        });
  }

  HttpResponseMessage noSuchOperation(HttpRequestMessage<?> request) {
    return problem(
        request, HttpStatus.NOT_FOUND, "operationNotFound", "There is no operation of this id.");
  }

  /** The absolute address of an operation. */
  private String location(HttpRequestMessage<?> request, OperationId id) {
    String base =
        publicUrl
            .map(url -> url.toString().replaceFirst("/+$", ""))
            .orElseGet(
                () -> request.getUri().getScheme() + "://" + request.getUri().getAuthority());
    return base + "/api/operations/" + id;
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  private static String title(HttpStatusType status) {
    return switch (status.value()) {
      case 400 -> "The request is not valid";
      case 401 -> "The request is not authentic";
      case 403 -> "The request is not allowed";
      case 404 -> "Not found";
      case 409 -> "The operation is in another state";
      case 413 -> "The request is too large";
      case 415 -> "The request is not JSON";
      case 422 -> "The idempotency key was used for another request";
      default -> "Not available just now";
    };
  }
}
