package dev.drawbridge.local.arm;

/** An answer that is an error, with the status, code and message that Azure gives it. */
public final class ArmException extends RuntimeException {
  private final int status;
  private final String code;

  ArmException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
