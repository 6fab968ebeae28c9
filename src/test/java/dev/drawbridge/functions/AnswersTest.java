package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = Logger.getLogger(AnswersTest.class.getName());
  private static final FakeRequest REQUEST = FakeRequest.json("{}");
  private static final Answers ANSWERS = new Answers(Optional.empty());
  private static final Operation OPERATION = Samples.operation();

  @BeforeAll
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @Test
  void operation_whenNotEnded_thenSaysWhereAndWhenToAskAgain() {
    HttpResponseMessage answer = ANSWERS.operation(REQUEST, HttpStatus.ACCEPTED, OPERATION);
    assertEquals(202, answer.getStatusCode());
    assertEquals("application/json", answer.getHeader("Content-Type"));
    assertEquals("10", answer.getHeader("Retry-After"));
    assertEquals(
        "https://drawbridge.azurewebsites.net/api/operations/" + OPERATION.id(),
        answer.getHeader("Operation-Location"),
        "without the function key of the request");
    assertEquals(OPERATION.id().toString(), body(answer).path("id").asText());
  }

  @Test
  void operation_whenEnded_thenThereIsNothingToAskAgainFor() {
    HttpResponseMessage answer =
        ANSWERS.operation(REQUEST, HttpStatus.OK, OPERATION.ended(Samples.NOW, false));
    assertEquals("", answer.getHeader("Retry-After"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:7071/api/peerings, http://localhost:7071",
    "https://x.example/api/operations/1/cancel?code=secret#x, https://x.example",
    "https://[::1]:8443/api/peerings, https://[::1]:8443",
  })
  void operation_whenCalledAtAnAddress_thenTheLocationIsThere(String called, String base) {
    assertEquals(
        base + "/api/operations/" + OPERATION.id(),
        ANSWERS
            .operation(REQUEST.at(called), HttpStatus.OK, OPERATION)
            .getHeader("Operation-Location"));
  }

  @Test
  void operation_whenThereIsAPublicAddress_thenTheRequestsHostIsNotTrusted() {
    Answers answers = new Answers(Optional.of(URI.create("https://drawbridge.example:444/")));
    assertEquals(
        "https://drawbridge.example:444/api/operations/" + OPERATION.id(),
        answers
            .operation(REQUEST.at("https://evil.example/api"), HttpStatus.OK, OPERATION)
            .getHeader("Operation-Location"));
  }

  @Test
  void json_whenGivenAValue_thenIsJson() {
    HttpResponseMessage answer =
        ANSWERS.json(REQUEST, HttpStatus.OK, Map.of("status", "a\"b\n\u2028"));
    assertEquals("application/json", answer.getHeader("Content-Type"));
    assertEquals("a\"b\n\u2028", body(answer).path("status").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "400, The request is not valid",
    "403, The request is not allowed",
    "404, Not found",
    "409, The operation is in another state",
    "413, The request is too large",
    "415, The request is not JSON",
    "422, The idempotency key was used for another request",
    "503, Not available just now",
  })
  void problem_whenOfAStatus_thenIsAProblemDetail(int status, String title) {
    HttpResponseMessage answer =
        ANSWERS.problem(REQUEST, HttpStatusType.custom(status), "word", "what happened");
    assertEquals(status, answer.getStatusCode());
    assertEquals("application/problem+json", answer.getHeader("Content-Type"));
    assertEquals(
        tree(
            "{\"type\":\"urn:drawbridge:problem:word\",\"title\":\"%s\",\"status\":%d,\"detail\":\"what happened\"}"
                .formatted(title, status)),
        body(answer));
    assertEquals(status == 503 ? "30" : "", answer.getHeader("Retry-After"));
  }

  @Test
  void problem_whenFieldsAreWrong_thenEachHasItsPointer() {
    HttpResponseMessage answer =
        ANSWERS.problem(
            REQUEST,
            HttpStatus.BAD_REQUEST,
            "invalidRequest",
            "Correct them.",
            List.of(new Violation("/a~1b", "is \"wrong\"\n"), new Violation("/\u0000", "x")));
    assertEquals(
        tree(
            "[{\"pointer\":\"/a~1b\",\"detail\":\"is \\\"wrong\\\"\\n\"},{\"pointer\":\"/\\u0000\",\"detail\":\"x\"}]"),
        body(answer).path("errors"));
  }

  @Test
  void unlessUnavailable_whenAFaultPasses_thenIs503WithoutItsInnerDetail() {
    HttpResponseMessage answer =
        ANSWERS.unlessUnavailable(
            REQUEST,
            LOG,
            () -> {
              throw new PassingFault("ledgerUnavailable", "connection string AccountKey=secret");
            });
    assertEquals(503, answer.getStatusCode());
    assertEquals("30", answer.getHeader("Retry-After"));
    assertEquals("urn:drawbridge:problem:ledgerUnavailable", body(answer).path("type").asText());
    assertFalse(String.valueOf(answer.getBody()).contains("secret"));
  }

  @Test
  void unlessUnavailable_whenAnythingElseIsThrown_thenIsTheHosts() {
    for (RuntimeException fault :
        List.of(new PermanentFault("x", "y"), new IllegalStateException("z"))) {
      assertEquals(
          fault,
          assertThrows(
              RuntimeException.class,
              () ->
                  ANSWERS.unlessUnavailable(
                      REQUEST,
                      LOG,
                      () -> {
                        throw fault;
                      })));
    }
  }

  @Test
  void noSuchOperation_whenAsked_thenIs404() {
    HttpResponseMessage answer = ANSWERS.noSuchOperation(REQUEST);
    assertEquals(404, answer.getStatusCode());
    assertEquals("urn:drawbridge:problem:operationNotFound", body(answer).path("type").asText());
  }

  private static JsonNode body(HttpResponseMessage answer) {
    return tree(String.valueOf(answer.getBody()));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
