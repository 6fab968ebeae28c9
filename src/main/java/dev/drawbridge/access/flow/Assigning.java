package dev.drawbridge.access.flow;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.logging.Logger;

/** Makes the assignment that an operation was promised, and makes sure of it. */
final class Assigning {
  /**
   * A call that made the assignment.
   *
   * @param stood whether it was known for ours and seen just before, so that it was only prolonged
   */
  private record Made(Event event, boolean stood) {}

  private final Ledger ledger;
  private final Changes changes;
  private final AccessControl accessControl;
  private final UUID tenantId;
  private final Clock clock;

  Assigning(Ledger ledger, AccessControl accessControl, UUID tenantId, Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.accessControl = accessControl;
    this.tenantId = tenantId;
    this.clock = clock;
  }

  /**
   * Enters the operation among the grant's holders, before the first effect.
   *
   * @throws PassingFault if the same access is being taken away: it is granted anew after that
   */
  Versioned<Grant> hold(Access access, Operation operation) {
    Optional<Versioned<Grant>> known = ledger.grant(access.assignmentName());
    boolean stands = known.isPresent() && known.get().value().goneAt().isEmpty();
    return stands ? join(known.get(), operation) : begin(access, operation, known);
  }

  /** A grant of which only the role is left makes room: it may be long until that can go. */
  private Versioned<Grant> begin(
      Access access, Operation operation, Optional<Versioned<Grant>> past) {
    Grant intended = Grant.intended(access, operation.id(), operation.expiresAt());
    if (past.map(gone -> !gone.value().canBeForgotten(clock.instant())).orElse(false)) {
      throw underWay(); // a call that deletes it may still take effect, on whatever has its name
    }
    try {
      return past.isPresent()
          ? ledger.updateGrant(past.get(), intended)
          : ledger.createGrant(intended);
    } catch (ConflictException e) { // another operation was faster
      return join(ledger.grant(access.assignmentName()).orElseThrow(() -> e), operation);
    }
  }

  private Versioned<Grant> join(Versioned<Grant> known, Operation operation) {
    Versioned<Grant> held =
        changes.grant(
            known,
            grant ->
                grant.isBeingRevoked()
                    ? grant
                    : grant.heldBy(operation.id(), operation.expiresAt()));
    if (held.value().isBeingRevoked()) { // maybe since just now; the hold is not this attempt's
      throw underWay();
    }
    return held;
  }

  private static PassingFault underWay() {
    return new PassingFault("revocationUnderWay", "the same access is being taken away just now");
  }

  /**
   * Makes the assignment under the hold that was just taken, unless it is no longer wanted, and
   * notes there what came of it. Only the attempt that took it can tell: what one before it began
   * may still take effect.
   *
   * @param defined the id of the role's definition, if there was one just now
   * @throws PermanentFault if there is an assignment to the same effect that is not ours
   */
  void make(
      Versioned<Operation> operation,
      Grant grant,
      RoleTemplate role,
      Optional<UUID> defined,
      Logger log) {
    OperationId id = operation.value().id();
    Optional<Made> made = Optional.empty();
    try {
      if (ledger.operation(id).map(now -> now.value().awaitsGrant()).orElse(false)) {
        made = Optional.of(assign(operation, grant, role, defined, log));
      }
    } catch (PassingFault fault) {
      if (!fault.effectUnknown()) { // else revocation has to wait for what may still take effect
        settle(id, Grant::notMadeBy);
      }
      throw fault;
    } catch (PermanentFault fault) {
      settle(id, Grant::notMadeBy);
      throw fault;
    }
    if (made.isEmpty()) {
      settle(id, Grant::notMadeBy);
      return;
    }
    note(operation, made.get().event(), log);
    conclude(operation, made.get().stood(), log);
  }

  /** Makes the role, unless it is defined, and the assignment. */
  private Made assign(
      Versioned<Operation> operation,
      Grant grant,
      RoleTemplate role,
      Optional<UUID> defined,
      Logger log) {
    OperationId id = operation.value().id();
    Access access = grant.access();
    UUID ours = RoleTemplate.definitionId(tenantId, role.name());
    if (!defined.orElse(ours).equals(access.roleId())) {
      // Made under another's id, it would not be known for ours and never be deleted.
      throw new PermanentFault(
          "roleReplaced",
          "The role %s was deleted or made anew by someone else while access was being granted. Send the request again."
              .formatted(access.roleName()));
    }
    if (defined.isEmpty()) {
      String call = accessControl.defineRole(role, access);
      note(operation, Event.of(clock.instant(), "roleCreated", access.roleName(), call), log);
    }
    // A role of its own making can't be assigned yet; any other can, by someone else.
    Optional<Assignment> before = defined.isEmpty() ? Optional.empty() : accessControl.find(access);
    before.ifPresent(assignment -> refuseForeign(assignment, access));
    String call = accessControl.assign(access, new Marker(id, grant.expiresAt()).toDescription());
    return new Made(
        Event.of(clock.instant(), "assignmentCreated", describe(access), call),
        before.isPresent() && grant.isMade());
  }

  private static void refuseForeign(Assignment assignment, Access access) {
    if (Marker.of(assignment.description()).isEmpty()) {
      throw new PermanentFault(
          "foreignAssignment",
          "An assignment of the role %s at %s is there that Drawbridge did not make. Remove it, and send the request again."
              .formatted(access.roleName(), access.scope()));
    }
    if (!assignment.access().isSameAs(access)) {
      throw new PermanentFault(
          "assignmentDiffers",
          "The assignment that Azure shows is not the one that was asked for.");
    }
  }

  /**
   * Reads the assignment back, notes that it was made, and tells that access stands.
   *
   * @param stood whether it was seen before: then it is not read once more
   */
  private void conclude(Versioned<Operation> operation, boolean stood, Logger log) {
    Access access = operation.value().access().orElseThrow();
    Optional<Assignment> shown = stood ? Optional.empty() : accessControl.find(access);
    if (!stood && shown.isEmpty()) {
      throw new PassingFault("assignmentNotVisible", "the assignment can't be read back yet");
    }
    // Only now: an assignment that Azure does not show yet would pass for one that is gone.
    settle(operation.value().id(), Grant::madeBy);
    shown.ifPresent(assignment -> refuseForeign(assignment, access));
    Instant now = clock.instant();
    changes.operation(
        operation,
        current ->
            current.awaitsGrant()
                ? current
                    .granted(now)
                    .with(Event.of(now, "assignmentVerified", describe(access)))
                    .with(
                        Event.of(
                            now,
                            "accessGranted",
                            "until %s at the latest".formatted(current.expiresAt())))
                : current);
    log.info(
        () ->
            "operation %s: access granted, %s".formatted(operation.value().id(), describe(access)));
  }

  /** Notes on the operation's hold, where it has one, what came of its call. */
  private void settle(OperationId id, BiFunction<Grant, OperationId, Grant> outcome) {
    ledger
        .operation(id)
        .flatMap(operation -> operation.value().access())
        .flatMap(access -> ledger.grant(access.assignmentName()))
        .ifPresent(
            found ->
                changes.grant(
                    found, grant -> grant.isHeldBy(id) ? outcome.apply(grant, id) : grant));
  }

  private void note(Versioned<Operation> operation, Event event, Logger log) {
    log.info(
        () ->
            "operation %s: %s %s".formatted(operation.value().id(), event.what(), event.detail()));
    changes.operation(operation, now -> now.endedAt().isPresent() ? now : now.with(event));
  }

  private static String describe(Access access) {
    return "%s for %s at %s".formatted(access.roleName(), access.principalId(), access.scope());
  }
}
