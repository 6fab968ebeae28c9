package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a status, a code or a broken line means: to be tried again, or not. */
class AzureFaultsTest {

  private static ManagementException refused(int status, String code) {
    return refused(status, code, Map.of());
  }

  private static ManagementException refused(int status, String code, Map<String, String> headers) {
    return new ManagementException(
        "Status code " + status,
        StubArm.response(status, "", headers),
        new ManagementError(code, "why"));
  }

  private static Object call(RuntimeException thrown) {
    return AzureFaults.call(
        "assignment at /subscriptions/x",
        () -> {
          throw thrown;
        });
  }

  private static PassingFault passing(RuntimeException thrown) {
    return assertThrows(PassingFault.class, () -> call(thrown));
  }

  private static PermanentFault permanent(RuntimeException thrown) {
    return assertThrows(PermanentFault.class, () -> call(thrown));
  }

  @Test
  void call_whenItIsAnswered_thenIsGivenBack() {
    assertEquals(5, AzureFaults.call("it", () -> 5));
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalServerError",
    "502, BadGateway",
    "503, ServerBusy",
    "504, GatewayTimeout",
    "408, RequestTimeout",
  })
  void call_whenTheServerFails_thenPassesAndMayHaveHadItsEffect(int status, String code) {
    PassingFault fault = passing(refused(status, code));
    assertEquals(code, fault.code());
    assertTrue(fault.effectUnknown());
    assertEquals(Optional.empty(), fault.retryAfter());
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequests",
    "400, PrincipalNotFound",
    "400, RoleDefinitionDoesNotExist",
    "404, RoleDefinitionDoesNotExist",
    "409, AnotherOperationInProgress",
    "409, RoleAssignmentConflict",
    "401, ExpiredAuthenticationToken",
    "409, ConcurrentRequestsNotAllowed",
  })
  void call_whenAzureIsNotThereYet_thenPassesWithoutAnEffect(int status, String code) {
    PassingFault fault = passing(refused(status, code));
    assertEquals(code, fault.code());
    assertFalse(fault.effectUnknown());
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequest",
    "401, InvalidAuthenticationToken",
    "403, AuthorizationFailed",
    "404, ResourceNotFound",
    "409, RoleAssignmentExists",
    "409, ScopeLocked",
    "412, PreconditionFailed",
    "499, Odd",
  })
  void call_whenAzureRefuses_thenIsPermanent(int status, String code) {
    PermanentFault fault = permanent(refused(status, code));
    assertEquals(code, fault.code());
    assertEquals(
        "assignment at /subscriptions/x: Status code %d: \"why\"".formatted(status),
        String.valueOf(fault.getMessage()).replaceFirst("^(.*Status code \\d+).*", "$1: \"why\""));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "999999999, 999999999"})
  void retryAfter_whenItIsSeconds_thenIsRead(String header, long seconds) {
    PassingFault fault = passing(refused(429, "TooManyRequests", Map.of("Retry-After", header)));
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), fault.retryAfter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "9999999999", "Mon, 02 Mar 2026 09:00:00 GMT"})
  void retryAfter_whenItIsNoNumberOfSeconds_thenIsNone(String header) {
    PassingFault fault = passing(refused(503, "ServerBusy", Map.of("Retry-After", header)));
    assertEquals(Optional.empty(), fault.retryAfter());
  }

  @Test
  void call_whenTheErrorHasNoCode_thenItsStatusIsTheCode() {
    assertEquals(
        "http503",
        passing(new HttpResponseException("x", StubArm.response(503, "<html>", Map.of()))).code());
    assertEquals(
        "http403",
        permanent(new HttpResponseException("x", StubArm.response(403, "", Map.of()))).code());
  }

  @Test
  void call_whenThereIsNoResponse_thenPassesAndMayHaveHadItsEffect() {
    PassingFault fault = passing(new HttpResponseException("x", null));
    assertEquals("http0", fault.code());
    assertTrue(fault.effectUnknown());
  }

  @Test
  void call_whenThereIsNoToken_thenPassesWithoutAnEffect() {
    PassingFault fault = passing(new ClientAuthenticationException("no identity", null));
    assertEquals("noToken", fault.code());
    assertFalse(fault.effectUnknown());
  }

  static Stream<Throwable> brokenLines() {
    return Stream.of(
        new UncheckedIOException(new IOException("reset")),
        new IllegalStateException(new HttpTimeoutException("slow")),
        new IllegalStateException(new IllegalStateException(new TimeoutException("slow"))));
  }

  @ParameterizedTest
  @MethodSource("brokenLines")
  void call_whenTheLineBreaks_thenPassesAndMayHaveHadItsEffect(RuntimeException thrown) {
    PassingFault fault = passing(thrown);
    assertEquals("noAnswer", fault.code());
    assertTrue(fault.effectUnknown());
    assertSame(thrown, fault.getCause());
  }

  @Test
  void call_whenItIsABugOfOurs_thenIsThrownAsItIs() {
    RuntimeException bug = new IllegalArgumentException("a bug");
    assertSame(bug, assertThrows(IllegalArgumentException.class, () -> call(bug)));
  }

  @Test
  void message_whenAzureAnswersWithLines_thenIsOneLine() {
    PermanentFault fault =
        permanent(
            new HttpResponseException(
                "no\nSEVERE forged\r\n", StubArm.response(403, "", Map.of())));
    assertFalse(String.valueOf(fault.getMessage()).matches("(?s).*[\\r\\n].*"));
  }
}
