package dev.drawbridge.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.drawbridge.simulation.Simulation.Outcome;
import dev.drawbridge.simulation.Wire.Trouble;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Some hundreds of lives; {@code mvn -Psimulate} lives 100,000, and with {@code -Dseed=N} the one.
 */
class SimulationTest {
  private static final Logger LOG = Logger.getLogger(SimulationTest.class.getName());
  private static final Optional<Long> SEED = number("seed");
  private static final long RUNS = SEED.isPresent() ? 1 : number("runs").orElse(300L);

  private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
  private long lives;
  private long calls;
  private long operations;

  @Test
  void life_whateverTheSeed_thenTheInvariantsHold() {
    long first = SEED.orElse(1L);
    LongStream.range(first, first + RUNS).parallel().mapToObj(Simulation::run).forEach(this::add);
    LOG.info(
        () ->
            "%d lives, %d operations, %d calls, troubles %s"
                .formatted(lives, operations, calls, troubles));
    assertTrue(operations >= lives, "the lives are worth living");
  }

  private synchronized void add(Outcome outcome) {
    if (!outcome.violations().isEmpty()) {
      fail(
          "Live it again with mvn -Psimulate -Dseed=%d%n%s%n%n%s"
              .formatted(
                  outcome.seed(),
                  String.join("\n", outcome.violations()),
                  String.join("\n", outcome.history())));
    }
    outcome
        .troubles()
        .forEach((trouble, count) -> troubles.merge(trouble, (long) count, Long::sum));
    lives++;
    calls += outcome.calls();
    operations += outcome.operations();
    if (lives % 5_000 == 0) {
      LOG.info(() -> lives + " lives");
    }
  }

  private static Optional<Long> number(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(text -> !text.isBlank())
        .map(Long::valueOf);
  }
}
