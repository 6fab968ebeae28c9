package dev.drawbridge.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import dev.drawbridge.simulation.Simulation.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Some hundreds of lives; {@code mvn -Psimulate} lives 100,000, and {@code -Dseed=N} one. */
class SimulationTest {
  private static final long FIRST = Long.getLong("seed", 1);
  private static final long RUNS =
      Long.getLong("runs", System.getProperty("seed") == null ? 100 : 1);

  @Test
  void run_whateverTheSeed_thenTheInvariantsHold() {
    Map<Wire.Trouble, Integer> troubles = new EnumMap<>(Wire.Trouble.class);
    long calls = 0;
    long operations = 0;
    for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
      Outcome outcome = Simulation.run(seed);
      if (!outcome.violations().isEmpty()) {
        fail(
            "Replay with -Psimulate -Dseed=%d\n%s\n\n%s"
                .formatted(
                    seed,
                    String.join("\n", outcome.violations()),
                    String.join("\n", outcome.history())));
      }
      outcome.troubles().forEach((trouble, count) -> troubles.merge(trouble, count, Integer::sum));
      calls += outcome.calls();
      operations += outcome.operations();
    }
    System.out.printf(
        "%d seeds, %d operations, %d calls, troubles %s%n", RUNS, operations, calls, troubles);
  }
}
