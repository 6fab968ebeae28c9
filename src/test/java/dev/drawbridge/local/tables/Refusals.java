package dev.drawbridge.local.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import org.junit.jupiter.api.function.Executable;

/** Asserts what the service refuses a call with. */
final class Refusals {
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

  private Refusals() {}

  /**
   * The code is read from its header: what queries throw is no TableServiceException in the SDK,
   * but one of its internal classes.
   */
  static void assertRefused(int status, String code, Executable call) {
    HttpResponseException refused = assertThrows(HttpResponseException.class, call);
    assertEquals(
        status + " " + code,
        refused.getResponse().getStatusCode()
            + " "
            + refused.getResponse().getHeaderValue(ERROR_CODE));
  }
}
