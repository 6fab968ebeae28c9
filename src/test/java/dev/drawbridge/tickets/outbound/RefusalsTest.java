package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.tickets.outbound.Http.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each status means. */
class RefusalsTest {
  private static final Optional<Duration> LATER = Optional.of(Duration.ofSeconds(7));

  private static Answer answer(int status) {
    return new Answer(status, "inside", LATER);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void check_whenItIsASuccess_thenNothingIsThrown(int status) {
    assertDoesNotThrow(() -> Refusals.checkTicket("zendesk", answer(status), ""));
    assertDoesNotThrow(() -> Refusals.checkCallback("hooks.example.com", answer(status)));
  }

  @ParameterizedTest
  @CsvSource({
    "301, false, redirects",
    "302, false, url in TICKETS",
    "401, false, Check user in TICKETS and the secret",
    "403, false, role",
    "404, false, no such ticket",
    "408, true, does not take",
    "409, false, does not take",
    "425, false, does not take",
    "429, false, too often",
    "500, true, not well",
    "502, true, not well",
    "503, true, not well",
    "504, true, not well",
    "599, true, not well",
  })
  void checkTicket_whenItMayPass_thenSaysWhatToCheck(
      int status, boolean effectUnknown, String says) {
    PassingFault fault =
        assertThrows(
            PassingFault.class, () -> Refusals.checkTicket("zendesk", answer(status), "own words"));
    assertEquals(code(status), fault.code());
    assertEquals(effectUnknown, fault.effectUnknown());
    assertEquals(LATER, fault.retryAfter());
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.startsWith("zendesk answers %d: ".formatted(status)), message);
    assertTrue(message.contains(says), message);
    assertTrue(message.endsWith("It says: own words"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 410, 413, 415, 422})
  void checkTicket_whenItNeverWill_thenIsPermanent(int status) {
    PermanentFault fault =
        assertThrows(
            PermanentFault.class, () -> Refusals.checkTicket("jira", answer(status), "own words"));
    assertEquals("http" + status, fault.code());
    assertTrue(String.valueOf(fault.getMessage()).endsWith("It says: own words"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503})
  void checkCallback_whenItMayPass_thenTellsNothingOfTheBody(int status) {
    PassingFault fault =
        assertThrows(
            PassingFault.class, () -> Refusals.checkCallback("hooks.example.com", answer(status)));
    assertEquals(LATER, fault.retryAfter());
    assertEquals(status >= 500 || status == 408, fault.effectUnknown());
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.startsWith("The callback at hooks.example.com answers " + status), message);
    assertFalse(message.contains("inside"), message);
    assertEquals(status < 400, message.contains("redirects are not followed"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = 410)
  void checkCallback_whenItIsGone_thenIsPermanent(int status) {
    assertThrows(
        PermanentFault.class, () -> Refusals.checkCallback("hooks.example.com", answer(status)));
  }

  /** Whether the others of the same system go on being told. */
  private static String code(int status) {
    return Set.of(403, 404, 409, 423).contains(status) ? Messenger.NOT_THIS_ONE : "http" + status;
  }
}
