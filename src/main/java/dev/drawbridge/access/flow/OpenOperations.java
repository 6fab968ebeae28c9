package dev.drawbridge.access.flow;

import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The open operations as one sweep knows them, oldest first, each as last read or written. */
final class OpenOperations {
  private final Ledger ledger;
  private final Map<OperationId, Versioned<Operation>> operations = new LinkedHashMap<>();

  OpenOperations(Ledger ledger) {
    this.ledger = ledger;
    ledger.openOperations().stream()
        .sorted(Comparator.comparing(operation -> operation.value().acceptedAt()))
        .forEach(this::put);
  }

  List<OperationId> ids() {
    return List.copyOf(operations.keySet());
  }

  Collection<Versioned<Operation>> all() {
    return Collections.unmodifiableCollection(operations.values());
  }

  Versioned<Operation> get(OperationId id) {
    Versioned<Operation> operation = operations.get(id);
    if (operation == null) {
      throw new IllegalArgumentException(id + " was not open when this sweep began");
    }
    return operation;
  }

  /** An operation that may have been opened since; nothing if there is none. */
  Optional<Versioned<Operation>> find(OperationId id) {
    Versioned<Operation> known = operations.get(id);
    return known != null ? Optional.of(known) : ledger.operation(id);
  }

  /**
   * The trace that an assignment is taken away in: that of the holder whose end was decided last,
   * since it is its letting go that leaves nobody who needs the assignment. Of holders that are not
   * known here, none is asked for.
   */
  Optional<TraceContext> traceOf(Grant grant) {
    return grant.holds().keySet().stream()
        .map(operations::get)
        .filter(Objects::nonNull)
        .map(Versioned::value)
        .max(
            Comparator.comparing(
                operation -> operation.ending().map(Ending::since).orElse(Instant.MIN)))
        .flatMap(Operation::trace);
  }

  /** Remembers an operation's new version. */
  void put(Versioned<Operation> operation) {
    operations.put(operation.value().id(), operation);
  }
}
