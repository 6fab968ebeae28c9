package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.drawbridge.access.flow.Orphans;

/** Compares what the ledger knows with all that Azure has, at a slower pace than the sweep. */
public final class RemoveOrphans {
  private final Orphans orphans;

  public RemoveOrphans(Orphans orphans) {
    this.orphans = orphans;
  }

  @FunctionName("RemoveOrphans")
  public void run(
      @TimerTrigger(name = "timer", schedule = "%ORPHAN_SCHEDULE%") String timer,
      ExecutionContext context) {
    Invocation.run(
        context,
        log -> {
          Orphans.Report report = orphans.run(log);
          log.info(
              () ->
                  "orphan sweep: %d assignments of ours, %d without a grant, %d removed by others, %d failures"
                      .formatted(
                          report.assignments(),
                          report.orphans(),
                          report.missing(),
                          report.failures()));
        });
  }
}
