package dev.drawbridge.access.flow;

import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * Puts the requests behind parked messages back, each as a new operation. Only an operation that
 * failed is put back: one that succeeded has its connection, and one that was canceled is not
 * wanted. Its request is read and checked as if it had just come in.
 */
public final class Replaying {
  /** A call looks at so many messages at most, to end in time. */
  public static final int MOST = 100;

  private static final Comparator<Versioned<Parked>> ORDER =
      Comparator.comparing((Versioned<Parked> one) -> one.value().attempt().isEmpty())
          .thenComparing(one -> one.value().at())
          .thenComparing(one -> one.value().id());

  /**
   * What is to be put back, and why.
   *
   * @param by who wants it, as far as that is known
   * @param ids which messages; without it, all that were not put back yet
   * @param dryRun whether to tell only what would come of it
   */
  public record Order(String reason, String by, Optional<Set<UUID>> ids, boolean dryRun) {
    public Order {
      ids = ids.map(Set::copyOf);
    }
  }

  /** What came of a message. */
  public enum Result {
    REPLAYED,
    /** In a dry run: it can be put back. */
    REPLAYABLE,
    REPLAYED_BEFORE,
    /** No operation can be read behind it. */
    NOT_REPLAYABLE,
    /** Its operation goes on. */
    NOT_ENDED,
    /** Its operation succeeded, or was canceled. */
    NOT_FAILED,
    /** Its request is not allowed any more. */
    REFUSED,
    /** The ledger does not answer now; the same order again goes on. */
    NOT_NOW
  }

  /**
   * What came of one message, and why.
   *
   * @param operation the new operation, if there is one
   */
  public record Outcome(
      Parked message, Result result, String detail, Optional<OperationId> operation) {}

  /**
   * @param unknown the ids that no message has
   * @param left how many that were not put back were not looked at
   */
  public record Report(List<Outcome> outcomes, Set<UUID> unknown, int left) {}

  private final Ledger ledger;
  private final Intake intake;
  private final Policy policy;
  private final Limits limits;
  private final Clock clock;

  public Replaying(Ledger ledger, Intake intake, Policy policy, Limits limits, Clock clock) {
    this.ledger = ledger;
    this.intake = intake;
    this.policy = policy;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @throws PassingFault if the ledger can't list what is parked now
   */
  public Report run(Order order, Logger log) {
    List<Versioned<Parked>> wanted =
        ledger.parked().stream().filter(one -> isWanted(one.value(), order)).sorted(ORDER).toList();
    List<Outcome> outcomes = new ArrayList<>();
    boolean away = false;
    for (Versioned<Parked> one : wanted.subList(0, Math.min(MOST, wanted.size()))) {
      Outcome outcome =
          away
              ? without(one, Result.NOT_NOW, "The ledger does not answer now.")
              : attempt(one, order, log);
      away = outcome.result() == Result.NOT_NOW;
      outcomes.add(outcome);
    }
    Set<UUID> unknown = new TreeSet<>(order.ids().orElse(Set.of()));
    wanted.forEach(one -> unknown.remove(one.value().id()));
    return new Report(outcomes, unknown, wanted.size() - outcomes.size());
  }

  private static boolean isWanted(Parked message, Order order) {
    return order
        .ids()
        .map(ids -> ids.contains(message.id()))
        .orElseGet(() -> message.replay().isEmpty());
  }

  private Outcome attempt(Versioned<Parked> message, Order order, Logger log) {
    try {
      return replay(message, order, log);
    } catch (PassingFault | ConflictException e) {
      log.warning(
          () -> "message %s: not put back now, %s".formatted(message.value().id(), e.getMessage()));
      return without(message, Result.NOT_NOW, "The ledger does not answer now.");
    }
  }

  private Outcome replay(Versioned<Parked> message, Order order, Logger log) {
    Optional<Parked.Replay> before = message.value().replay();
    if (before.isPresent()) {
      return new Outcome(
          message.value(),
          Result.REPLAYED_BEFORE,
          "It was put back at %s.".formatted(before.get().at()),
          Optional.of(before.get().operation()));
    }
    Optional<Operation> named = operation(message.value());
    if (named.isEmpty()) {
      return without(
          message, Result.NOT_REPLAYABLE, "No operation of this queue stands behind it.");
    }
    Operation failed = named.get();
    Optional<Outcome> unwanted = unlessFailed(message, failed);
    if (unwanted.isPresent()) {
      return unwanted.get();
    }
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(failed.request().toFields(), limits);
    if (parsed instanceof Parsed.Valid<ConnectionRequest> valid) {
      return putBack(message, failed.id(), valid.value(), order, log);
    }
    return refused(
        message,
        parsed instanceof Parsed.Invalid<ConnectionRequest> invalid
            ? invalid.violations()
            : List.of());
  }

  private static Optional<Outcome> unlessFailed(Versioned<Parked> message, Operation operation) {
    if (operation.endedAt().isEmpty()) {
      return Optional.of(without(message, Result.NOT_ENDED, "Its operation has not ended yet."));
    }
    if (operation.status() != Status.FAILED) {
      return Optional.of(
          without(
              message,
              Result.NOT_FAILED,
              "Its operation has ended as %s.".formatted(operation.status().word())));
    }
    return Optional.empty();
  }

  /** The operation that a message names, if its queue is that operation's. */
  private Optional<Operation> operation(Parked message) {
    try {
      return message
          .attempt()
          .flatMap(attempt -> ledger.operation(attempt.operation()))
          .map(Versioned::value)
          .filter(operation -> operation.request().kind().queue().equals(message.queue()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a row that can't be read
    }
  }

  private Outcome putBack(
      Versioned<Parked> message,
      OperationId failed,
      ConnectionRequest request,
      Order order,
      Logger log) {
    if (order.dryRun()) {
      Optional<Stop> stop = ledger.stop();
      if (stop.isPresent()) {
        return stopped(message, stop.get());
      }
      List<Violation> refusals = policy.refusals(request);
      return refusals.isEmpty()
          ? without(message, Result.REPLAYABLE, "Its request can be put back.")
          : refused(message, refusals);
    }
    Intake.Result result = intake.accept(request, OperationId.ofReplay(failed), "replay", log);
    if (result instanceof Intake.Result.Accepted accepted) {
      return replayed(message, accepted.operation(), "It is queued.", order, log);
    }
    if (result instanceof Intake.Result.NotQueued waiting) {
      return replayed(message, waiting.operation(), "The next sweep queues it.", order, log);
    }
    if (result instanceof Intake.Result.Refused refused) {
      return refused(message, refused.violations());
    }
    if (result instanceof Intake.Result.Stopped stopped) {
      return stopped(message, stopped.stop());
    }
    return without(
        message, Result.REFUSED, "It was put back before, and its request has changed since.");
  }

  private Outcome replayed(
      Versioned<Parked> message, Operation operation, String detail, Order order, Logger log) {
    Parked.Replay replay =
        new Parked.Replay(operation.id(), clock.instant(), order.by(), order.reason());
    log.warning(
        () ->
            "event=replayed operation=%s message=%s by=%s: %s"
                .formatted(operation.id(), message.value().id(), replay.by(), replay.reason()));
    Parked noted = ledger.updateParked(message, message.value().with(replay)).value();
    return new Outcome(noted, Result.REPLAYED, detail, Optional.of(operation.id()));
  }

  private static Outcome refused(Versioned<Parked> message, List<Violation> violations) {
    return without(
        message,
        Result.REFUSED,
        "Its request is not allowed any more: "
            + String.join(
                ", ", violations.stream().map(one -> one.pointer() + " " + one.detail()).toList()));
  }

  private static Outcome stopped(Versioned<Parked> message, Stop stop) {
    return without(
        message,
        Result.REFUSED,
        "Nothing is granted since %s: %s.".formatted(stop.since(), stop.reason()));
  }

  private static Outcome without(Versioned<Parked> message, Result result, String detail) {
    return new Outcome(message.value(), result, detail, Optional.empty());
  }
}
