package dev.drawbridge.access;

import java.util.UUID;

/**
 * A message as it comes from a dead-letter queue. Anyone who may send can have written it.
 *
 * @param queue the queue that has given it up
 * @param sequenceNumber its number in the dead-letter queue, which is given once
 * @param enqueuedAt when it was sent, as the broker says it
 * @param reason why it was given up, in a word; empty if that was not told
 * @param description the same in a sentence; empty if that was not told
 */
public record DeadLetter(
    String queue,
    long sequenceNumber,
    String enqueuedAt,
    String body,
    String reason,
    String description) {

  /**
   * The same for each delivery of the same message. Made of what the broker sets, since a sender
   * chooses the message's own id, or leaves it out; with the time, because a queue that is deleted
   * and made anew counts from 1 again.
   */
  UUID id() {
    return Guids.of("parked", queue, Long.toString(sequenceNumber), enqueuedAt);
  }
}
