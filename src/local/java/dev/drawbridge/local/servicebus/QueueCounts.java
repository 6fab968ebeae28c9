package dev.drawbridge.local.servicebus;

/**
 * How many messages of a queue are in each state at one moment. Each message is in one of them.
 *
 * @param active ready to be received
 * @param locked with a receiver that has not settled them
 * @param scheduled to be active at a later time
 * @param deferred to be received by sequence number only
 * @param deadLettered in the queue's dead-letter queue, in whatever state there
 */
public record QueueCounts(int active, int locked, int scheduled, int deferred, int deadLettered) {
  /** All that the queue and its dead-letter queue hold. */
  public int total() {
    return active + locked + scheduled + deferred + deadLettered;
  }
}
