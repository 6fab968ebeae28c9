package dev.drawbridge.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The record of a message that its queue has given up, kept as evidence.
 *
 * @param queue where it was given up
 * @param body the beginning of it, in one line
 * @param reason why it was given up, in a word; may be empty
 * @param description the same in a sentence; may be empty
 * @param at when it was parked
 * @param attempt the attempt that it names, if it can be read
 * @param replay how its request was put back, if it was
 */
public record Parked(
    UUID id,
    String queue,
    String body,
    String reason,
    String description,
    Instant at,
    Optional<Attempt> attempt,
    Optional<Replay> replay) {

  /**
   * That the request behind a message was put back.
   *
   * @param operation the new operation
   * @param by who had it put back, as far as that is known
   * @param reason why, in their words
   */
  public record Replay(OperationId operation, Instant at, String by, String reason) {
    public Replay {
      by = OneLine.of(by);
      reason = OneLine.of(reason);
    }
  }

  public Parked {
    queue = OneLine.of(queue);
    body = OneLine.of(body);
    reason = OneLine.of(reason);
    description = OneLine.of(description);
  }

  public static Parked of(DeadLetter letter, Optional<Attempt> attempt, Instant now) {
    return new Parked(
        letter.id(),
        letter.queue(),
        letter.body(),
        letter.reason(),
        letter.description(),
        now,
        attempt,
        Optional.empty());
  }

  public Parked with(Replay putBack) {
    return new Parked(id, queue, body, reason, description, at, attempt, Optional.of(putBack));
  }
}
