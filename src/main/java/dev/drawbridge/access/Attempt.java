package dev.drawbridge.access;

/**
 * One attempt at granting an operation its access, as its message names it.
 *
 * @param number how many attempts failed before it
 */
public record Attempt(OperationId operation, int number) {
  /** The same for the same attempt, so that a queue knows a repeat. */
  public String messageId() {
    return operation + "/" + number;
  }
}
