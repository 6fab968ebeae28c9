package dev.drawbridge.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the simulation would notice: a rule that nothing misses is not tested. */
class MutationTest {
  private static final int MOST_LIVES = 800;

  private static Method violates;

  @BeforeAll
  static void loads() throws ReflectiveOperationException {
    Class<?> simulation = new Weaver().loadClass(Simulation.class.getName());
    violates = simulation.getDeclaredMethod("violates", long.class);
    violates.setAccessible(true);
  }

  @AfterEach
  void putsBack() {
    Rules.takeOut(Rules.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void simulation_whenARuleIsTakenOut_thenMissesIt(Mutation mutation) {
    Rules.takeOut(mutation.name());
    assertTrue(
        LongStream.rangeClosed(1, MOST_LIVES).parallel().anyMatch(MutationTest::violates),
        mutation + " is not noticed in " + MOST_LIVES + " lives");
  }

  /** Else what is noticed may be the switches. */
  @Test
  void simulation_whenNoRuleIsTakenOut_thenMissesNothing() {
    assertEquals(0, LongStream.rangeClosed(1, 20).filter(MutationTest::violates).count());
  }

  private static boolean violates(long seed) {
    try {
      return (boolean) violates.invoke(null, seed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }
}
