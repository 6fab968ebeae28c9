package dev.drawbridge.access.flow;

import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.MatchCode;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.RequestQueue;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Takes a request in: the operation is written, then its message sent, then the caller told. What
 * was written and not sent, the sweep sends. A new operation is part of the trace that this thread
 * is in; a repeated request changes nothing of the first one's.
 */
public final class Intake {

  /** What became of a request. */
  public sealed interface Result {
    /** It is an operation, new or known from before. */
    record Accepted(Operation operation) implements Result {}

    /** It asks for what this installation does not allow. */
    record Refused(List<Violation> violations) implements Result {}

    /** Its Idempotency-Key belongs to an operation of another request. */
    record KeyReused(OperationId operation) implements Result {}

    /** Nothing is taken in just now, on somebody's order. */
    record Stopped(Stop stop) implements Result {}

    /** It is written, but its message could not be sent; asking again is safe. */
    record NotQueued(Operation operation) implements Result {}
  }

  private final Ledger ledger;
  private final Dispatch dispatch;
  private final Messenger messenger;
  private final Policy policy;
  private final Supplier<MatchCode> matchCodes;
  private final Clock clock;

  /**
   * @param matchCodes makes a new one for each operation
   */
  public Intake(
      Ledger ledger,
      RequestQueue queue,
      Messenger messenger,
      Policy policy,
      Supplier<MatchCode> matchCodes,
      Clock clock) {
    this.ledger = ledger;
    this.dispatch = new Dispatch(ledger, queue, clock);
    this.messenger = messenger;
    this.policy = policy;
    this.matchCodes = matchCodes;
    this.clock = clock;
  }

  /**
   * @param idempotencyKey the caller's; without one, the ticket and the content are the key
   * @param source who has sent the request, for the record
   * @throws PassingFault if the ledger does not answer now
   */
  public Result accept(
      ConnectionRequest request, Optional<String> idempotencyKey, String source, Logger log) {
    return accept(
        request,
        idempotencyKey.map(OperationId::ofKey).orElseGet(() -> OperationId.ofContent(request)),
        source,
        log);
  }

  /**
   * As {@link #accept(ConnectionRequest, Optional, String, Logger)}, under an id that is
   * Drawbridge's own.
   */
  Result accept(ConnectionRequest request, OperationId id, String source, Logger log) {
    List<Violation> refusals = policy.refusals(request);
    if (!refusals.isEmpty()) {
      return new Result.Refused(refusals);
    }
    Optional<Stop> stop = ledger.stop();
    if (stop.isPresent()) {
      return new Result.Stopped(stop.get());
    }
    Versioned<Operation> operation =
        ledger
            .create(
                Operation.accepted(
                        id,
                        request,
                        matchCodes.get(),
                        messenger.addressees(request),
                        source,
                        clock.instant())
                    .tracedBy(CurrentTrace.get()))
            .or(() -> ledger.operation(id))
            .orElseThrow(
                () -> new PassingFault("ledgerBehind", "The operation was just written or ended"));
    if (!operation.value().request().fingerprint().equals(request.fingerprint())) {
      return new Result.KeyReused(id);
    }
    if (operation.value().delivery().sent() || !operation.value().awaitsGrant()) {
      return new Result.Accepted(operation.value());
    }
    try {
      return new Result.Accepted(dispatch.send(operation, log).value());
    } catch (PassingFault e) {
      log.warning(() -> "operation %s: not queued, %s: %s".formatted(id, e.code(), e.getMessage()));
      return new Result.NotQueued(operation.value());
    }
  }
}
