package dev.drawbridge.access.flow;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.Observation;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Looks at the targets, one read each however many operations watch it, and confirms the operations
 * whose connection stands.
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
    Optional<NetworkState> state = networks.read(target.kind(), target.id());
    for (OperationId id : watchers) {
      attempts.run(
          "operation " + id,
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
    Instant now = clock.instant();
    Observation seen = operation.request().observe(state, operation.baseline(), trusted);
    if (!(seen instanceof Observation.Connected connected)) {
      open.put(
          changes.operation(
              open.get(id),
              current ->
                  current.awaitsConnection() ? current.sees(seen.describe(), now) : current));
      return;
    }
    leaveToThis(connected.connection(), operation, watchers, open);
    log.info(() -> "operation %s: connected, %s".formatted(id, connected.detail()));
    open.put(
        changes.operation(
            open.get(id),
            current -> current.awaitsConnection() ? current.connectedBy(connected, now) : current));
  }

  /**
   * Of two clusters that wait for a connection on one target, one connection confirms only one.
   * Written before the confirmation, so that no crash between the two lets it count again.
   */
  private void leaveToThis(
      String connection, Operation confirmed, List<OperationId> watchers, OpenOperations open) {
    String cluster = confirmed.request().terms().clusterId();
    for (OperationId other : watchers) {
      Versioned<Operation> waiting = open.get(other);
      if (!waiting.value().request().terms().clusterId().equals(cluster)) {
        open.put(
            changes.operation(
                waiting,
                current ->
                    current.awaitsConnection() && !current.baseline().contains(connection)
                        ? current.without(connection)
                        : current));
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
    open.put(
        changes.operation(
            open.get(id),
            current -> current.awaitsConnection() ? current.endsAs(ending) : current));
  }
}
