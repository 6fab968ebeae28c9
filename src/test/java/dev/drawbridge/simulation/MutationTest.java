package dev.drawbridge.simulation;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the simulation would notice: a rule that nothing misses is not tested. */
class MutationTest {
  private static final int MOST_LIVES = 800;

  @ParameterizedTest
  @EnumSource
  void simulation_whenARuleIsTakenOut_thenMissesIt(Mutation mutation)
      throws ReflectiveOperationException {
    assertNotEquals(
        0,
        mutation.seedThatMissesIt(MOST_LIVES),
        mutation + " is not noticed in " + MOST_LIVES + " lives");
  }
}
