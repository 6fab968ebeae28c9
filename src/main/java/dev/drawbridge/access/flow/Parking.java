package dev.drawbridge.access.flow;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.RequestQueue;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes what a queue has given up: the message is kept as evidence, and the operation that waited
 * for it ends as failed, so that the sweep undoes what was begun. Each step comes out the same when
 * done twice.
 */
public final class Parking {
  private final Ledger ledger;
  private final Changes changes;
  private final RequestQueue queue;
  private final Clock clock;

  public Parking(Ledger ledger, RequestQueue queue, Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Parks a message. No message is refused; only what the ledger can't take now is thrown, so that
   * it comes again.
   *
   * @return the operation that the message names, if it names one
   * @throws PassingFault if the ledger does not answer now
   * @throws ConflictException if others changed the operation each time
   */
  public Optional<OperationId> park(DeadLetter letter, Logger log) {
    Optional<Attempt> attempt = read(letter.body());
    Parked parked = Parked.of(letter, attempt, clock.instant());
    ledger.park(parked);
    log.severe(
        () ->
            "event=deadLettered operation=%s message=%s queue=%s reason=%s: %s"
                .formatted(
                    attempt.map(one -> one.operation().toString()).orElse("unknown"),
                    parked.id(),
                    parked.queue(),
                    parked.reason(),
                    parked.description()));
    attempt.ifPresent(one -> fail(one, letter.queue(), parked, log));
    return attempt.map(Attempt::operation);
  }

  private Optional<Attempt> read(String body) {
    try {
      return Optional.of(queue.read(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // it is told as one that names no operation
    }
  }

  /** Ends the operation, unless it went on without this message. */
  private void fail(Attempt attempt, String queueName, Parked parked, Logger log) {
    Optional<Versioned<Operation>> found = find(attempt.operation(), log);
    if (found.isEmpty() || !attempt.isAwaitedBy(found.get().value(), queueName)) {
      log.info(
          () ->
              "operation %s: does not wait for message %s, and is left as it is"
                  .formatted(attempt.operation(), parked.id()));
      return;
    }
    Ending ending =
        new Ending(
            Status.FAILED,
            "deadLettered",
            ("Access could not be granted: each attempt at it broke off, until the queue gave it up (message %s)."
                    + " What was begun is undone. An administrator finds the cause in the log and can put the"
                    + " request back.")
                .formatted(parked.id()),
            clock.instant());
    changes.operation(
        found.get(), now -> attempt.isAwaitedBy(now, queueName) ? now.endsAs(ending) : now);
  }

  /** A row that can't be read won't be readable at the next delivery either. */
  private Optional<Versioned<Operation>> find(OperationId id, Logger log) {
    try {
      return ledger.operation(id);
    } catch (IllegalArgumentException e) {
      log.log(Level.SEVERE, e, () -> "operation " + id + ": its row can't be read");
      return Optional.empty();
    }
  }
}
