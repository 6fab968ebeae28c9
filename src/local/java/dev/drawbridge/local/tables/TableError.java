package dev.drawbridge.local.tables;

/** What a request is refused with. */
final class TableError extends RuntimeException {
  private final ErrorCode code;

  TableError(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  /** The text that the client gets. */
  String text() {
    return String.valueOf(getMessage());
  }

  /** The same error of one operation of a transaction: the client finds its index in the text. */
  TableError at(int index) {
    return new TableError(code, index + ":" + text());
  }
}
