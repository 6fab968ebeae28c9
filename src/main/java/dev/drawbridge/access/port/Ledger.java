package dev.drawbridge.access.port;

import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Operations and grants. Every method throws {@link PassingFault} when the store does not answer
 * now, and each change throws {@link ConflictException} when its record has changed since.
 */
public interface Ledger {

  /** A page of a listing; {@code continuation} is opaque, and absent on the last page. */
  record Page(List<Operation> operations, Optional<String> continuation) {}

  Optional<Versioned<Operation>> operation(OperationId id);

  /**
   * Writes a new operation.
   *
   * @return nothing if there is one of that id already, ended or not
   */
  Optional<Versioned<Operation>> create(Operation operation);

  Versioned<Operation> update(Versioned<Operation> from, Operation to);

  /** Puts an operation that is over away, so that it is no longer among the open ones. */
  void close(Versioned<Operation> from, Operation ended);

  /** All that were not put away: those that have not ended, or have not told it yet. */
  List<Versioned<Operation>> openOperations();

  /**
   * Operations, ended or not, in no particular order.
   *
   * @param top how many at most, from 1 to 1000
   * @param continuation of the page before
   * @throws IllegalArgumentException if the continuation is not one of ours
   */
  Page list(Optional<Status> status, int top, Optional<String> continuation);

  Optional<Versioned<Grant>> grant(UUID assignmentName);

  List<Versioned<Grant>> grants();

  /**
   * @throws ConflictException if there is one for its assignment already
   */
  Versioned<Grant> createGrant(Grant grant);

  Versioned<Grant> updateGrant(Versioned<Grant> from, Grant to);

  void deleteGrant(Versioned<Grant> grant);

  /** Whether nothing is to be granted now, and why. */
  Optional<Stop> stop();

  void setStop(Stop stop);

  void liftStop();

  /** Notes that a sweep has ended. */
  void noteSweep(Instant at);

  /** When the last sweep ended; nothing if there was none yet. */
  Optional<Instant> lastSweep();
}
