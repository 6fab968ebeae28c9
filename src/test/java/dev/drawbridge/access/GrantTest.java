package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GrantTest {
  private static final OperationId FIRST = Samples.id(1);
  private static final OperationId SECOND = Samples.id(2);
  private static final OperationId STRANGER = Samples.id(3);
  private static final Instant SOON = NOW.plus(Duration.ofHours(1));
  private static final Instant LATER = NOW.plus(Duration.ofHours(2));
  private static final Grant INTENDED = Grant.intended(Samples.access(), FIRST, SOON);

  @Test
  void intended_whenMade_thenIsHeldByOneAndNotKnownForOurs() {
    assertTrue(INTENDED.isHeldBy(FIRST));
    assertFalse(INTENDED.isHeldBy(SECOND));
    assertTrue(INTENDED.isNeeded());
    assertFalse(INTENDED.isMade());
    assertFalse(INTENDED.isBeingRevoked());
    assertEquals(Optional.empty(), INTENDED.goneAt());
    assertEquals(SOON, INTENDED.expiresAt());
  }

  @Test
  void heldBy_whenASecondJoins_thenTheLaterTimeCounts() {
    Grant both = INTENDED.heldBy(SECOND, LATER);
    assertEquals(LATER, both.expiresAt());
    assertEquals(
        LATER, Grant.intended(Samples.access(), FIRST, LATER).heldBy(SECOND, SOON).expiresAt());
    assertTrue(both.isHeldBy(FIRST) && both.isHeldBy(SECOND));
    assertEquals(INTENDED, Grant.intended(Samples.access(), FIRST, SOON), "is not changed");
  }

  @Test
  void releasedBy_whenOneOfTwo_thenTheOtherStillNeedsIt() {
    Grant both = INTENDED.heldBy(SECOND, LATER);
    Grant one = both.releasedBy(SECOND);
    assertTrue(one.isNeeded());
    assertTrue(one.isHeldBy(SECOND), "until it is gone");
    assertEquals(SOON, one.expiresAt());
    Grant none = one.releasedBy(FIRST);
    assertFalse(none.isNeeded());
    assertEquals(Instant.MIN, none.expiresAt());
    assertEquals(none, none.releasedBy(FIRST));
  }

  @Test
  void heldBy_whenReleasedBefore_thenIsNeededAgain() {
    Grant again = INTENDED.releasedBy(FIRST).heldBy(FIRST, LATER);
    assertTrue(again.isNeeded());
    assertEquals(LATER, again.expiresAt());
  }

  @Test
  void heldBy_whenItMadeTheAssignmentBefore_thenIsStillKnownForOursAndUnderWayAgain() {
    Grant again = INTENDED.madeBy(FIRST).heldBy(FIRST, LATER);
    assertEquals(new Hold(LATER, Hold.Progress.MADE_IN_FLIGHT, false), again.holds().get(FIRST));
    assertTrue(again.isMade());
    assertFalse(again.revoking(NOW).isSettled(NOW));
    assertTrue(again.madeBy(FIRST).revoking(NOW).isSettled(NOW));
    assertTrue(again.notMadeBy(FIRST).revoking(NOW).isSettled(NOW));
    assertTrue(again.notMadeBy(FIRST).isMade());
    Grant tried = INTENDED.notMadeBy(FIRST).heldBy(FIRST, LATER);
    assertEquals(new Hold(LATER, Hold.Progress.IN_FLIGHT, false), tried.holds().get(FIRST));
  }

  @Test
  void isSettled_whenAnAttemptOvertookAnother_thenWaitsWhateverTheLaterOneTells() {
    Grant twice = INTENDED.heldBy(FIRST, LATER);
    Grant again = INTENDED.madeBy(FIRST).heldBy(FIRST, LATER).heldBy(FIRST, LATER);
    for (Grant grant :
        List.of(
            twice,
            twice.madeBy(FIRST),
            twice.notMadeBy(FIRST),
            twice.heldBy(FIRST, LATER).notMadeBy(FIRST).madeBy(FIRST),
            twice.madeBy(FIRST).heldBy(FIRST, LATER).madeBy(FIRST),
            again,
            again.madeBy(FIRST),
            again.notMadeBy(FIRST))) {
      assertFalse(grant.revoking(NOW).isSettled(NOW), grant.toString());
      assertTrue(grant.revoking(NOW).isSettled(NOW.plus(Grant.IN_FLIGHT_AT_MOST)));
    }
    assertFalse(twice.notMadeBy(FIRST).isMade());
    assertTrue(twice.madeBy(FIRST).isMade());
    assertTrue(again.notMadeBy(FIRST).isMade());
  }

  @Test
  void notMadeBy_whenItWasMade_thenStaysMade() {
    assertTrue(INTENDED.madeBy(FIRST).notMadeBy(FIRST).isMade());
    assertFalse(INTENDED.notMadeBy(FIRST).isMade());
    assertTrue(INTENDED.notMadeBy(FIRST).madeBy(FIRST).isMade());
  }

  @Test
  void isMade_whenAnyHolderMadeIt_thenIsKnownForOursEvenAfterItsRelease() {
    Grant grant = INTENDED.madeBy(FIRST).heldBy(SECOND, LATER).notMadeBy(SECOND);
    assertTrue(grant.isMade());
    assertTrue(grant.releasedBy(FIRST).isMade());
  }

  @Test
  void mayHaveStood_whenEveryCallWasRefused_thenNot() {
    assertTrue(INTENDED.mayHaveStood());
    assertFalse(INTENDED.notMadeBy(FIRST).mayHaveStood());
    assertTrue(INTENDED.madeBy(FIRST).mayHaveStood());
    assertTrue(INTENDED.notMadeBy(FIRST).heldBy(SECOND, LATER).mayHaveStood());
  }

  @Test
  void releasedBy_whenProgressIsKnown_thenIsKept() {
    for (Grant grant : List.of(INTENDED, INTENDED.madeBy(FIRST), INTENDED.notMadeBy(FIRST))) {
      Hold before = hold(grant);
      assertEquals(
          new Hold(before.expiresAt(), before.progress(), true), hold(grant.releasedBy(FIRST)));
    }
  }

  @Test
  void changes_whenTheOperationHoldsNothing_thenAreRefused() {
    List<UnaryOperator<Grant>> changes =
        List.of(
            grant -> grant.madeBy(STRANGER),
            grant -> grant.notMadeBy(STRANGER),
            grant -> grant.releasedBy(STRANGER));
    for (UnaryOperator<Grant> change : changes) {
      assertThrows(IllegalArgumentException.class, () -> change.apply(INTENDED));
    }
  }

  @Test
  void revoking_whenDecidedAgain_thenTheFirstTimeStands() {
    Grant revoking = INTENDED.revoking(NOW);
    assertTrue(revoking.isBeingRevoked());
    assertEquals(Optional.of(NOW), revoking.revoking(LATER).revokingSince());
    assertEquals(INTENDED.holds(), revoking.holds());
    assertEquals(Optional.of(NOW), revoking.gone(LATER).revokingSince());
    assertEquals(Optional.of(LATER), revoking.gone(LATER).goneAt());
    assertEquals(Optional.of(LATER), revoking.gone(LATER).releasedBy(FIRST).goneAt());
  }

  @Test
  void isSettled_whenACallMayBeUnderWay_thenWaitsUntilItCanNoLongerTakeEffect() {
    Grant revoking = INTENDED.revoking(NOW);
    Instant over = NOW.plus(Grant.IN_FLIGHT_AT_MOST);
    assertFalse(revoking.isSettled(NOW));
    assertFalse(revoking.isSettled(over.minusNanos(1)));
    assertTrue(revoking.isSettled(over));
    assertTrue(revoking.isSettled(over.plusSeconds(1)));
    assertFalse(INTENDED.isSettled(Instant.MAX), "revocation has not begun");
    assertTrue(
        Grant.IN_FLIGHT_AT_MOST.compareTo(Duration.ofMinutes(5)) > 0,
        "longer than host.json lets a function run");
  }

  @Test
  void isSettled_whenEveryCallIsOver_thenAtOnce() {
    Grant two = INTENDED.madeBy(FIRST).heldBy(SECOND, LATER).revoking(NOW);
    assertFalse(two.isSettled(NOW));
    assertTrue(two.notMadeBy(SECOND).isSettled(NOW));
    assertTrue(two.madeBy(SECOND).isSettled(NOW));
    assertFalse(two.releasedBy(SECOND).isSettled(NOW), "a released hold's call may take effect");
  }

  @Test
  void constructor_whenTheMapChangesLater_thenDoesNot() {
    Map<OperationId, Hold> holds = new java.util.HashMap<>(INTENDED.holds());
    Grant grant =
        new Grant(Samples.access(), holds, Optional.empty(), Deletions.NONE, Optional.empty());
    holds.clear();
    assertTrue(grant.isHeldBy(FIRST));
    assertThrows(UnsupportedOperationException.class, () -> grant.holds().clear());
  }

  @Test
  void restored_whenOperationsNeedIt_thenEachHoldsWhatIsMade() {
    Grant restored = Grant.restored(Samples.access(), Map.of(FIRST, SOON, SECOND, LATER));
    assertEquals(
        Map.of(
            FIRST,
            new Hold(SOON, Hold.Progress.MADE, false),
            SECOND,
            new Hold(LATER, Hold.Progress.MADE, false)),
        restored.holds());
    assertEquals(LATER, restored.expiresAt());
    assertTrue(restored.isMade() && restored.mayHaveStood() && restored.isSettled(NOW));
    assertFalse(restored.isBeingRevoked());
    assertEquals(Deletions.NONE, restored.deletions());
    assertEquals(Optional.empty(), restored.goneAt());
    assertFalse(Grant.restored(Samples.access(), Map.of()).isNeeded());
  }

  @Test
  void awaitedBy_whenItsAccessMayStand_thenIsHeldAndNotNeeded() {
    Grant awaited = INTENDED.awaitedBy(SECOND, NOW);
    assertEquals(new Hold(NOW, Hold.Progress.MADE, true), awaited.holds().get(SECOND));
    assertTrue(awaited.isHeldBy(SECOND));
    assertFalse(awaited.isNeededBy(SECOND));
    assertTrue(awaited.isNeededBy(FIRST));
    assertTrue(awaited.isMade(), "it is known for ours");
    assertEquals(SOON, awaited.expiresAt());
  }

  @Test
  void isNeededBy_whenReleasedOrAStranger_thenNot() {
    assertTrue(INTENDED.isNeededBy(FIRST));
    assertFalse(INTENDED.releasedBy(FIRST).isNeededBy(FIRST));
    assertFalse(INTENDED.isNeededBy(STRANGER));
  }

  @Test
  void orphan_whenAdopted_thenIsBeingRevokedAndHeldByNobody() {
    Grant orphan = Grant.orphan(Samples.access(), NOW);
    assertEquals(Map.of(), orphan.holds());
    assertEquals(Optional.of(NOW), orphan.revokingSince());
    assertFalse(orphan.isNeeded());
    assertFalse(orphan.mayHaveStood(), "it has nobody to tell");
    assertTrue(orphan.isSettled(NOW));
    assertTrue(orphan.canBeForgotten(NOW));
  }

  @Test
  void isOverdue_whenTenMinutesHavePassed_thenUnlessItIsGone() {
    Instant due = NOW.plus(Duration.ofMinutes(10));
    Grant revoking = INTENDED.revoking(NOW);
    assertFalse(revoking.isOverdue(due.minusNanos(1)));
    assertTrue(revoking.isOverdue(due));
    assertTrue(revoking.isOverdue(due.plusNanos(1)));
    assertFalse(revoking.gone(due).isOverdue(due));
    assertFalse(INTENDED.isOverdue(Instant.MAX), "nobody takes it away");
  }

  @Test
  void isOverdue_whenItWasRefusedThreeTimes_thenAtOnceUntilOneIsNot() {
    Grant refused = INTENDED.revoking(NOW);
    for (int i = 1; i < Grant.MOST_REFUSALS; i++) {
      refused = refused.deleting(NOW).notDeleted("locked");
      assertFalse(refused.isOverdue(NOW));
    }
    Grant often = refused.deleting(NOW).notDeleted("locked");
    assertTrue(often.isOverdue(NOW));
    assertEquals("locked", often.deletions().cause());
    assertTrue(refused.replaced("not ours").isOverdue(NOW), "that counts, too");
    assertFalse(often.gone(NOW).isOverdue(NOW));
    assertFalse(often.deleting(NOW).deleted().isOverdue(NOW));
  }

  @Test
  void replaced_whenWhatHasItsNameIsNotOurs_thenIsKnownUntilADeletionIsOver() {
    Grant replaced = INTENDED.revoking(NOW).replaced("not ours");
    assertTrue(replaced.deletions().foreign());
    assertEquals(1, replaced.deletions().refused());
    assertEquals("not ours", replaced.deletions().cause());
    assertEquals(0, replaced.deletions().open());
    assertEquals(INTENDED.holds(), replaced.holds());
    assertEquals(Optional.of(NOW), replaced.revokingSince());
    assertTrue(replaced.deleting(NOW).notDeleted("busy").deletions().foreign());
    assertFalse(replaced.deleting(NOW).deleted().deletions().foreign());
  }

  @Test
  void canBeForgotten_whenADeletionMayTakeEffect_thenNotUntilItCannot() {
    Instant over = NOW.plus(Grant.IN_FLIGHT_AT_MOST);
    Grant deleting = INTENDED.revoking(NOW).deleting(NOW);
    assertFalse(deleting.canBeForgotten(over.minusNanos(1)));
    assertTrue(deleting.canBeForgotten(over));
    assertTrue(deleting.deleted().canBeForgotten(NOW));
    assertTrue(deleting.notDeleted("locked").canBeForgotten(NOW));
    assertFalse(deleting.deleting(SOON).deleted().canBeForgotten(SOON), "one of two is open");
  }

  private static Hold hold(Grant grant) {
    return Optional.ofNullable(grant.holds().get(FIRST)).orElseThrow();
  }
}
