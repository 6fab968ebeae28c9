package dev.drawbridge.access.flow;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Grantee;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.Preflight;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.Directory;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.access.port.RequestQueue;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * Grants an operation its access. Every effect is written down as intended first and comes out the
 * same when done twice, so that an attempt may stop anywhere and the next one goes on.
 */
public final class Granting {

  /**
   * Who gets which roles, and how far.
   *
   * @param roles a template for each kind
   * @param vendorApplication the application whose service principal gets access
   * @param ownPrincipal the object id of the app's own identity, where the settings name it
   */
  public record Rules(
      Policy policy,
      GrantScope scope,
      Map<ConnectionKind, RoleTemplate> roles,
      UUID vendorApplication,
      Optional<UUID> ownPrincipal,
      Backoff backoff) {}

  private final Ledger ledger;
  private final Changes changes;
  private final RequestQueue queue;
  private final Dispatch dispatch;
  private final Networks networks;
  private final Directory directory;
  private final AccessControl accessControl;
  private final Assigning assigning;
  private final Rules rules;
  private final Clock clock;

  public Granting(
      Ledger ledger,
      RequestQueue queue,
      Networks networks,
      Directory directory,
      AccessControl accessControl,
      Rules rules,
      Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.queue = queue;
    this.dispatch = new Dispatch(ledger, queue, clock);
    this.networks = networks;
    this.directory = directory;
    this.accessControl = accessControl;
    this.assigning = new Assigning(ledger, accessControl, rules.policy().tenantId(), clock);
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Makes one attempt. A passing fault puts the operation back on the queue; anything final ends
   * it. What the ledger can't take is thrown, so that the message comes again.
   *
   * @param message a message's body; one of another attempt than the operation is at is stale
   * @param queueName where the message was found
   * @return the operation that the message names
   * @throws IllegalArgumentException if the message is none of ours
   */
  public OperationId attempt(String message, String queueName, Logger log) {
    Attempt attempt = queue.read(message);
    OperationId id = attempt.operation();
    Optional<Versioned<Operation>> found = ledger.operation(id);
    if (found.isEmpty()) {
      log.warning(() -> "operation %s: a message names it, the ledger does not".formatted(id));
      return id;
    }
    Versioned<Operation> operation = found.get();
    if (!attempt.isAwaitedBy(operation.value(), queueName)) {
      log.info(
          () -> "operation %s: the message of attempt %d is stale".formatted(id, attempt.number()));
      return id;
    }
    CurrentTrace.in(operation.value().trace(), () -> attempt(operation, log));
    return id;
  }

  private void attempt(Versioned<Operation> operation, Logger log) {
    try {
      grant(operation, log);
    } catch (PassingFault fault) {
      postpone(operation, fault, log);
    } catch (PermanentFault fault) {
      fail(operation, fault.code(), String.valueOf(fault.getMessage()), log);
    }
  }

  private void grant(Versioned<Operation> operation, Logger log) {
    if (operation.value().isExpired(clock.instant())) {
      fail(operation, "expired", "Its time was over before access could be granted.", log);
      return;
    }
    ledger
        .stop()
        .ifPresent(
            stop -> {
              throw new PermanentFault("grantsStopped", stopped(stop));
            });
    var refusals = rules.policy().refusals(operation.value(), clock.instant());
    if (!refusals.isEmpty()) {
      throw new PermanentFault(
          "notAllowed", refusals.get(0).pointer() + " " + refusals.get(0).detail());
    }
    ConnectionRequest request = operation.value().request();
    if (request.grantee() == Grantee.NOBODY) {
      watch(operation, look(request), log);
      return;
    }
    RoleTemplate role = role(request);
    Optional<UUID> defined = accessControl.findRole(role, request.scope(rules.scope()));
    Versioned<Operation> intended = intend(operation, role, defined);
    Optional<Access> access = intended.value().access();
    if (access.isEmpty() || !intended.value().awaitsGrant()) {
      return; // cancelled meanwhile
    }
    Versioned<Grant> grant = assigning.hold(access.get(), intended.value());
    assigning.make(intended, grant.value(), role, defined, log);
  }

  private static String stopped(Stop stop) {
    return "Nothing is granted since %s: %s. Send the request again when it is."
        .formatted(stop.since(), stop.reason());
  }

  private Preflight.Passed look(ConnectionRequest request) {
    NetworkState state =
        networks
            .inspect(request)
            .orElseThrow(
                () ->
                    new PermanentFault(
                        "targetNotFound",
                        request.target()
                            + " does not exist. Correct the request and send it again."));
    Preflight preflight = request.preflight(state);
    if (preflight instanceof Preflight.Refused refused) {
      throw new PermanentFault(refused.code(), refused.message());
    }
    return (Preflight.Passed) preflight;
  }

  /** People approve, and nobody gets a role: from here on it is only watched. */
  private void watch(Versioned<Operation> operation, Preflight.Passed found, Logger log) {
    Instant now = clock.instant();
    Event watching = Event.of(now, "watching", "nobody gets a role, people approve the endpoint");
    changes.operation(
        operation,
        current ->
            current.awaitsGrant() ? current.passed(found).with(watching).granted(now) : current);
    log.info(() -> "operation %s: watched, nobody gets a role".formatted(operation.value().id()));
  }

  /** Looks at the target, and writes down what is to be given, before the first effect. */
  private Versioned<Operation> intend(
      Versioned<Operation> operation, RoleTemplate role, Optional<UUID> defined) {
    ConnectionRequest request = operation.value().request();
    Optional<Access> recorded = operation.value().access();
    if (recorded.isPresent()) {
      // An attempt before this one got this far: its baseline is the true one.
      refuseOther(recorded.get(), access(request, role, recorded.get().roleId()));
      return operation;
    }
    Preflight.Passed found = look(request);
    UUID ours = RoleTemplate.definitionId(rules.policy().tenantId(), role.name());
    Access access = access(request, role, defined.orElse(ours));
    return changes.operation(
        operation, now -> now.awaitsGrant() ? now.passed(found).intends(access) : now);
  }

  private Access access(ConnectionRequest request, RoleTemplate role, UUID roleId) {
    return new Access(
        request.scope(rules.scope()), role.name(), roleId, principal(request.grantee()));
  }

  /** What the ledger has is trusted no more than a request: someone else may have written it. */
  private static void refuseOther(Access recorded, Access asked) {
    if (!recorded.isSameAs(asked) || !recorded.roleName().equals(asked.roleName())) {
      throw new PermanentFault(
          "recordDiffers",
          "The access in the ledger is not the one that the request and the settings ask for. If the settings were not changed just now, find out who writes to the ledger. Send the request again.");
    }
  }

  private UUID principal(Grantee grantee) {
    if (grantee == Grantee.VENDOR) {
      return directory.servicePrincipalOf(rules.vendorApplication());
    }
    return rules
        .ownPrincipal()
        .orElseThrow(
            () ->
                new PermanentFault(
                    "ownPrincipalUnknown",
                    "Drawbridge can approve only with the setting OWN_PRINCIPAL_ID, the object id of its own identity."));
  }

  private void postpone(Versioned<Operation> operation, PassingFault fault, Logger log) {
    int failed = operation.value().delivery().attempt() + 1;
    if (failed >= rules.backoff().attempts()) {
      fail(
          operation,
          fault.code(),
          "Gave up after %d attempts: %s".formatted(failed, fault.getMessage()),
          log);
      return;
    }
    Instant now = clock.instant();
    Instant dueAt = now.plus(rules.backoff().after(failed, fault.retryAfter()));
    log.warning(
        () ->
            "operation %s: attempt %d met %s, again at %s"
                .formatted(operation.value().id(), failed, fault.code(), dueAt));
    Versioned<Operation> waiting =
        changes.operation(
            operation,
            current ->
                current.awaitsGrant() && current.delivery().attempt() == failed - 1
                    ? current.retriesAt(dueAt, now, fault.code() + ", " + fault.getMessage())
                    : current);
    if (waiting.value().awaitsGrant() && !waiting.value().delivery().sent()) {
      try {
        dispatch.send(waiting, log);
      } catch (PassingFault e) {
        log.warning(
            () ->
                "operation %s: the sweep has to queue it, %s"
                    .formatted(operation.value().id(), e.getMessage()));
      }
    }
  }

  private void fail(Versioned<Operation> operation, String code, String message, Logger log) {
    log.warning(
        () -> "operation %s: not granted, %s: %s".formatted(operation.value().id(), code, message));
    Ending ending = new Ending(Status.FAILED, code, message, clock.instant());
    changes.operation(operation, now -> now.awaitsGrant() ? now.endsAs(ending) : now);
  }

  private RoleTemplate role(ConnectionRequest request) {
    RoleTemplate template = rules.roles().get(request.kind());
    if (template == null) {
      throw new IllegalStateException("No role for " + request.kind());
    }
    return request.role(template);
  }
}
