package dev.drawbridge.local.http;

/**
 * A port that the local Azure needs is another process's. The message says how to choose another.
 */
public final class PortInUseException extends RuntimeException {
  public PortInUseException(String name, int port, Throwable cause) {
    super(
        "Port %d (%s) is in use by another process: choose another with -Dlocal.port.%s=PORT"
            .formatted(port, name, name),
        cause);
  }
}
