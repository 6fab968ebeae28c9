package dev.drawbridge.access.flow;

import dev.drawbridge.access.Operation;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.RequestQueue;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.util.logging.Logger;

/** Sends an operation's message and notes it. */
final class Dispatch {
  private final Changes changes;
  private final RequestQueue queue;
  private final Clock clock;

  Dispatch(Ledger ledger, RequestQueue queue, Clock clock) {
    this.changes = new Changes(ledger);
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * @return the operation as it is now
   * @throws PassingFault if the queue does not hold the message
   */
  Versioned<Operation> send(Versioned<Operation> operation, Logger log) {
    queue.send(operation.value());
    int attempt = operation.value().delivery().attempt();
    try {
      return changes.operation(
          operation, now -> now.delivery().attempt() == attempt ? now.sent(clock.instant()) : now);
    } catch (PassingFault | ConflictException e) {
      // The queue holds it. Not noted, the sweep sends it once more, which the queue recognises.
      log.warning(
          () ->
              "operation %s: queued, but that is not noted: %s"
                  .formatted(operation.value().id(), e.getMessage()));
      return operation;
    }
  }
}
