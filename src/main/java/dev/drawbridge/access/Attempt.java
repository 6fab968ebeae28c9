package dev.drawbridge.access;

/**
 * One attempt at granting an operation its access, as its message names it.
 *
 * @param number how many attempts failed before it
 */
public record Attempt(OperationId operation, int number) {
  /** Whether the operation awaits this very attempt, on that queue; else its message is stale. */
  public boolean isAwaitedBy(Operation named, String queue) {
    return named.awaitsGrant()
        && named.delivery().attempt() == number
        && named.request().kind().queue().equals(queue);
  }

  /** The same for the same attempt, so that a queue knows a repeat. */
  public String messageId() {
    return operation + "/" + number;
  }
}
