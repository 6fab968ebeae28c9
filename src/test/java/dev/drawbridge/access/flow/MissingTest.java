package dev.drawbridge.access.flow;

import static dev.drawbridge.access.flow.FlowWorld.ACCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.RecordedLog;
import dev.drawbridge.access.port.AccessControl.Assignment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Access that somebody else has taken away is told to those who wait with it, and not remade. */
class MissingTest {
  private static final UUID NAME = ACCESS.assignmentName();

  /** A list may be so far behind. */
  private static final Duration BEHIND = Duration.ofMinutes(10);

  private final FlowWorld world = new FlowWorld();
  private final RecordedLog log = new RecordedLog();
  private final Orphans orphans =
      new Orphans(world.ledger, world.azure, world.policy, List.of(), world.clock);

  private OperationId granted(String ticket) {
    OperationId id = world.accept(FlowWorld.request(ticket, "cluster", "vnet-data"));
    world.deliver();
    return id;
  }

  private int missing() {
    Orphans.Report report = orphans.run(log.logger());
    assertEquals(0, report.failures());
    return report.missing();
  }

  private int toldMissing(OperationId id) {
    world.tell();
    int noted = Collections.frequency(world.events(id), "assignmentMissing");
    assertEquals(
        noted, world.told(id).stream().filter(key -> key.startsWith("attention")).count(), "told");
    return noted;
  }

  @Test
  void run_whenSomebodyHasTakenAccessAway_thenItIsToldOnceAndNotGivenAgain() {
    OperationId id = granted("1");
    world.azure.removeByHand(NAME);
    world.clock.advance(BEHIND);
    assertEquals(0, missing(), "the list may be behind");
    assertEquals(0, toldMissing(id));

    world.clock.advance(Duration.ofMillis(1));
    assertEquals(1, missing());
    assertEquals(1, toldMissing(id));
    assertEquals(1, log.lines("WARNING operation " + id + ": the assignment of the role ").size());
    assertTrue(log.lines().get(0).contains(ACCESS.scope()), log.lines().get(0));

    assertEquals(0, missing());
    world.run(Duration.ofMinutes(20));
    assertEquals(0, missing());
    assertEquals(1, toldMissing(id));
    assertEquals(0, world.temporaryAssignments());
    assertEquals(Status.RUNNING, world.look(id).status());

    assertTrue(world.operations.cancel(id).isPresent());
    world.run(Duration.ofMinutes(10));
    world.assertSettled(id, "missing");
  }

  /** Azure ends a time-bound assignment, and no sweep has been there since. */
  @Test
  void run_whenItsTimeIsOver_thenNobodyHasTakenItAway() {
    OperationId id = granted("1");
    world.azure.removeByHand(NAME);
    world.clock.advance(Duration.between(world.clock.instant(), world.look(id).expiresAt()));
    assertEquals(0, missing());
    assertEquals(0, toldMissing(id));
  }

  @Test
  void run_whenSeveralWaitWithIt_thenEachIsToldAndThoseThatEndAreNot() {
    OperationId first = granted("1");
    OperationId second = granted("2");
    OperationId canceled = granted("3");
    world.clock.advance(BEHIND.plusSeconds(1));
    assertTrue(world.operations.cancel(canceled).isPresent());
    world.azure.removeByHand(NAME);
    assertEquals(1, missing(), "it is one assignment");
    assertEquals(1, toldMissing(first));
    assertEquals(1, toldMissing(second));
    assertEquals(0, toldMissing(canceled));
  }

  @Test
  void run_whenOneJoinedJustNow_thenItIsToldLaterThanThatBeforeIt() {
    OperationId first = granted("1");
    world.clock.advance(BEHIND);
    OperationId second = granted("2");
    world.clock.advance(Duration.ofSeconds(1));
    world.azure.removeByHand(NAME);
    assertEquals(1, missing());
    assertEquals(1, toldMissing(first));
    assertEquals(0, toldMissing(second));
    world.clock.advance(BEHIND);
    assertEquals(1, missing());
    assertEquals(1, toldMissing(first));
    assertEquals(1, toldMissing(second));
  }

  @Test
  void run_whenOnlyTheListIsBehind_thenNothingIsTold() {
    OperationId id = granted("1");
    world.clock.advance(Duration.ofHours(1));
    Assignment made = Objects.requireNonNull(world.azure.assignments().get(NAME));
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.ours")) {
            world.azure.removeByHand(NAME);
          }
        });
    world.calls.after(
        (number, name) -> {
          if (name.equals("azure.ours")) {
            world.azure.assignByHand(NAME, made.access(), made.description());
          }
        });
    assertEquals(0, missing());
    assertEquals(0, toldMissing(id));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void run_whenTheOperationIsCanceledJustThen_thenItIsNotTold() {
    OperationId id = granted("1");
    world.clock.advance(Duration.ofHours(1));
    world.azure.removeByHand(NAME);
    world.justBefore("azure.find", () -> assertTrue(world.operations.cancel(id).isPresent()));
    assertEquals(1, missing());
    assertEquals(0, toldMissing(id));
  }

  @Test
  void run_whenItIsBeingTakenAwayAnyway_thenNobodyIsAskedForIt() {
    OperationId id = granted("1");
    world.clock.advance(Duration.ofHours(1));
    assertTrue(world.operations.cancel(id).isPresent());
    world.azure.stillVisible(1);
    world.sweep();
    assertTrue(world.ledger.lookAtGrant(NAME).orElseThrow().isBeingRevoked());
    assertFalse(world.azure.assignments().containsKey(NAME));
    int before = world.calls.names().size();
    assertEquals(0, missing());
    assertEquals(
        List.of("ledger.grants", "azure.ours"),
        world.calls.names().subList(before, world.calls.names().size()));
  }

  @Test
  void run_whenItWasNotMadeYet_thenItIsNotMissing() {
    OperationId id = world.accept(Samples.request());
    world.always("azure.assign", FlowWorld.noAnswer());
    world.deliver();
    world.calls.noHooks();
    world.clock.advance(Duration.ofHours(1));
    assertTrue(world.ledger.lookAtGrant(NAME).isPresent());
    int before = world.calls.names().size();
    assertEquals(0, missing());
    assertEquals(
        List.of("ledger.grants", "azure.ours"),
        world.calls.names().subList(before, world.calls.names().size()));
    assertEquals(0, toldMissing(id));
  }
}
