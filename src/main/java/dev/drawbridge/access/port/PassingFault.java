package dev.drawbridge.access.port;

import java.time.Duration;
import java.util.Optional;

/** Something that will work later: to be tried again, and no reason to give up now. */
public final class PassingFault extends RuntimeException {
  private final String code;
  private final Optional<Duration> retryAfter;
  private final boolean effectUnknown;

  /**
   * @param code the service's error code or a word of ours, stable
   * @param retryAfter how long the service asked to wait
   * @param effectUnknown whether the call may have had its effect, or may have it yet
   */
  public PassingFault(
      String code,
      String message,
      Optional<Duration> retryAfter,
      boolean effectUnknown,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryAfter = retryAfter;
    this.effectUnknown = effectUnknown;
  }

  /** An answer that is no success, told in full by its code and message. */
  public PassingFault(
      String code, String message, Optional<Duration> retryAfter, boolean effectUnknown) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
    this.effectUnknown = effectUnknown;
  }

  /** A fault of ours: nothing was called. */
  public PassingFault(String code, String message) {
    this(code, message, Optional.empty(), false);
  }

  public String code() {
    return code;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  public boolean effectUnknown() {
    return effectUnknown;
  }
}
