package dev.drawbridge.access.flow;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Step;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * Compares the ledger with what Azure has, at a slower pace than the sweep: an assignment of ours
 * that no grant stands for is taken away, and one that should be there and was removed by someone
 * else is told.
 */
public final class Orphans {

  /**
   * What was found.
   *
   * @param assignments of ours, in all subscriptions
   * @param orphans that no grant stood for
   * @param missing that somebody else has removed
   * @param failures how much could not be looked at
   */
  public record Report(int assignments, int orphans, int missing, int failures) {}

  /** A list may be this far behind. */
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(10);

  private static final String MISSING = "assignmentMissing";

  private final Ledger ledger;
  private final Changes changes;
  private final AccessControl accessControl;
  private final UUID tenantId;
  private final List<UUID> subscriptions;
  private final List<RoleTemplate> roles;
  private final Clock clock;

  /**
   * @param policy where the app may have made assignments
   * @param roles those that it makes
   */
  public Orphans(
      Ledger ledger,
      AccessControl accessControl,
      Policy policy,
      Collection<RoleTemplate> roles,
      Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.accessControl = accessControl;
    this.tenantId = policy.tenantId();
    this.subscriptions = policy.allowedSubscriptions().stream().sorted().toList();
    this.roles = List.copyOf(roles);
    this.clock = clock;
  }

  /**
   * @throws dev.drawbridge.access.port.PassingFault if the ledger can't be read; a subscription
   *     that can't be hinders no other
   */
  public Report run(Logger log) {
    Attempts attempts = new Attempts(log);
    List<Versioned<Grant>> grants =
        ledger.grants(); // before Azure: what is made since is no matter
    Set<UUID> shown = new HashSet<>();
    Set<String> looked = new HashSet<>();
    int[] orphans = {0};
    for (UUID subscription : subscriptions) {
      String scope = "/subscriptions/" + subscription;
      attempts.run(
          scope,
          () -> {
            for (Assignment assignment : accessControl.ours(scope)) {
              shown.add(assignment.access().assignmentName());
              attempts.run(
                  "assignment " + assignment.access().assignmentName(),
                  () -> orphans[0] += adopt(assignment, log) ? 1 : 0);
            }
            looked.add(scope);
          });
    }
    int missing = 0;
    for (Versioned<Grant> grant : grants) {
      Access access = grant.value().access();
      boolean isExpected =
          looked.contains(access.subscriptionId()) && !shown.contains(access.assignmentName());
      if (isExpected && grant.value().isMade() && !grant.value().isBeingRevoked()) {
        missing +=
            attempts.count(
                "assignment " + access.assignmentName(), () -> tellMissing(grant.value(), log));
      }
    }
    return new Report(shown.size(), orphans[0], missing, attempts.failures());
  }

  /**
   * Gives an assignment that no grant stands for a grant that is being revoked, so that the sweep
   * takes it away as any other, and nobody is granted the same meanwhile.
   */
  private boolean adopt(Assignment assignment, Logger log) {
    Access access = named(assignment.access());
    try {
      if (ledger.grant(access.assignmentName()).isPresent()) {
        return false;
      }
      Map<OperationId, Instant> needs = Needs.of(access, ledger, clock.instant());
      if (!needs.isEmpty()) {
        ledger.createGrant(Grant.restored(access, needs));
        log.severe(
            () ->
                "event=grantRestored assignment=%s: its row was lost, and is needed by %s"
                    .formatted(access.assignmentName(), needs.keySet()));
        return false;
      }
      ledger.createGrant(Grant.orphan(access, clock.instant()));
    } catch (ConflictException e) {
      return false; // it is being granted just now
    } catch (IllegalArgumentException e) {
      return removeUnaccounted(assignment, log);
    }
    log.severe(
        () ->
            "event=orphanFound assignment=%s scope=%s: no operation needs it, the next sweep takes it away"
                .formatted(access.assignmentName(), access.scope()));
    return true;
  }

  /** With the name of its role, which a list does not show, where it is one that we make. */
  private Access named(Access shown) {
    for (RoleTemplate template : roles) {
      String name = template.forScope(shown.scope()).name();
      if (RoleTemplate.definitionId(tenantId, name).equals(shown.roleId())) {
        return new Access(shown.scope(), name, shown.roleId(), shown.principalId());
      }
    }
    return shown;
  }

  /** Its grant can't be read, and so not be revoked: the marker says how long it may stand. */
  private boolean removeUnaccounted(Assignment assignment, Logger log) {
    Access access = assignment.access();
    boolean isOver =
        Marker.of(assignment.description())
            .map(marker -> !clock.instant().isBefore(marker.expiresAt()))
            .orElse(false);
    log.severe(
        () ->
            "event=grantUnreadable assignment=%s scope=%s: its row can't be read, %s"
                .formatted(
                    access.assignmentName(),
                    access.scope(),
                    isOver ? "its time is over and it is deleted" : "it is deleted at its time"));
    if (isOver) {
      String call = accessControl.unassign(access);
      log.info(() -> "assignment %s: deleted, %s".formatted(access.assignmentName(), call));
    }
    return isOver;
  }

  /** What somebody has taken away is not given again without being asked for. */
  private boolean tellMissing(Grant grant, Logger log) {
    List<Versioned<Operation>> affected = new ArrayList<>();
    for (OperationId id : grant.holds().keySet()) {
      ledger.operation(id).filter(found -> isAffected(found.value())).ifPresent(affected::add);
    }
    Optional<Assignment> found = Optional.empty();
    if (!affected.isEmpty()) {
      Optional<TraceContext> trace = affected.get(0).value().trace();
      found = CurrentTrace.in(trace, () -> accessControl.find(grant.access()));
    }
    if (affected.isEmpty() || found.isPresent()) {
      return false;
    }
    Instant now = clock.instant();
    String what =
        "the assignment of the role %s at %s was removed by someone else and is not made again: cancel this request, and send a new one if access is still wanted"
            .formatted(grant.access().roleName(), grant.access().scope());
    for (Versioned<Operation> operation : affected) {
      log.warning(() -> "operation %s: %s".formatted(operation.value().id(), what));
      changes.operation(
          operation,
          current ->
              isAffected(current)
                  ? current.with(Event.of(now, MISSING, what)).tells(Step.ATTENTION, what, now)
                  : current);
    }
    return true;
  }

  private boolean isAffected(Operation operation) {
    Instant settled = clock.instant().minus(SHOWN_WITHIN);
    return operation.awaitsConnection()
        && !operation.isExpired(clock.instant()) // then Azure may have ended it itself
        && !operation.has(MISSING)
        && operation.events().stream()
            .anyMatch(
                event -> event.what().equals("accessGranted") && event.at().isBefore(settled));
  }
}
