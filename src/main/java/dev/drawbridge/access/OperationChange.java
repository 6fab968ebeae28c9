package dev.drawbridge.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An operation with some of its components changed. */
final class OperationChange {
  private final Operation from;
  private Delivery delivery;
  private Phase phase;
  private Set<String> baseline;
  private Optional<Access> access;
  private Optional<String> connection;
  private Map<Fact, String> facts;
  private Optional<String> chosen;
  private List<Undecided> undecided;
  private String seen;
  private Optional<Ending> ending;
  private Optional<Instant> endedAt;
  private Trail trail;
  private Outbox outbox;
  private Optional<TraceContext> trace;

  OperationChange(Operation from) {
    this.from = from;
    delivery = from.delivery();
    phase = from.phase();
    baseline = from.baseline();
    access = from.access();
    connection = from.connection();
    facts = from.facts();
    chosen = from.chosen();
    undecided = from.undecided();
    seen = from.seen();
    ending = from.ending();
    endedAt = from.endedAt();
    trail = from.trail();
    outbox = from.outbox();
    trace = from.trace();
  }

  OperationChange delivery(Delivery changed) {
    delivery = changed;
    return this;
  }

  OperationChange phase(Phase changed) {
    phase = changed;
    return this;
  }

  OperationChange baseline(Set<String> changed) {
    baseline = changed;
    return this;
  }

  OperationChange access(Optional<Access> changed) {
    access = changed;
    return this;
  }

  OperationChange connection(Optional<String> changed) {
    connection = changed;
    return this;
  }

  OperationChange facts(Map<Fact, String> changed) {
    facts = changed;
    return this;
  }

  OperationChange chosen(Optional<String> changed) {
    chosen = changed;
    return this;
  }

  OperationChange undecided(List<Undecided> changed) {
    undecided = changed;
    return this;
  }

  OperationChange seen(String changed) {
    seen = changed;
    return this;
  }

  OperationChange ending(Optional<Ending> changed) {
    ending = changed;
    return this;
  }

  OperationChange endedAt(Optional<Instant> changed) {
    endedAt = changed;
    return this;
  }

  OperationChange trail(Trail changed) {
    trail = changed;
    return this;
  }

  OperationChange outbox(Outbox changed) {
    outbox = changed;
    return this;
  }

  OperationChange trace(Optional<TraceContext> changed) {
    trace = changed;
    return this;
  }

  Operation build() {
    return new Operation(
        from.id(),
        from.request(),
        from.acceptedAt(),
        from.expiresAt(),
        from.matchCode(),
        delivery,
        phase,
        baseline,
        facts,
        access,
        connection,
        chosen,
        undecided,
        seen,
        ending,
        endedAt,
        trail,
        outbox,
        trace);
  }
}
