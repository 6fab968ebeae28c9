package dev.drawbridge.access.flow;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Who needs an access, as the operations have it and not the grant, which somebody has removed. */
final class Needs {
  private Needs() {}

  /**
   * The operations that wait for their connection with the access, and when each one's time ends.
   */
  static Map<OperationId, Instant> of(Access access, Ledger ledger, Instant now) {
    return of(access, ledger.openOperations(), now);
  }

  /** As {@link #of(Access, Ledger, Instant)}, of operations that were read already. */
  static Map<OperationId, Instant> of(
      Access access, Collection<Versioned<Operation>> open, Instant now) {
    Map<OperationId, Instant> needs = new TreeMap<>();
    for (Versioned<Operation> one : open) {
      Operation operation = one.value();
      boolean needed =
          operation.awaitsConnection()
              && !operation.isExpired(now)
              && operation.access().map(access::isSameAs).orElse(false);
      if (needed) {
        needs.put(operation.id(), operation.expiresAt());
      }
    }
    return needs;
  }
}
