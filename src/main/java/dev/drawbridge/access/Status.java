package dev.drawbridge.access;

/** The status of an operation, in the words of Microsoft's REST guidelines. */
public enum Status {
  NOT_STARTED("NotStarted"),
  RUNNING("Running"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed"),
  CANCELED("Canceled");

  private final String word;

  Status(String word) {
    this.word = word;
  }

  /** The word for it in the API. */
  public String word() {
    return word;
  }
}
