package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeletionsTest {
  @Test
  void begun_whenSeveralAre_thenEachIsCountedAndTheLastTimeStands() {
    Deletions two = Deletions.NONE.begun(NOW).begun(NOW.plusSeconds(1));
    assertEquals(new Deletions(2, Optional.of(NOW.plusSeconds(1)), 0, "", false), two);
    assertEquals(1, two.over().open());
    assertEquals(0, two.over().over().over().open(), "never below none");
  }

  @Test
  void over_whenRefusedInARow_thenIsCountedUntilOneIsNot() {
    Deletions refused =
        Deletions.NONE.begun(NOW).refusedFor("ScopeLocked").begun(NOW).refusedFor("ScopeLocked");
    assertEquals(2, refused.refused());
    assertEquals(0, refused.open());
    assertEquals("ScopeLocked", refused.cause());
    assertEquals(0, refused.begun(NOW).over().refused());
  }

  @Test
  void areOver_whenOneIsOpen_thenOnlyAfterItsTime() {
    Deletions open = Deletions.NONE.begun(NOW);
    assertTrue(Deletions.NONE.areOver(NOW));
    assertFalse(open.areOver(NOW.minusNanos(1)));
    assertTrue(open.areOver(NOW));
    assertTrue(open.over().areOver(NOW.minusNanos(1)), "its end is known");
    assertTrue(new Deletions(1, Optional.empty(), 0, "", false).areOver(NOW));
  }

  @Test
  void canBeForgotten_whenADeletionMayStillTakeEffect_thenNot() {
    Grant grant = Grant.intended(Samples.access(), Samples.id(1), NOW).deleting(NOW);
    assertFalse(grant.canBeForgotten(NOW.plus(Grant.IN_FLIGHT_AT_MOST).minusNanos(1)));
    assertTrue(grant.canBeForgotten(NOW.plus(Grant.IN_FLIGHT_AT_MOST)));
    assertTrue(grant.deleted().canBeForgotten(NOW));
  }
}
