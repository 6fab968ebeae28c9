package dev.drawbridge.access.port;

/** Something that will not work however often it is tried. The message says what to do. */
public final class PermanentFault extends RuntimeException {
  private final String code;

  /**
   * @param code the service's error code or a word of ours, stable
   */
  public PermanentFault(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public PermanentFault(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
