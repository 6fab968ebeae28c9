package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Operations that come to a target or to a grant that others have already. */
class JoiningTest {
  private static final ResourceId NETWORK = Samples.request().target();
  private static final Access ACCESS =
      new Access(
          FlowWorld.SUBSCRIPTION,
          FlowWorld.ROLE,
          RoleTemplate.definitionId(Samples.TENANT, FlowWorld.ROLE),
          FakeAzure.VENDOR);

  private final FlowWorld world = new FlowWorld();

  private OperationId granted(String ticket, String cluster, String network) {
    ResourceId target = FlowWorld.request(ticket, cluster, network).target();
    if (!target.equals(NETWORK)) {
      world.azure.addNetwork(target);
    }
    world.clock.advance(Duration.ofSeconds(1));
    OperationId id = world.accept(FlowWorld.request(ticket, cluster, network));
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
    return id;
  }

  @Test
  void watching_whenTheOtherClusterIsStillBeingGranted_thenAPeeringConfirmsOnlyTheOlder() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.clock.advance(Duration.ofSeconds(1));
    OperationId second = world.accept(FlowWorld.request("2", "other", "vnet-data"));
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.assign")) {
            world.calls.noHooks();
            throw FlowWorld.busy();
          }
        });
    world.deliver(); // has seen the network, and comes again
    assertEquals(Phase.QUEUED, world.look(second).phase());

    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();
    assertEquals(Phase.CONNECTED, world.look(first).phase());

    world.run(Duration.ofMinutes(10));
    assertEquals(Phase.GRANTED, world.look(second).phase());
  }

  @Test
  void watching_whenAPeeringComesJustAfterTheLookBeforeTheGrant_thenItConfirmsOnlyTheOlder() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.clock.advance(Duration.ofSeconds(1));
    OperationId second = world.accept(FlowWorld.request("2", "other", "vnet-data"));
    world.calls.after(
        (number, name) -> {
          if (name.equals("azure.inspect")) {
            world.calls.noHooks();
            assertTrue(world.azure.connect(NETWORK, "astro"));
            world.sweep();
          }
        });
    world.deliver();
    world.run(Duration.ofMinutes(10));

    assertEquals(Status.SUCCEEDED, world.look(first).ending().map(Ending::status).orElseThrow());
    assertEquals(Phase.GRANTED, world.look(second).phase());
  }

  @Test
  void joining_whenOnlyTheRoleIsLeftAndCanNotBeDeleted_thenItIsGrantedAllTheSame() {
    OperationId first = granted("1", "cluster", "vnet-data");
    assertTrue(world.operations.cancel(first).isPresent());
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.deleteRole")) {
            throw new PermanentFault("ScopeLocked", "locked");
          }
        });
    world.sweep();
    assertEquals(Status.CANCELED, world.look(first).status());

    OperationId second = granted("2", "cluster", "vnet-other");
    world.sweep();
    assertEquals(1, world.temporaryAssignments());

    world.calls.noHooks();
    assertTrue(world.operations.cancel(second).isPresent());
    world.sweep();
    world.assertSettled(second, "without the lock");
  }

  @Test
  void joining_whenTheMarkerWasRemovedByHand_thenItIsRefusedAndTheAssignmentIsLeftAlone() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.azure.assignByHand(ACCESS.assignmentName(), ACCESS, "kept for good");
    world.azure.addNetwork(FlowWorld.request("2", "cluster", "vnet-other").target());
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-other"));
    world.deliver();
    world.sweep();

    assertEquals("foreignAssignment", world.look(second).ending().map(Ending::code).orElseThrow());
    assertEquals(Phase.GRANTED, world.look(first).phase());
    assertTrue(
        world.azure.assignments().values().stream()
            .anyMatch(one -> one.description().equals("kept for good")));
  }

  @Test
  void joining_whenRowAndMarkerWereRemovedByHand_thenTheFirstEndsOnlyWithItsAssignment() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.ledger.loseGrant(ACCESS.assignmentName());
    world.azure.assignByHand(ACCESS.assignmentName(), ACCESS, "kept for good");
    world.azure.addNetwork(FlowWorld.request("2", "cluster", "vnet-other").target());
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-other"));
    world.deliver();
    assertEquals("foreignAssignment", world.look(second).ending().map(Ending::code).orElseThrow());

    world.calls.before( // so that the row stays that says that nothing of it stands
        (number, name) -> {
          if (name.equals("azure.deleteRole")) {
            throw FlowWorld.busy();
          }
        });
    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();
    assertEquals(Status.RUNNING, world.look(first).status());

    world.calls.noHooks();
    world.run(Duration.ofMinutes(10));
    assertEquals(Status.FAILED, world.look(second).status());
    assertEquals(Status.RUNNING, world.look(first).status());
    assertTrue(world.look(first).has("revocationBlocked"));

    world.azure.removeByHand(ACCESS.assignmentName());
    world.run(Duration.ofMinutes(10));
    assertEquals(Status.SUCCEEDED, world.look(first).status());
    world.assertSettled(first, "without the assignment");
  }

  @Test
  void joining_whenAccessStands_thenItTakesFourCalls() {
    OperationId unused = granted("1", "cluster", "vnet-data");
    int before = world.calls.names().size();
    unused = granted("2", "cluster", "vnet-other");

    // The vendor's service principal is looked up once in a process's life.
    List<String> calls =
        world.calls.names().stream()
            .skip(before)
            .filter(name -> name.startsWith("azure."))
            .filter(name -> !name.equals("azure.servicePrincipalOf"))
            .toList();
    assertEquals(List.of("azure.findRole", "azure.inspect", "azure.find", "azure.assign"), calls);
  }

  @Test
  void joining_whenTheGrantsRowWasRemovedBefore_thenTheFirstKeepsItsAccessWhenTheOtherEnds() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.ledger.loseGrant(ACCESS.assignmentName());
    OperationId second = granted("2", "other", "vnet-other");
    assertEquals(
        Set.of(second),
        world.ledger.lookAtGrant(ACCESS.assignmentName()).orElseThrow().holds().keySet());

    assertTrue(world.operations.cancel(second).isPresent());
    world.run(Duration.ofMinutes(10));
    assertEquals(1, world.temporaryAssignments());
    assertTrue(world.look(first).awaitsConnection());
    Grant grant = world.ledger.lookAtGrant(ACCESS.assignmentName()).orElseThrow();
    assertTrue(grant.isNeededBy(first) && grant.isMade());
    assertEquals(world.look(first).expiresAt(), grant.expiresAt());

    assertTrue(world.operations.cancel(first).isPresent());
    world.run(Duration.ofMinutes(10));
    world.assertSettled(first, "canceled last");
    world.assertSettled(second, "canceled first");
  }

  @Test
  void joining_whenTheGrantsRowWasRemovedBefore_thenOneWhoseTimeIsOverGetsNothingBack() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.ledger.loseGrant(ACCESS.assignmentName());
    world.clock.advance(Duration.ofDays(2));
    OperationId second = granted("2", "other", "vnet-other");
    world.clock.advance(Duration.between(world.clock.instant(), world.look(first).expiresAt()));
    world.sweep();
    assertFalse(world.ledger.lookAtGrant(ACCESS.assignmentName()).orElseThrow().isNeededBy(first));
    assertTrue(world.look(second).awaitsConnection());
  }
}
