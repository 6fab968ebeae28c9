package dev.drawbridge.access.flow;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Deletions;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Step;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/**
 * Takes access away that nobody needs any more, and believes it only when Azure answers that the
 * assignment is not there.
 */
final class Revocation {
  /** What keeps access from being taken away, and takes a person. */
  private static final String BLOCKED = "revocationBlocked";

  private final Ledger ledger;
  private final Changes changes;
  private final AccessControl accessControl;
  private final UUID tenantId;
  private final Clock clock;

  Revocation(Ledger ledger, AccessControl accessControl, UUID tenantId, Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.accessControl = accessControl;
    this.tenantId = tenantId;
    this.clock = clock;
  }

  /** Whether an operation's access is still to be taken away, as far as the ledger knows. */
  boolean isOwed(Operation operation) {
    Optional<Access> access = operation.access();
    if (access.isEmpty()) {
      return false;
    }
    Optional<Versioned<Grant>> grant = ledger.grant(access.get().assignmentName());
    if (grant.isPresent() && grant.get().value().isHeldBy(operation.id())) {
      // Somebody else may have written that it is gone: only the operation's own row is believed.
      return grant.get().value().goneAt().isEmpty() || operation.isUnverified();
    }
    if (!operation.isUnverified()) {
      return false;
    }
    if (grant.flatMap(found -> found.value().goneAt()).isPresent()) {
      return true; // of its own holders: once that row is gone, this operation gets one
    }
    Instant now = clock.instant(); // somebody has removed the row: its access may stand
    if (grant.isPresent()) {
      changes.grant(grant.get(), found -> found.awaitedBy(operation.id(), now));
    } else {
      ledger.createGrant(
          Grant.restored(access.get(), Needs.of(access.get(), ledger, now))
              .awaitedBy(operation.id(), now));
    }
    return true;
  }

  /** Lets go of the holds that are no longer needed, and of the assignment after the last one. */
  void reconcile(Versioned<Grant> grant, OpenOperations open, Logger log) {
    Versioned<Grant> current = changes.grant(grant, now -> regain(release(now, open), open));
    if (current.value().isNeeded()) {
      tellThoseWhoWait(current.value(), open);
      return;
    }
    Instant now = clock.instant();
    current =
        changes.grant(current, unneeded -> unneeded.isNeeded() ? unneeded : unneeded.revoking(now));
    if (!current.value().isBeingRevoked()) {
      return; // somebody joined in between
    }
    if (current.value().goneAt().isEmpty()) {
      Optional<Versioned<Grant>> removed = remove(current, open, log);
      if (removed.isEmpty() || !removed.get().value().isSettled(clock.instant())) {
        return;
      }
      current = removed.get();
      if (current.value().mayHaveStood()) { // told first: from the next line on operations may end
        note(
            current.value(),
            open,
            Operation.ACCESS_GONE,
            "Azure answers that the assignment is gone",
            "");
      }
      current = ledger.updateGrant(current, current.value().gone(clock.instant()));
    }
    tidyRole(current.value(), open, log);
    if (current.value().canBeForgotten(clock.instant())) {
      ledger.deleteGrant(current);
    }
  }

  /** An operation whose access others still need ends when they have let go of it, too. */
  private void tellThoseWhoWait(Grant grant, OpenOperations open) {
    List<String> needed =
        grant.holds().entrySet().stream()
            .filter(hold -> !hold.getValue().released())
            .map(hold -> hold.getKey().toString())
            .sorted()
            .toList();
    Event shared =
        Event.of(
            clock.instant(),
            "accessShared",
            "the same access is still needed by %s, until %s at the latest"
                .formatted(String.join(", ", needed), grant.expiresAt()));
    for (OperationId id : grant.holds().keySet()) {
      if (!grant.isNeededBy(id)) {
        tell(open, id, operation -> once(operation, shared, Step.WAITING));
      }
    }
  }

  private Grant release(Grant grant, OpenOperations open) {
    Grant released = grant;
    for (var hold : grant.holds().entrySet()) {
      boolean overdue = !clock.instant().isBefore(hold.getValue().expiresAt());
      if (!hold.getValue().released() && (overdue || !needs(open, hold.getKey()))) {
        released = released.releasedBy(hold.getKey());
      }
    }
    return released;
  }

  /** One whose hold went with a row that somebody has removed, before another made the row anew. */
  private Grant regain(Grant grant, OpenOperations open) {
    if (grant.isBeingRevoked()) {
      return grant;
    }
    Grant regained = grant;
    for (var need : Needs.of(grant.access(), open.all(), clock.instant()).entrySet()) {
      if (!grant.isHeldBy(need.getKey())) {
        regained = regained.heldBy(need.getKey(), need.getValue()).madeBy(need.getKey());
      }
    }
    return regained;
  }

  private static boolean needs(OpenOperations open, OperationId id) {
    return open.find(id)
        .map(Versioned::value)
        .map(operation -> operation.ending().isEmpty() && operation.endedAt().isEmpty())
        .orElse(false);
  }

  /**
   * Has the assignment deleted, unless it is not ours.
   *
   * @return the grant as it is now, if the assignment is gone
   */
  private Optional<Versioned<Grant>> remove(
      Versioned<Grant> versioned, OpenOperations open, Logger log) {
    Grant grant = versioned.value();
    Access access = grant.access();
    Optional<Assignment> found = accessControl.find(access);
    boolean isForeign = found.map(shown -> Marker.of(shown.description()).isEmpty()).orElse(false);
    if (isForeign && grant.isMade()) {
      String problem =
          "assignment %s at %s no longer carries Drawbridge's marker and is not touched: remove it by hand"
              .formatted(access.assignmentName(), access.scope());
      log.severe(problem);
      Versioned<Grant> unused = changes.grant(versioned, now -> now.replaced(problem));
      note(grant, open, BLOCKED, problem, "");
      return Optional.empty();
    }
    boolean wasForeign = found.isEmpty() && grant.deletions().foreign();
    if (isForeign || wasForeign || (found.isEmpty() && !grant.mayHaveStood())) {
      return Optional.of(versioned); // it was never ours, which is why the operation failed
    }
    // Also where Azure shows none: it may be behind, and show one that was made just before.
    Versioned<Grant> deleted = delete(versioned, found.isPresent(), open);
    boolean gone = accessControl.find(access).isEmpty();
    log.info(
        () ->
            "assignment %s at %s: deleted, %s"
                .formatted(
                    access.assignmentName(),
                    access.scope(),
                    gone ? "verified" : "but Azure still shows it"));
    return gone ? Optional.of(deleted) : Optional.empty();
  }

  /**
   * Written down before, so that a sweep that was held up just here finds that another has finished
   * it since, and nothing of the name is made anew while the call may still take effect.
   */
  private Versioned<Grant> delete(Versioned<Grant> grant, boolean isShown, OpenOperations open) {
    Access access = grant.value().access();
    Versioned<Grant> deleting = ledger.updateGrant(grant, grant.value().deleting(clock.instant()));
    try {
      String call = accessControl.unassign(access);
      if (isShown) {
        note(
            grant.value(),
            open,
            "assignmentDeleted",
            access.roleName() + " at " + access.scope(),
            call);
      }
    } catch (PassingFault e) {
      if (e.code().equals(AccessControl.TOO_EARLY)) { // no refusal: nothing is wrong
        changes.grant(deleting, Grant::deleted);
        note(grant.value(), open, "revocationWaits", String.valueOf(e.getMessage()), "");
      } else if (!e.effectUnknown()) { // else it may take effect yet
        changes.grant(deleting, now -> now.notDeleted(e.code() + ": " + e.getMessage()));
      }
      throw e;
    } catch (PermanentFault e) {
      String cause = cause(e, access);
      changes.grant(deleting, now -> now.notDeleted(cause));
      note(grant.value(), open, BLOCKED, cause, "");
      throw e;
    }
    return changes.grant(deleting, Grant::deleted);
  }

  /** What keeps the assignment, such as a lock, is told where people look. */
  private static String cause(PermanentFault fault, Access access) {
    String azure = fault.code() + ": " + fault.getMessage();
    return fault.code().equals("ScopeLocked")
        ? "a lock at or above %s (CanNotDelete or ReadOnly) keeps the assignment; remove the lock, each sweep tries again. %s"
            .formatted(access.scope(), azure)
        : azure;
  }

  /**
   * Says of access that should be gone by now that it is not, at each sweep in the log, and once on
   * the operations and their tickets.
   */
  void escalate(Grant before, OpenOperations open, Logger log) {
    Access access = before.access();
    Optional<Grant> overdue =
        ledger
            .grant(access.assignmentName())
            .map(Versioned::value)
            .filter(now -> now.isOverdue(clock.instant()));
    if (overdue.isEmpty()) {
      return;
    }
    Deletions deletions = overdue.get().deletions();
    String cause = deletions.cause().isEmpty() ? "Azure still shows it" : deletions.cause();
    log.severe(
        () ->
            "event=accessOverdue assignment=%s scope=%s principal=%s since=%s: %s"
                .formatted(
                    access.assignmentName(),
                    access.scope(),
                    access.principalId(),
                    overdue.get().revokingSince().map(Instant::toString).orElse(""),
                    cause));
    if (deletions.refused() >= Grant.MOST_REFUSALS) {
      log.severe(
          () ->
              "event=revocationFailing assignment=%s times=%d: %s"
                  .formatted(access.assignmentName(), deletions.refused(), cause));
    }
    Event event =
        Event.of(
            clock.instant(),
            "accessOverdue",
            "the access that should be gone still stands: " + cause);
    for (OperationId id : overdue.get().holds().keySet()) {
      tell(open, id, operation -> once(operation, event, Step.ATTENTION));
    }
  }

  private void tidyRole(Grant grant, OpenOperations open, Logger log) {
    Access access = grant.access();
    boolean ours = access.roleId().equals(RoleTemplate.definitionId(tenantId, access.roleName()));
    boolean inUse =
        ledger.grants().stream()
            .map(other -> other.value().access())
            .anyMatch(
                other ->
                    other.roleId().equals(access.roleId())
                        && !other.assignmentName().equals(access.assignmentName()));
    if (ours && !inUse && accessControl.deleteRole(access)) {
      log.info(() -> "role %s: deleted, nothing uses it".formatted(access.roleName()));
      note(grant, open, "roleDeleted", access.roleName(), "");
    }
  }

  private void note(Grant grant, OpenOperations open, String what, String detail, String call) {
    Event event =
        call.isEmpty()
            ? Event.of(clock.instant(), what, detail)
            : Event.of(clock.instant(), what, detail, call);
    grant.holds().keySet().forEach(id -> tell(open, id, operation -> once(operation, event)));
  }

  private void tell(OpenOperations open, OperationId id, UnaryOperator<Operation> change) {
    open.find(id)
        .filter(operation -> operation.value().endedAt().isEmpty())
        .ifPresent(
            operation ->
                open.put(
                    changes.operation(
                        operation, now -> now.endedAt().isPresent() ? now : change.apply(now))));
  }

  /** A deletion that Azure is slow to show is done again, but told once. */
  private static Operation once(Operation operation, Event event) {
    return operation.has(event.what()) ? operation : operation.with(event);
  }

  private static Operation once(Operation operation, Event event, Step step) {
    Operation changed = once(operation, event);
    return changed.equals(operation) ? operation : changed.tells(step, event.detail(), event.at());
  }
}
