package dev.drawbridge.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import dev.drawbridge.access.OneLine;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells faults that pass from those that do not, by status and code.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/role-based-access-control/troubleshooting">Azure's
 *     notes on role assignments that fail</a>
 */
final class AzureFaults {
  /** Azure has not caught up with itself yet, or with another call. */
  private static final Set<String> NOT_YET =
      Set.of(
          "PrincipalNotFound",
          "SubjectNotFound",
          "PendingRoleAssignmentRequest",
          "RoleDefinitionDoesNotExist",
          "AnotherOperationInProgress",
          "RoleAssignmentConflict",
          "ExpiredAuthenticationToken",
          "ConcurrentRequestsNotAllowed");

  private AzureFaults() {}

  /**
   * Makes a call to Azure.
   *
   * @param what names the call in messages
   * @throws PassingFault or {@link PermanentFault}, for whatever the SDK throws
   */
  static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (ClientAuthenticationException e) {
      throw new PassingFault("noToken", message(what, e), Optional.empty(), false, e);
    } catch (HttpResponseException e) {
      throw translated(what, e);
    } catch (RuntimeException e) {
      if (isTransport(e)) {
        throw new PassingFault("noAnswer", message(what, e), Optional.empty(), true, e);
      }
      throw e;
    }
  }

  /** What a call answers, or nothing if what it is about is not there. */
  static <T> Optional<T> unlessAbsent(Supplier<T> call) {
    try {
      return Optional.ofNullable(call.get());
    } catch (ManagementException e) {
      if (status(e) == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The service's own code for an error, or its status where it gave none. */
  static String code(HttpResponseException e) {
    if (e instanceof ManagementException management && management.getValue() != null) {
      return String.valueOf(management.getValue().getCode());
    }
    return "http" + status(e);
  }

  static int status(HttpResponseException e) {
    return e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
  }

  private static RuntimeException translated(String what, HttpResponseException e) {
    int status = status(e);
    String code = code(e);
    boolean serverFailed = status >= 500 || status == 408 || status == 0;
    if (serverFailed || status == 429 || NOT_YET.contains(code)) {
      return new PassingFault(code, message(what, e), retryAfter(e.getResponse()), serverFailed, e);
    }
    return new PermanentFault(code, message(what, e), e);
  }

  /** How long the service asks to wait, where it says so in seconds. */
  static Optional<Duration> retryAfter(@Nullable HttpResponse response) {
    String seconds =
        response == null ? null : response.getHeaders().getValue(HttpHeaderName.RETRY_AFTER);
    return seconds != null && seconds.matches("\\d{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  private static boolean isTransport(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof IOException
          || e instanceof UncheckedIOException
          || e instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static String message(String what, Exception e) {
    return what + ": " + OneLine.of(String.valueOf(e.getMessage()));
  }
}
