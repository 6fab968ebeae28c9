package dev.drawbridge.access.flow;

import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.util.function.UnaryOperator;

/**
 * Changes of records that others change too. A change is a function of the record as it is now, so
 * that it can be made again on what another wrote; one that changes nothing is not written.
 */
final class Changes {
  private static final int MOST_TRIES = 5;

  private final Ledger ledger;

  Changes(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @return the record as it is now, changed or not
   * @throws ConflictException if others were faster each time, or the record is gone
   */
  Versioned<Operation> operation(Versioned<Operation> from, UnaryOperator<Operation> change) {
    Versioned<Operation> current = from;
    for (int tries = 1; ; tries++) {
      Operation changed = change.apply(current.value());
      if (changed.equals(current.value())) {
        return current;
      }
      try {
        return ledger.update(current, changed);
      } catch (ConflictException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        current = ledger.operation(from.value().id()).orElseThrow(() -> e);
      }
    }
  }

  /** As {@link #operation}, for a grant. */
  Versioned<Grant> grant(Versioned<Grant> from, UnaryOperator<Grant> change) {
    Versioned<Grant> current = from;
    for (int tries = 1; ; tries++) {
      Grant changed = change.apply(current.value());
      if (changed.equals(current.value())) {
        return current;
      }
      try {
        return ledger.updateGrant(current, changed);
      } catch (ConflictException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        current = ledger.grant(from.value().access().assignmentName()).orElseThrow(() -> e);
      }
    }
  }
}
