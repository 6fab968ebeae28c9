package dev.drawbridge.access.flow;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grantee;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.Observation;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/**
 * Looks at the targets, one read each however many operations watch it, and confirms the operations
 * whose connection stands. A read is in the trace of the oldest of these operations.
 */
final class Watch {

  private record Target(ConnectionKind kind, ResourceId id) {}

  private final Changes changes;
  private final Networks networks;
  private final TrustedRemotes trusted;
  private final Clock clock;

  Watch(Ledger ledger, Networks networks, TrustedRemotes trusted, Clock clock) {
    this.changes = new Changes(ledger);
    this.networks = networks;
    this.trusted = trusted;
    this.clock = clock;
  }

  void observe(OpenOperations open, Attempts attempts, Logger log) {
    Map<Target, List<OperationId>> targets = new LinkedHashMap<>();
    for (OperationId id : open.ids()) {
      Operation operation = open.get(id).value();
      if (operation.awaitsConnection()) {
        ConnectionRequest request = operation.request();
        targets
            .computeIfAbsent(
                new Target(request.kind(), request.target()), target -> new ArrayList<>())
            .add(id);
      }
    }
    targets.forEach(
        (target, watchers) ->
            attempts.run(
                target.id().toString(), () -> observe(target, watchers, open, attempts, log)));
  }

  private void observe(
      Target target,
      List<OperationId> watchers,
      OpenOperations open,
      Attempts attempts,
      Logger log) {
    Optional<TraceContext> trace = open.get(watchers.get(0)).value().trace();
    Optional<NetworkState> state =
        CurrentTrace.in(trace, () -> networks.read(target.kind(), target.id()));
    for (OperationId id : watchers) {
      attempts.run(
          open.get(id).value(),
          () -> {
            if (state.isEmpty()) {
              targetGone(open, id, log);
            } else {
              decide(state.get(), id, watchers, open, log);
            }
          });
    }
  }

  private void decide(
      NetworkState state,
      OperationId id,
      List<OperationId> watchers,
      OpenOperations open,
      Logger log) {
    Operation operation = open.get(id).value();
    if (!operation.awaitsConnection()) {
      return; // the same connection has confirmed it with another
    }
    Instant now = clock.instant();
    Observation seen = operation.request().observe(state, operation.criteria(trusted));
    if (seen instanceof Observation.Connected connected) {
      leaveToThis(connected.connection(), operation, open);
      for (OperationId same : watchers) {
        Operation waiting = open.get(same).value();
        if (waiting.awaitsConnection() && waiting.request().wantsTheSameAs(operation.request())) {
          log.info(() -> "operation %s: connected, %s".formatted(same, connected.detail()));
          change(open, same, current -> current.connectedBy(connected, now));
        }
      }
    } else if (seen instanceof Observation.Approvable approvable) {
      approve(approvable, id, open, log);
    } else if (seen instanceof Observation.Undecided undecided) {
      change(open, id, waiting -> waiting.needsDecision(undecided, now));
    } else {
      change(open, id, waiting -> waiting.sees(seen.detail(), now));
    }
  }

  /** Approves what is the operation's for certain, if that is Drawbridge's to do. */
  private void approve(
      Observation.Approvable seen, OperationId id, OpenOperations open, Logger log) {
    Instant now = clock.instant();
    change(open, id, waiting -> waiting.recognizes(seen.connection()));
    Operation operation = open.get(id).value();
    if (!operation.awaitsConnection() || operation.isExpired(now)) {
      return; // canceled meanwhile, or out of time: nothing is approved any more
    }
    if (operation.request().grantee() != Grantee.DRAWBRIDGE) {
      String waits = seen.detail() + " and waits for an approval";
      boolean byPeople = operation.request().grantee() == Grantee.NOBODY;
      change(
          open,
          id,
          waiting -> byPeople ? waiting.needsApproval(waits, now) : waiting.sees(waits, now));
      return;
    }
    try {
      String call =
          networks.approve(
              operation.request().target(),
              seen.connection(),
              "Approved by Drawbridge for ticket " + operation.request().terms().ticket());
      log.info(() -> "operation %s: approved %s".formatted(id, seen.connection()));
      change(
          open,
          id,
          waiting ->
              waiting
                  .sees(seen.detail(), now)
                  .with(Event.of(now, "connectionApproved", seen.connection(), call)));
    } catch (PermanentFault e) {
      // Azure may take minutes to let a new role through; what is refused for good ends by expiry.
      log.warning(() -> "operation %s: not approved, %s".formatted(id, e.getMessage()));
      change(
          open,
          id,
          waiting ->
              waiting.sees(seen.detail() + ", and Azure refuses its approval: " + e.code(), now));
    }
  }

  private void change(OpenOperations open, OperationId id, UnaryOperator<Operation> change) {
    open.put(
        changes.operation(
            open.get(id), current -> current.awaitsConnection() ? change.apply(current) : current));
  }

  /**
   * Of two operations that want different connections on one target, one connection confirms only
   * one; the other may still wait for its access, with a look at the target behind it. Written
   * before the confirmation, so that no crash between the two lets it count again.
   */
  private void leaveToThis(String connection, Operation confirmed, OpenOperations open) {
    for (OperationId other : open.ids()) {
      ConnectionRequest request = open.get(other).value().request();
      if (request.kind() == confirmed.request().kind()
          && request.target().equals(confirmed.request().target())
          && !request.wantsTheSameAs(confirmed.request())) {
        open.put(
            changes.operation(
                open.get(other),
                current ->
                    current.ending().isPresent() || current.baseline().contains(connection)
                        ? current
                        : current.without(connection)));
      }
    }
  }

  private void targetGone(OpenOperations open, OperationId id, Logger log) {
    Operation operation = open.get(id).value();
    log.warning(() -> "operation %s: %s is gone".formatted(id, operation.request().target()));
    Ending ending =
        new Ending(
            Status.FAILED,
            "targetGone",
            operation.request().target() + " was deleted while a connection was waited for.",
            clock.instant());
    change(open, id, waiting -> waiting.endsAs(ending));
  }
}
