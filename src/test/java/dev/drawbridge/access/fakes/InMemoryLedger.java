package dev.drawbridge.access.fakes;

import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The ledger's semantics: versions decide, and what has ended is never written again. */
public final class InMemoryLedger implements Ledger {
  private final Calls calls;
  private final Map<OperationId, Versioned<Operation>> open = new TreeMap<>();
  private final Map<OperationId, Operation> ended = new TreeMap<>();
  private final Map<UUID, Versioned<Grant>> grants = new TreeMap<>();
  private final Set<UUID> unreadable = new HashSet<>();
  private Optional<Stop> stop = Optional.empty();
  private final Map<UUID, Versioned<Parked>> parked = new TreeMap<>();
  private Optional<Instant> lastSweep = Optional.empty();
  private int version;

  public InMemoryLedger(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Optional<Versioned<Operation>> operation(OperationId id) {
    return calls.call(
        "ledger.operation",
        () ->
            Optional.ofNullable(ended.get(id))
                .map(operation -> new Versioned<>(operation, "ended"))
                .or(() -> Optional.ofNullable(open.get(id))));
  }

  @Override
  public Optional<Versioned<Operation>> create(Operation operation) {
    return calls.call(
        "ledger.create",
        () -> {
          if (ended.containsKey(operation.id()) || open.containsKey(operation.id())) {
            return Optional.empty();
          }
          return Optional.of(put(operation));
        });
  }

  @Override
  public Versioned<Operation> update(Versioned<Operation> from, Operation to) {
    return calls.call(
        "ledger.update",
        () -> {
          expect(open.get(to.id()), from.version());
          return put(to);
        });
  }

  @Override
  public void close(Versioned<Operation> from, Operation operation) {
    calls.run(
        "ledger.close",
        () -> {
          expect(open.get(operation.id()), from.version());
          ended.putIfAbsent(operation.id(), operation);
          open.remove(operation.id());
        });
  }

  @Override
  public List<Versioned<Operation>> openOperations() {
    return calls.call("ledger.openOperations", () -> List.copyOf(open.values()));
  }

  @Override
  public Page list(Optional<Status> status, int top, Optional<String> continuation) {
    throw new UnsupportedOperationException("No flow lists");
  }

  @Override
  public Optional<Versioned<Grant>> grant(UUID assignmentName) {
    return calls.call(
        "ledger.grant",
        () -> {
          if (unreadable.contains(assignmentName)) {
            throw new IllegalArgumentException("not JSON");
          }
          return Optional.ofNullable(grants.get(assignmentName));
        });
  }

  @Override
  public List<Versioned<Grant>> grants() {
    return calls.call(
        "ledger.grants",
        () ->
            grants.entrySet().stream()
                .filter(row -> !unreadable.contains(row.getKey()))
                .map(Map.Entry::getValue)
                .toList());
  }

  @Override
  public Versioned<Grant> createGrant(Grant grant) {
    return calls.call(
        "ledger.createGrant",
        () -> {
          if (grants.containsKey(grant.access().assignmentName())) {
            throw conflict();
          }
          return put(grant);
        });
  }

  @Override
  public Versioned<Grant> updateGrant(Versioned<Grant> from, Grant to) {
    return calls.call(
        "ledger.updateGrant",
        () -> {
          expect(grants.get(to.access().assignmentName()), from.version());
          return put(to);
        });
  }

  @Override
  public void deleteGrant(Versioned<Grant> grant) {
    calls.run(
        "ledger.deleteGrant",
        () -> {
          UUID name = grant.value().access().assignmentName();
          expect(grants.get(name), grant.version());
          grants.remove(name);
        });
  }

  @Override
  public Optional<Stop> stop() {
    return calls.call("ledger.stop", () -> stop);
  }

  @Override
  public void setStop(Stop changed) {
    calls.run("ledger.setStop", () -> stop = Optional.of(changed));
  }

  @Override
  public void liftStop() {
    calls.run("ledger.liftStop", () -> stop = Optional.empty());
  }

  @Override
  public void park(Parked message) {
    calls.run(
        "ledger.park",
        () ->
            parked.computeIfAbsent(message.id(), id -> new Versioned<>(message, "v" + ++version)));
  }

  @Override
  public List<Versioned<Parked>> parked() {
    return calls.call("ledger.parked", () -> List.copyOf(parked.values()));
  }

  @Override
  public Versioned<Parked> updateParked(Versioned<Parked> from, Parked to) {
    return calls.call(
        "ledger.updateParked",
        () -> {
          expect(parked.get(to.id()), from.version());
          Versioned<Parked> written = new Versioned<>(to, "v" + ++version);
          parked.put(to.id(), written);
          return written;
        });
  }

  @Override
  public void noteSweep(Instant at) {
    calls.run("ledger.noteSweep", () -> lastSweep = Optional.of(at));
  }

  @Override
  public Optional<Instant> lastSweep() {
    return lastSweep;
  }

  /** An operation as it is, without a call. */
  public Operation look(OperationId id) {
    Operation over = ended.get(id);
    if (over != null) {
      return over;
    }
    Versioned<Operation> operation = open.get(id);
    if (operation == null) {
      throw new AssertionError(id + " is lost");
    }
    return operation.value();
  }

  /** Somebody has overwritten a grant's row with what can't be read. */
  public void garble(UUID assignmentName) {
    unreadable.add(assignmentName);
  }

  /** Somebody has removed a grant's row. */
  public void loseGrant(UUID assignmentName) {
    if (grants.remove(assignmentName) == null) {
      throw new AssertionError("there is no grant " + assignmentName);
    }
  }

  /** A grant as it is, without a call. */
  public Optional<Grant> lookAtGrant(UUID assignmentName) {
    return Optional.ofNullable(grants.get(assignmentName)).map(Versioned::value);
  }

  /** How many grants there are, without a call. */
  public int grantCount() {
    return grants.size();
  }

  private Versioned<Operation> put(Operation operation) {
    Versioned<Operation> written = new Versioned<>(operation, "v" + ++version);
    open.put(operation.id(), written);
    return written;
  }

  private Versioned<Grant> put(Grant grant) {
    Versioned<Grant> written = new Versioned<>(grant, "v" + ++version);
    grants.put(grant.access().assignmentName(), written);
    return written;
  }

  private static void expect(
      @org.jspecify.annotations.Nullable Versioned<?> actual, String version) {
    if (actual == null || !actual.version().equals(version)) {
      throw conflict();
    }
  }

  private static ConflictException conflict() {
    return new ConflictException("changed since", new IllegalStateException());
  }
}
