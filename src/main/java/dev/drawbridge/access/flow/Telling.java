package dev.drawbridge.access.flow;

import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells whoever asked what the operations' outboxes hold, each step at least once. An attempt is
 * written down before it is made; one after another that may have come through looks first whether
 * it did. Apart from what grants and revokes, so that a ticket system that is slow or down delays
 * neither.
 */
public final class Telling {
  /** After this, a notice that still can't be told is given up. */
  static final Duration TRIED_FOR = Duration.ofHours(24);

  /** How long an attempt may be under way: longer than the host lets a function run. */
  static final Duration ATTEMPT_AT_MOST = Grant.IN_FLIGHT_AT_MOST;

  /** How long a line that failed is left alone, and how long at most one that asked for it. */
  private static final Duration RESTED_FOR = Duration.ofMinutes(1);

  private static final Duration LONGEST_REST = Duration.ofHours(1);

  /** A run that takes longer leaves the rest to the next. */
  private static final Duration RUN_AT_MOST = Duration.ofMinutes(2);

  private static final Backoff BACKOFF =
      new Backoff(
          Duration.ofSeconds(15), Duration.ofHours(1), Duration.ofHours(1), Integer.MAX_VALUE);

  private final Ledger ledger;
  private final Changes changes;
  private final Messenger messenger;
  private final Clock clock;

  /** Lines that failed, and until when they are left alone; of this process, to spare it waits. */
  private final Map<String, Instant> resting = new ConcurrentHashMap<>();

  public Telling(Ledger ledger, Messenger messenger, Clock clock) {
    this.ledger = ledger;
    this.changes = new Changes(ledger);
    this.messenger = messenger;
    this.clock = clock;
  }

  /**
   * Tells all that is due.
   *
   * @return how many notices were told or given up
   * @throws PassingFault if the ledger can't be read; everything else that fails is logged, and
   *     hinders nothing else
   */
  public int run(Logger log) {
    Instant until = clock.instant().plus(RUN_AT_MOST);
    Attempts attempts = new Attempts(log);
    int[] told = {0};
    List<Versioned<Operation>> open =
        ledger.openOperations().stream()
            .sorted(Comparator.comparing(operation -> operation.value().acceptedAt()))
            .toList();
    for (Versioned<Operation> operation : open) {
      if (clock.instant().isBefore(until)) {
        attempts.run(
            "operation %s's news".formatted(operation.value().id()),
            () -> told[0] += tell(operation, log));
      }
    }
    return told[0];
  }

  /** Tells what one operation has to tell now; whatever fails is left to {@link #run}. */
  public void run(OperationId id, Logger log) {
    new Attempts(log)
        .run(
            "operation %s's news".formatted(id),
            () ->
                ledger
                    .operation(id)
                    .filter(found -> !found.value().isOver()) // it may have been put away
                    .ifPresent(found -> tell(found, log)));
  }

  private int tell(Versioned<Operation> operation, Logger log) {
    return CurrentTrace.in(operation.value().trace(), () -> tellAll(operation, log));
  }

  private int tellAll(Versioned<Operation> operation, Logger log) {
    Versioned<Operation> current = operation;
    int before = open(current.value());
    for (Addressee to : Addressee.values()) {
      Optional<Notice> due = due(current.value(), to);
      while (due.isPresent()) {
        current = attempt(current, due.get(), log);
        due = due(current.value(), to);
      }
    }
    if (current.value().isOver()) {
      ledger.close(current, current.value());
    }
    return before - open(current.value());
  }

  private static int open(Operation operation) {
    return (int) operation.outbox().notices().stream().filter(Notice::isOpen).count();
  }

  private Optional<Notice> due(Operation operation, Addressee to) {
    Instant now = clock.instant();
    return operation
        .outbox()
        .next(to)
        .filter(notice -> !now.isBefore(notice.dueAt()))
        .filter(notice -> !isResting(messenger.line(operation, to), now));
  }

  private boolean isResting(String line, Instant now) {
    return now.isBefore(resting.getOrDefault(line, Instant.MIN));
  }

  /**
   * @throws ConflictException if another instance has changed the operation, which may be telling
   *     the same: it is left to that one
   */
  private Versioned<Operation> attempt(Versioned<Operation> operation, Notice notice, Logger log) {
    Instant now = clock.instant();
    Versioned<Operation> begun =
        ledger.update(operation, operation.value().begins(notice, now.plus(ATTEMPT_AT_MOST)));
    try {
      if (notice.attempts() == 0 || !messenger.hasTold(begun.value(), notice)) {
        messenger.tell(begun.value(), notice);
      }
    } catch (PassingFault fault) {
      return failed(begun, notice, fault, log);
    } catch (PermanentFault fault) {
      return givenUp(begun, notice, fault.code() + ", " + fault.getMessage(), log);
    } catch (RuntimeException e) { // a bug, too, must come to an end
      log.log(Level.SEVERE, e, () -> "operation " + begun.value().id() + ": " + notice.key());
      return failed(begun, notice, new PassingFault(Messenger.NOT_THIS_ONE, e.toString()), log);
    }
    log.info(() -> "operation %s: told %s".formatted(begun.value().id(), notice.key()));
    return changes.operation(begun, current -> current.told(notice));
  }

  private Versioned<Operation> failed(
      Versioned<Operation> begun, Notice notice, PassingFault fault, Logger log) {
    Instant now = clock.instant();
    int attempts = notice.attempts() + 1;
    String why = "%s, %s".formatted(fault.code(), fault.getMessage());
    if (!now.isBefore(notice.since().plus(TRIED_FOR))) {
      return givenUp(begun, notice, "after %d attempts: %s".formatted(attempts, why), log);
    }
    Instant dueAt = now.plus(BACKOFF.after(attempts, fault.retryAfter()));
    if (!fault.code().equals(Messenger.NOT_THIS_ONE)) {
      Instant rested = now.plus(fault.retryAfter().isPresent() ? LONGEST_REST : RESTED_FOR);
      resting.put(
          messenger.line(begun.value(), notice.to()), dueAt.isBefore(rested) ? dueAt : rested);
    }
    log.warning(
        () ->
            "operation %s: %s is not told, again at %s: %s"
                .formatted(begun.value().id(), notice.key(), dueAt, why));
    return changes.operation(begun, current -> current.tellsAgainAt(notice, dueAt));
  }

  private Versioned<Operation> givenUp(
      Versioned<Operation> begun, Notice notice, String why, Logger log) {
    log.severe(
        () ->
            "operation %s: %s is never told, %s".formatted(begun.value().id(), notice.key(), why));
    UnaryOperator<Operation> change = current -> current.givesUp(notice, why, clock.instant());
    return changes.operation(begun, change);
  }
}
