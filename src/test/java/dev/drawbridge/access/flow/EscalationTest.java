package dev.drawbridge.access.flow;

import static dev.drawbridge.access.flow.FlowWorld.ACCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.RecordedLog;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Access that can't be taken away is said to stand, where people look, until it is gone. */
class EscalationTest {
  private static final UUID NAME = ACCESS.assignmentName();
  private static final String OVERDUE = "SEVERE event=accessOverdue ";
  private static final String FAILING = "SEVERE event=revocationFailing ";
  private static final String LOCKED =
      "a lock at or above %s (CanNotDelete or ReadOnly) keeps the assignment; remove the lock, each sweep tries again. ScopeLocked: locked"
          .formatted(ACCESS.scope());

  private final FlowWorld world = new FlowWorld();
  private final RecordedLog log = new RecordedLog();

  /** An operation that is canceled and waits for its access to be taken away. */
  private OperationId canceled() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    assertTrue(world.operations.cancel(id).isPresent());
    return id;
  }

  private int sweep() {
    log.clear();
    return world.sweep.run(log.logger()).failures();
  }

  private Grant grant() {
    return world.ledger.lookAtGrant(NAME).orElseThrow();
  }

  private long attention(OperationId id) {
    world.tell();
    return world.told(id).stream().filter("attention"::equals).count();
  }

  private List<String> details(OperationId id, String what) {
    return world.look(id).events().stream()
        .filter(event -> event.what().equals(what))
        .map(Event::detail)
        .toList();
  }

  @Test
  void sweep_whenALockRefusesItThreeTimes_thenItIsSaidEachTimeInTheLogAndOnceToThePeople() {
    OperationId id = canceled();
    world.always("azure.unassign", new PermanentFault("ScopeLocked", "locked"));
    for (int refused = 1; refused < Grant.MOST_REFUSALS; refused++) {
      assertEquals(1, sweep());
      assertEquals(refused, grant().deletions().refused());
      assertEquals(0, grant().deletions().open());
      assertEquals(LOCKED, grant().deletions().cause());
      assertEquals(List.of(), log.lines("SEVERE"));
      assertEquals(List.of(), world.operations.overdue());
    }
    assertEquals(0, attention(id));
    assertEquals(List.of(LOCKED), details(id, "revocationBlocked"));

    for (int refused = Grant.MOST_REFUSALS; refused < 6; refused++) {
      assertEquals(1, sweep());
      assertEquals(
          List.of(
              OVERDUE
                  + "assignment=%s scope=%s principal=%s since=%s: %s"
                      .formatted(
                          NAME, ACCESS.scope(), ACCESS.principalId(), FlowWorld.START, LOCKED),
              FAILING + "assignment=%s times=%d: %s".formatted(NAME, refused, LOCKED)),
          log.lines("SEVERE"));
      assertEquals(List.of(grant()), world.operations.overdue());
      assertEquals(1, attention(id));
    }
    assertEquals(
        List.of("the access that should be gone still stands: " + LOCKED),
        details(id, "accessOverdue"));
    assertEquals(Status.RUNNING, world.look(id).status());
    assertEquals(1, world.temporaryAssignments());

    world.calls.noHooks();
    assertEquals(0, sweep());
    assertEquals(List.of(), log.lines("SEVERE"));
    assertEquals(List.of(), world.operations.overdue());
    assertEquals(1, attention(id));
    assertEquals(1, Collections.frequency(world.events(id), "revocationBlocked"));
    assertEquals(Status.CANCELED, world.look(id).status());
    world.assertSettled(id, "unlocked");
  }

  @Test
  void sweep_whenAnotherRefusalKeepsIt_thenItsOwnWordsAreTold() {
    OperationId id = canceled();
    world.always("azure.unassign", new PermanentFault("AuthorizationFailed", "not you"));
    sweep();
    assertEquals(List.of("AuthorizationFailed: not you"), details(id, "revocationBlocked"));
    assertEquals("AuthorizationFailed: not you", grant().deletions().cause());
  }

  @Test
  void sweep_whenTheDeletionHadNoEffect_thenItCountsAsRefusedAndNobodyIsToldOfABlock() {
    OperationId id = canceled();
    world.always("azure.unassign", FlowWorld.busy());
    for (int i = 0; i < Grant.MOST_REFUSALS; i++) {
      sweep();
    }
    assertEquals(Grant.MOST_REFUSALS, grant().deletions().refused());
    assertEquals("TooManyRequests: busy", grant().deletions().cause());
    assertEquals(0, grant().deletions().open());
    assertEquals(List.of(), details(id, "revocationBlocked"));
    assertEquals(1, log.lines(FAILING).size());
    assertEquals(1, attention(id));
  }

  /** An assignment that Azure ends not before it has stood for some minutes. */
  @Test
  void sweep_whenItIsTooEarly_thenThatIsToldOnceAndIsNoRefusal() {
    OperationId id = canceled();
    world.always("azure.unassign", new PassingFault(AccessControl.TOO_EARLY, "not yet"));
    for (int i = 0; i < Grant.MOST_REFUSALS + 1; i++) {
      assertEquals(1, sweep());
    }
    assertEquals(0, grant().deletions().refused());
    assertEquals(0, grant().deletions().open());
    assertEquals(List.of("not yet"), details(id, "revocationWaits"));
    assertEquals(List.of(), log.lines("SEVERE"));
    assertEquals(0, attention(id));
    assertEquals(Status.RUNNING, world.look(id).status());

    world.calls.noHooks();
    assertEquals(0, sweep());
    world.assertSettled(id, "a few minutes later");
  }

  @Test
  void sweep_whenTheDeletionsEffectIsUnknown_thenItIsOpenAndNotRefused() {
    OperationId id = canceled();
    world.always("azure.unassign", FlowWorld.noAnswer());
    for (int i = 0; i < Grant.MOST_REFUSALS + 1; i++) {
      sweep();
    }
    assertEquals(0, grant().deletions().refused());
    assertEquals(Grant.MOST_REFUSALS + 1, grant().deletions().open());
    assertEquals(List.of(), log.lines("SEVERE"));
    world.calls.noHooks();
    world.run(Duration.ofMinutes(10));
    world.assertSettled(id, "answered in the end");
  }

  @Test
  void sweep_whenItGoesAfterRefusals_thenTheyAreForgotten() {
    canceled();
    world.always("azure.unassign", new PermanentFault("ScopeLocked", "locked"));
    sweep();
    sweep();
    world.calls.noHooks();
    world.azure.stillVisible(9);
    assertEquals(0, sweep());
    assertEquals(0, grant().deletions().refused());
    assertEquals("", grant().deletions().cause());
    assertEquals(1, log.lines("INFO assignment %s at ".formatted(NAME)).size());
    assertTrue(
        log.lines("INFO assignment").get(0).endsWith("deleted, but Azure still shows it"),
        log.lines().toString());
  }

  @Test
  void sweep_whenAzureShowsItForTenMinutes_thenItIsOverdueAndNotFailing() {
    OperationId id = canceled();
    world.azure.stillVisible(1000);
    sweep();
    world.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    sweep();
    assertEquals(List.of(), log.lines("SEVERE"));
    assertEquals(List.of(), world.operations.overdue());

    world.clock.advance(Duration.ofMillis(1));
    assertEquals(List.of(grant()), world.operations.overdue());
    sweep();
    assertEquals(1, log.lines(OVERDUE).size());
    assertTrue(log.lines(OVERDUE).get(0).endsWith(": Azure still shows it"));
    assertEquals(List.of(), log.lines(FAILING));
    assertEquals(
        List.of("the access that should be gone still stands: Azure still shows it"),
        details(id, "accessOverdue"));

    world.azure.stillVisible(0);
    sweep();
    assertEquals(List.of(), log.lines("SEVERE"));
    assertTrue(log.lines("INFO assignment").get(0).endsWith("deleted, verified"));
    world.assertSettled(id, "shown for long");
  }

  @Test
  void sweep_whenItsMarkerIsTakenOff_thenItIsNotTouchedAndToldUntilSomebodyRemovesIt() {
    OperationId id = canceled();
    Assignment made = Objects.requireNonNull(world.azure.assignments().get(NAME));
    world.azure.assignByHand(NAME, made.access(), "Mine now");
    String problem =
        "assignment %s at %s no longer carries Drawbridge's marker and is not touched: remove it by hand"
            .formatted(NAME, ACCESS.scope());
    for (int i = 0; i < Grant.MOST_REFUSALS; i++) {
      assertEquals(0, sweep());
      assertEquals("SEVERE " + problem, log.lines("SEVERE").get(0));
    }
    assertEquals(1, log.lines(OVERDUE).size());
    assertEquals(1, log.lines(FAILING).size());
    assertTrue(grant().deletions().foreign());
    assertEquals(List.of(problem), details(id, "revocationBlocked"));
    assertEquals(1, attention(id));
    assertFalse(world.calls.names().contains("azure.unassign"));
    assertFalse(world.look(id).endedAt().isPresent());

    world.azure.removeByHand(NAME);
    sweep();
    assertFalse(world.calls.names().contains("azure.unassign"), "nothing is deleted unseen");
    world.assertSettled(id, "removed by hand");
  }

  @Test
  void sweep_whenTheRevocationEndsJustBeforeItIsSaid_thenItIsNotSaid() {
    canceled();
    world.azure.stillVisible(1);
    sweep();
    world.clock.advance(Duration.ofHours(1));
    sweep();
    assertEquals(List.of(), log.lines("SEVERE"));
    assertEquals(0, world.ledger.grantCount());
  }

  @Test
  void sweep_whenAnotherJoinsJustThen_thenTheAssignmentStays() {
    OperationId first = world.accept(FlowWorld.request("1", "cluster", "vnet-data"));
    world.deliver();
    assertTrue(world.operations.cancel(first).isPresent());
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-data"));
    int[] writes = {0};
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.updateGrant") && ++writes[0] == 2) { // after the release
            world.calls.noHooks();
            world.deliver();
          }
        });
    assertEquals(0, sweep());
    assertFalse(grant().isBeingRevoked());
    assertTrue(grant().isNeededBy(second) && !grant().isNeededBy(first));
    assertFalse(world.calls.names().contains("azure.unassign"));
    assertFalse(world.look(first).endedAt().isPresent(), "its access stands");

    sweep();
    world.tell();
    assertEquals(1, Collections.frequency(world.told(first), "waiting"));
    assertEquals(
        List.of(
            "the same access is still needed by %s, until %s at the latest"
                .formatted(second, world.look(second).expiresAt())),
        details(first, "accessShared"));
    assertEquals(List.of(), details(second, "accessShared"));

    assertTrue(world.operations.cancel(second).isPresent());
    world.run(Duration.ofMinutes(2));
    world.assertSettled(first, "shared");
    world.assertSettled(second, "shared");
  }

  @Test
  void sweep_whenTheRowWasLostAndAnotherHasMadeItAnew_thenTheFirstWaitsForItsEnd() {
    OperationId first = world.accept(FlowWorld.request("1", "cluster", "vnet-data"));
    world.deliver();
    world.ledger.loseGrant(NAME);
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-data"));
    world.deliver();
    assertFalse(grant().isHeldBy(first));
    assertTrue(world.operations.cancel(first).isPresent());

    assertEquals(0, sweep());
    assertFalse(world.look(first).endedAt().isPresent(), "its access stands");
    assertTrue(grant().isHeldBy(first) && !grant().isNeededBy(first));
    assertTrue(grant().isNeededBy(second));
    assertEquals(1, world.temporaryAssignments());

    assertTrue(world.operations.cancel(second).isPresent());
    world.run(Duration.ofMinutes(2));
    world.assertSettled(first, "lost");
    world.assertSettled(second, "lost");
  }

  @Test
  void sweep_whenTheRowWasLostAndOthersNeedTheAccess_thenItIsPutBackForThem() {
    OperationId first = world.accept(FlowWorld.request("1", "cluster", "vnet-data"));
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-data"));
    world.deliver();
    assertTrue(world.operations.cancel(first).isPresent());
    world.ledger.loseGrant(NAME);
    sweep();
    assertTrue(grant().isHeldBy(first) && !grant().isNeededBy(first));
    assertTrue(grant().isNeededBy(second));
    assertEquals(world.look(second).expiresAt(), grant().expiresAt());
    sweep();
    assertEquals(1, world.temporaryAssignments());
    assertFalse(world.look(first).endedAt().isPresent());
    assertTrue(world.operations.cancel(second).isPresent());
    world.run(Duration.ofMinutes(2));
    world.assertSettled(first, "lost");
    world.assertSettled(second, "lost");
  }

  @Test
  void sweep_whenTheRowThatStaysSaysGoneAndNobodySawIt_thenTheOperationWaits() {
    OperationId id = canceled();
    var made = world.ledger.grants().get(0);
    var unused =
        world.ledger.updateGrant(
            made,
            made.value().revoking(FlowWorld.START).deleting(FlowWorld.START).gone(FlowWorld.START));
    assertEquals(0, sweep());
    assertEquals(1, world.temporaryAssignments());
    assertFalse(world.look(id).endedAt().isPresent(), "its access stands");
    world.run(Duration.ofMinutes(10));
    world.assertSettled(id, "said to be gone");
  }
}
