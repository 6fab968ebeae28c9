package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.drawbridge.access.flow.Sweep;
import dev.drawbridge.access.flow.SweepReport;

/** The sweep: detects connections that stand and takes away the access that is over. */
public final class RevokeConfirmedAccess {
  private final Sweep sweep;

  public RevokeConfirmedAccess(Sweep sweep) {
    this.sweep = sweep;
  }

  @FunctionName("RevokeConfirmedAccess")
  public void run(
      @TimerTrigger(name = "timer", schedule = "%SWEEP_SCHEDULE%") String timer,
      ExecutionContext context) {
    Invocation.run(
        context,
        log -> {
          SweepReport report = sweep.run(log);
          log.info(
              () ->
                  "sweep: %d open operations, %d grants, %d ended, %d failures, oldest open for %d s"
                      .formatted(
                          report.operations(),
                          report.grants(),
                          report.ended(),
                          report.failures(),
                          report.oldest().toSeconds()));
        });
  }
}
