package dev.drawbridge.access.port;

/** A record has changed, come or gone since it was read: read again and decide again. */
public final class ConflictException extends RuntimeException {
  public ConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
