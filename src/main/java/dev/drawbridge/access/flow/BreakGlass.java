package dev.drawbridge.access.flow;

import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.logging.Logger;

/** The emergency brake: all access of ours goes now, and none is given until it is lifted. */
public final class BreakGlass {

  /**
   * What stands, or stood before.
   *
   * @param operations those that have access or wait for it
   * @param grants the assignments that may stand
   */
  public record Standing(List<Operation> operations, List<Grant> grants) {}

  private final Ledger ledger;
  private final Sweep sweep;
  private final Clock clock;

  public BreakGlass(Ledger ledger, Sweep sweep, Clock clock) {
    this.ledger = ledger;
    this.sweep = sweep;
    this.clock = clock;
  }

  /** What {@link #pull} would end. */
  public Standing standing() {
    return new Standing(
        ledger.openOperations().stream()
            .map(Versioned::value)
            .filter(operation -> operation.ending().isEmpty())
            .toList(),
        ledger.grants().stream()
            .map(Versioned::value)
            .filter(grant -> grant.goneAt().isEmpty())
            .toList());
  }

  /**
   * Stops all granting, and has a sweep end all operations and take their access away at once. What
   * that can't do, each later sweep tries again.
   *
   * @return what is left after it
   */
  public Standing pull(String reason, Logger log) {
    Stop stop = ledger.stop().orElseGet(() -> new Stop(clock.instant(), reason));
    ledger.setStop(stop); // before the list: whatever is taken in after it finds the stop
    log.severe(() -> "event=allRevoked reason=%s".formatted(stop.reason()));
    SweepReport report = sweep.run(log); // which ends all while there is a stop
    log.info(
        () ->
            "all revoked: %d operations ended, %d failures"
                .formatted(report.ended(), report.failures()));
    return standing();
  }

  /** Lets access be granted again. */
  public void lift(String reason, Logger log) {
    ledger.liftStop();
    log.warning(() -> "event=grantsResumed reason=%s".formatted(reason));
  }
}
