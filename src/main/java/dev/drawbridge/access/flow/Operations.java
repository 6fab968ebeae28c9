package dev.drawbridge.access.flow;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What callers may see of operations, and their cancellation. */
public final class Operations {
  private final Ledger ledger;
  private final Changes changes;
  private final Clock clock;

  public Operations(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.clock = clock;
  }

  public Optional<Operation> find(OperationId id) {
    return ledger.operation(id).map(Versioned::value);
  }

  /**
   * @throws IllegalArgumentException if the continuation is not one of a page before
   */
  public Ledger.Page list(Optional<Status> status, int top, Optional<String> continuation) {
    return ledger.list(status, top, continuation);
  }

  /**
   * Has an operation end as soon as its access is taken away. One whose end is decided goes on to
   * that end.
   *
   * @return the operation as it is now
   */
  public Optional<Operation> cancel(OperationId id) {
    return ledger.operation(id).map(found -> canceled(found, "It was canceled on request."));
  }

  /**
   * As {@link #cancel(OperationId)}, all that a ticket asked for and that has not ended: whatever
   * the ticket says by now.
   *
   * @return the operations as they are now
   */
  public List<Operation> cancel(Ticket ticket) {
    return ledger.openOperations().stream()
        .filter(open -> open.value().endedAt().isEmpty())
        .filter(open -> open.value().request().terms().ticket().equals(ticket))
        .map(open -> canceled(open, "Its ticket was closed."))
        .toList();
  }

  private Operation canceled(Versioned<Operation> found, String why) {
    Ending canceled = new Ending(Status.CANCELED, "canceled", why, clock.instant());
    return changes
        .operation(found, now -> now.endedAt().isPresent() ? now : now.endsAs(canceled))
        .value();
  }

  /** What became of a person's naming of a connection. */
  public sealed interface Choice {
    /** The next sweep approves it, if it is pending then. */
    record Chosen(Operation operation) implements Choice {}

    record NoSuchOperation() implements Choice {}

    /** The operation waits for nothing that could be chosen. */
    record NotWaiting(Operation operation) implements Choice {}

    /** The id is none of a private endpoint connection to the operation's target. */
    record NotOfTheTarget(Operation operation) implements Choice {}
  }

  /** A person says that a connection is an operation's. */
  public Choice choose(OperationId id, String connectionId) {
    Optional<Versioned<Operation>> found = ledger.operation(id);
    if (found.isEmpty()) {
      return new Choice.NoSuchOperation();
    }
    Operation operation = found.get().value();
    if (operation.request().kind() != ConnectionKind.PRIVATE_LINK
        || !operation.awaitsConnection()) {
      return new Choice.NotWaiting(operation);
    }
    if (!isOfTheTarget(connectionId, operation)) {
      return new Choice.NotOfTheTarget(operation);
    }
    Instant now = clock.instant();
    return new Choice.Chosen(
        changes
            .operation(
                found.get(),
                current ->
                    current.awaitsConnection() ? current.chooses(connectionId, now) : current)
            .value());
  }

  private static boolean isOfTheTarget(String connectionId, Operation operation) {
    try {
      return ResourceId.parse(connectionId)
          .isChildOf(operation.request().target(), "privateEndpointConnections");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The grants whose assignment should be gone by now and is not. */
  public List<Grant> overdue() {
    Instant now = clock.instant();
    return ledger.grants().stream()
        .map(Versioned::value)
        .filter(grant -> grant.isOverdue(now))
        .toList();
  }

  /** Whether nothing is to be granted now, and why. */
  public Optional<Stop> stop() {
    return ledger.stop();
  }

  /** When the last sweep ended. */
  public Optional<Instant> lastSweep() {
    return ledger.lastSweep();
  }
}
