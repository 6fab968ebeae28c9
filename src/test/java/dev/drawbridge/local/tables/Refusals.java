package dev.drawbridge.local.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.function.Executable;

/** Asserts what the service refuses a call with. */
final class Refusals {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Refusals() {}

  /**
   * The code is read from the body: what queries throw is no TableServiceException in the SDK, but
   * an exception of its internals.
   */
  static void assertRefused(int status, String code, Executable call) {
    HttpResponseException refused = assertThrows(HttpResponseException.class, call);
    String body = String.valueOf(refused.getResponse().getBodyAsString().block());
    assertEquals(
        status + " " + code, refused.getResponse().getStatusCode() + " " + codeIn(body), body);
  }

  private static String codeIn(String body) {
    try {
      return JSON.readTree(body).path("odata.error").path("code").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(body, e);
    }
  }
}
