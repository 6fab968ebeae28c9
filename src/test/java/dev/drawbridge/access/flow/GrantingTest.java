package dev.drawbridge.access.flow;

import static dev.drawbridge.access.flow.FlowWorld.ACCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Delivery;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.fakes.RecordedLog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What keeps an attempt from granting, and what is left of it then. */
class GrantingTest {
  private static final UUID OTHER = new UUID(4, 4);

  private final FlowWorld world = new FlowWorld();
  private final RecordedLog log = new RecordedLog();

  private void deliver() {
    world.queue.deliverDue(world.granting, log.logger());
  }

  private Ending ending(OperationId id) {
    return world.look(id).ending().orElseThrow();
  }

  @Test
  void attempt_whenTheLedgerKnowsNoSuchOperation_thenThatIsLogged() {
    OperationId unknown = Samples.id(9);
    assertEquals(
        unknown,
        world.granting.attempt(unknown + "/0", ConnectionKind.Queues.PEERING, log.logger()));
    assertEquals(
        1, log.lines("WARNING operation " + unknown + ": a message names it, the ledger").size());
    assertFalse(world.calls.names().contains("azure.findRole"));
  }

  @Test
  void attempt_whenItIsOfAnotherAttempt_thenItIsLoggedAsStale() {
    OperationId id = world.accept(Samples.request());
    assertEquals(
        id, world.granting.attempt(id + "/3", ConnectionKind.Queues.PEERING, log.logger()));
    assertEquals(
        1, log.lines("INFO operation " + id + ": the message of attempt 3 is stale").size());
    assertEquals(Phase.QUEUED, world.look(id).phase());
  }

  @Test
  void grant_whenTheTargetIsNotThere_thenItFailsBeforeAnythingIsGiven() {
    OperationId id = world.accept(Samples.request());
    world.azure.removeNetwork(Samples.request().target());
    deliver();
    assertEquals("targetNotFound", ending(id).code());
    assertEquals(
        Samples.request().target() + " does not exist. Correct the request and send it again.",
        ending(id).message());
    assertFalse(world.azure.hasRole(FlowWorld.ROLE));
    assertEquals(0, world.ledger.grantCount());
    assertEquals(1, log.lines("WARNING operation " + id + ": not granted, targetNotFound").size());
  }

  @Test
  void grant_whenItsTimeIsOver_thenItFailsBeforeAzureIsAsked() {
    OperationId id = world.accept(Samples.request());
    world.clock.advance(Duration.ofDays(3));
    deliver();
    assertEquals("expired", ending(id).code());
    assertFalse(world.calls.names().contains("azure.findRole"));
  }

  @Test
  void grant_whenTheSettingsHaveNoRoleForIt_thenTheMessageComesAgain() {
    OperationId id = world.accept(Samples.request());
    Granting without =
        new Granting(
            world.ledger,
            world.queue,
            world.azure,
            world.azure,
            world.azure,
            new Granting.Rules(
                world.policy,
                GrantScope.SUBSCRIPTION,
                Map.of(),
                OTHER,
                Optional.empty(),
                Backoff.DEFAULT),
            world.clock);
    assertThrows(
        IllegalStateException.class,
        () -> without.attempt(id + "/0", ConnectionKind.Queues.PEERING, FlowWorld.LOG));
    assertTrue(world.look(id).awaitsGrant());
  }

  @Test
  void postpone_whenTheQueueIsAwayToo_thenTheSweepQueuesTheNextAttempt() {
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.findRole") || name.equals("queue.send")) {
            throw FlowWorld.busy();
          }
        });
    deliver();
    world.calls.noHooks();
    Delivery next = world.look(id).delivery();
    assertEquals(1, next.attempt());
    assertFalse(next.sent());
    assertTrue(next.dueAt().isAfter(FlowWorld.START));
    assertEquals(
        1,
        log.lines("WARNING operation %s: attempt 1 met TooManyRequests, again at ".formatted(id))
            .size());
    assertEquals(
        1, log.lines("WARNING operation " + id + ": the sweep has to queue it, busy").size());
    world.run(Duration.ofMinutes(3));
    assertEquals(Phase.GRANTED, world.look(id).phase());
  }

  @Test
  void hold_whenAnotherIsFasterByALittle_thenBothHoldTheSame() {
    OperationId first = world.accept(FlowWorld.request("1", "cluster", "vnet-data"));
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-data"));
    world.justBefore("ledger.createGrant", world::deliver);
    deliver();
    for (OperationId id : new OperationId[] {first, second}) {
      assertEquals(Phase.GRANTED, world.look(id).phase());
      assertTrue(world.ledger.lookAtGrant(ACCESS.assignmentName()).orElseThrow().isNeededBy(id));
    }
    assertEquals(1, world.temporaryAssignments());
    assertEquals(1, world.ledger.grantCount());
  }

  @Test
  void grant_whenTheRoleWasMadeAnewBySomebodyElse_thenNothingIsMadeUnderIt() {
    OperationId id = world.accept(Samples.request());
    world.always("azure.assign", FlowWorld.busy());
    deliver();
    world.calls.noHooks();
    world.azure.addRoleByHand(FlowWorld.ROLE, OTHER);
    world.clock.advance(Duration.ofMinutes(1));
    deliver();
    assertEquals("roleReplaced", ending(id).code());
    assertTrue(ending(id).message().contains(FlowWorld.ROLE), ending(id).message());
    assertEquals(0, world.temporaryAssignments());
    world.sweep();
    assertTrue(world.azure.hasRole(FlowWorld.ROLE), "it is not ours");
    assertEquals(0, world.ledger.grantCount());
  }

  @Test
  void grant_whenWhatHasTheNameIsAnotherAccess_thenItIsRefused() {
    OperationId id = world.accept(Samples.request());
    world.azure.addRoleByHand(FlowWorld.ROLE, ACCESS.roleId());
    Access other = new Access(ACCESS.scope(), "Owner", ACCESS.roleId(), OTHER);
    world.azure.assignByHand(
        ACCESS.assignmentName(), other, new Marker(id, FlowWorld.START).toDescription());
    deliver();
    assertEquals("assignmentDiffers", ending(id).code());
    assertFalse(world.calls.names().contains("azure.assign"));
  }
}
