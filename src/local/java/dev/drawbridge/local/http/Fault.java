package dev.drawbridge.local.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault to put into matching calls.
 *
 * @param method a regular expression for the whole method, in upper case
 * @param path a regular expression that is found somewhere in the undecoded path and query
 * @param status the HTTP status to answer with, or 0 to close the connection without an answer
 * @param code the service's error code, put into its own error envelope
 * @param retryAfter the Retry-After header, or null for none
 * @param times how many calls it hits before it is spent
 * @param afterEffect whether the call is carried out first, so that only its answer is lost
 */
public record Fault(
    Pattern method,
    Pattern path,
    int status,
    String code,
    @Nullable String retryAfter,
    int times,
    boolean afterEffect) {

  /** A fault that hits the next {@code times} calls before they have an effect. */
  public static Fault of(String method, String path, int status, String code, int times) {
    return new Fault(
        Pattern.compile(method), Pattern.compile(path), status, code, null, times, false);
  }

  public Fault retryAfter(String value) {
    return new Fault(method, path, status, code, value, times, afterEffect);
  }

  /** The same fault, but the call has its effect and only the answer is lost. */
  public Fault losingTheAnswer() {
    return new Fault(method, path, status, code, retryAfter, times, true);
  }

  boolean matches(Request request) {
    return method.matcher(request.method()).matches()
        && path.matcher(request.uri().toString()).find();
  }
}
