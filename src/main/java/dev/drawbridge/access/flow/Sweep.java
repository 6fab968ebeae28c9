package dev.drawbridge.access.flow;

import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.RequestQueue;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * One tick of the timer. It looks at the world as it is and does what is due, so that whatever was
 * missed, lost or interrupted is made good at the next one.
 */
public final class Sweep {

  /** A sender gets this long to send a message and note it, before the sweep sends it. */
  static final Duration SENDING_AT_MOST = Duration.ofSeconds(30);

  /**
   * A message that is not acted on for this long is taken for lost. Longer than the queues'
   * duplicate detection remembers (ten minutes), so that the queue takes it again.
   */
  static final Duration LOST_AFTER = Duration.ofMinutes(15);

  private final Ledger ledger;
  private final Changes changes;
  private final Dispatch dispatch;
  private final Watch watch;
  private final Revocation revocation;
  private final Clock clock;

  public Sweep(
      Ledger ledger,
      RequestQueue queue,
      Networks networks,
      AccessControl accessControl,
      TrustedRemotes trusted,
      UUID tenantId,
      Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.dispatch = new Dispatch(ledger, queue, clock);
    this.watch = new Watch(ledger, networks, trusted, clock);
    this.revocation = new Revocation(ledger, accessControl, tenantId, clock);
    this.clock = clock;
  }

  /**
   * @throws dev.drawbridge.access.port.PassingFault if the ledger can't be read; everything else
   *     that fails is logged and counted, and hinders nothing else
   */
  public SweepReport run(Logger log) {
    Attempts attempts = new Attempts(log);
    Optional<Stop> stop = ledger.stop(); // whatever is taken in after this finds it itself
    // Grants first: whoever holds one of these was written before, so the operations include it.
    List<Versioned<Grant>> grants = ledger.grants();
    OpenOperations open = new OpenOperations(ledger);
    if (stop.isPresent()) {
      for (OperationId id : open.ids()) {
        attempts.run(open.get(id).value(), () -> revoke(open, id, stop.get()));
      }
    }
    for (OperationId id : open.ids()) {
      attempts.run(open.get(id).value(), () -> deliver(open, id, log));
    }
    watch.observe(open, attempts, log);
    for (OperationId id : open.ids()) {
      attempts.run(open.get(id).value(), () -> expire(open, id, log));
    }
    for (Versioned<Grant> grant : grants) {
      attempts.run(
          "assignment " + grant.value().access().assignmentName(),
          () ->
              CurrentTrace.in(
                  open.traceOf(grant.value()), () -> revocation.reconcile(grant, open, log)));
      if (grant.value().isBeingRevoked()) {
        attempts.run(
            "assignment " + grant.value().access().assignmentName(),
            () -> revocation.escalate(grant.value(), open, log));
      }
    }
    int ended = 0;
    List<Operation> running =
        open.ids().stream()
            .map(id -> open.get(id).value())
            .filter(operation -> operation.endedAt().isEmpty())
            .toList();
    for (OperationId id : open.ids()) {
      ended += attempts.count("operation " + id, () -> end(open, id, log));
    }
    ledger.noteSweep(clock.instant());
    return new SweepReport(
        running.size(), grants.size(), ended, attempts.failures(), oldest(running));
  }

  private Duration oldest(List<Operation> running) {
    Instant now = clock.instant();
    return running.stream()
        .map(operation -> Duration.between(operation.acceptedAt(), now))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** While the emergency brake is pulled nothing goes on, also what was taken in just then. */
  private void revoke(OpenOperations open, OperationId id, Stop stop) {
    Ending revoked =
        new Ending(
            Status.FAILED,
            "allRevoked",
            "All access was revoked by hand: %s. Send a new request when it is granted again."
                .formatted(stop.reason()),
            clock.instant());
    open.put(
        changes.operation(
            open.get(id), now -> now.endedAt().isPresent() ? now : now.endsAs(revoked)));
  }

  /** Sends what was written and never sent, or sent and never seen again. */
  private void deliver(OpenOperations open, OperationId id, Logger log) {
    Versioned<Operation> operation = open.get(id);
    if (!operation.value().awaitsGrant()) {
      return;
    }
    Instant now = clock.instant();
    Instant dueAt = operation.value().delivery().dueAt();
    boolean unsent = !operation.value().delivery().sent();
    if (now.isAfter(dueAt.plus(unsent ? SENDING_AT_MOST : LOST_AFTER))) {
      log.warning(
          () ->
              "operation %s: its message was %s, sending it again"
                  .formatted(id, unsent ? "never sent" : "lost"));
      open.put(dispatch.send(operation, log));
    }
  }

  private void expire(OpenOperations open, OperationId id, Logger log) {
    Instant now = clock.instant();
    Operation operation = open.get(id).value();
    if (operation.ending().isEmpty() && operation.isExpired(now)) {
      log.warning(() -> "operation %s: expired, its access is taken away".formatted(id));
      Ending expired =
          new Ending(
              Status.FAILED,
              "expired",
              "The connection was not confirmed by %s. Last seen: %s. Send a new request if it is still wanted."
                  .formatted(
                      operation.expiresAt(),
                      operation.seen().isEmpty() ? "nothing" : operation.seen()),
              now);
      open.put(changes.operation(open.get(id), current -> current.endsAs(expired)));
    }
  }

  /** Ends an operation whose end is decided and whose access is gone, or was never to be. */
  private boolean end(OpenOperations open, OperationId id, Logger log) {
    Versioned<Operation> operation = open.get(id);
    if (operation.value().endedAt().isPresent()) {
      if (operation.value().isOver()) { // whoever made that so stopped before it was put away
        ledger.close(operation, operation.value());
      }
      return false;
    }
    if (operation.value().ending().isEmpty() || revocation.isOwed(operation.value())) {
      return false;
    }
    Operation ended = operation.value().ended(clock.instant(), operation.value().isVerified());
    if (ended.isOver()) {
      ledger.close(operation, ended);
    } else { // it stays among the open ones until its end is told
      open.put(ledger.update(operation, ended));
    }
    log.info(
        () ->
            "operation %s: %s, ticket %s"
                .formatted(id, ended.status().word(), ended.request().terms().ticket()));
    return true;
  }
}
