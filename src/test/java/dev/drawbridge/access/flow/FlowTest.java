package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sharing, refusals, lost messages, and one failure that hinders no other. */
class FlowTest {
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

  private List<String> events(OperationId id) {
    return world.look(id).events().stream().map(Event::what).toList();
  }

  private String failure(OperationId id) {
    world.sweep();
    Operation operation = world.look(id);
    assertEquals(Status.FAILED, operation.status());
    return operation.ending().map(Ending::code).orElseThrow();
  }

  @Test
  void sharing_whenOneIsDone_thenTheOtherKeepsItsAccessAndBothEndWithIt() {
    OperationId first = granted("1", "cluster", "vnet-data");
    OperationId second = granted("2", "cluster", "vnet-other");
    assertEquals(1, world.temporaryAssignments());

    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();
    assertEquals(Status.RUNNING, world.look(first).status());
    assertEquals(Phase.CONNECTED, world.look(first).phase());
    assertTrue(events(first).contains("accessShared"));
    assertEquals(1, world.temporaryAssignments());

    var unused = world.operations.cancel(second);
    world.sweep();
    assertEquals(Status.SUCCEEDED, world.look(first).status());
    assertEquals(Status.CANCELED, world.look(second).status());
    world.assertSettled(first, "first");
  }

  @Test
  void sharing_whenOneHolderIsOutOfTime_thenTheOtherKeepsItsAccess() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.clock.advance(Duration.ofDays(1));
    OperationId second = granted("2", "cluster", "vnet-other");
    world.clock.advance(Duration.ofDays(2));
    world.sweep();

    assertEquals("expired", world.look(first).ending().map(Ending::code).orElseThrow());
    assertEquals(Phase.GRANTED, world.look(second).phase());
    assertEquals(1, world.temporaryAssignments());

    world.clock.advance(Duration.ofDays(1));
    world.sweep();
    world.assertSettled(first, "first");
    world.assertSettled(second, "second");
  }

  @Test
  void joining_whenTheAccessIsBeingTakenAway_thenItWaitsAndIsGrantedAnew() {
    OperationId first = granted("1", "cluster", "vnet-data");
    var unused = world.operations.cancel(first);
    world.calls.after(
        (number, name) -> {
          if (name.equals("azure.unassign")) {
            world.calls.noHooks();
            throw new PassingFault("test", "no answer");
          }
        });
    world.sweep();
    ResourceId other = FlowWorld.request("2", "cluster", "vnet-other").target();
    world.azure.addNetwork(other);
    OperationId second = world.accept(FlowWorld.request("2", "cluster", "vnet-other"));
    world.deliver();
    assertEquals(Phase.QUEUED, world.look(second).phase());
    assertTrue(events(second).contains("retry"));
    assertEquals(0, world.temporaryAssignments());

    world.run(Duration.ofMinutes(2));
    assertEquals(Status.CANCELED, world.look(first).status());
    assertEquals(Phase.GRANTED, world.look(second).phase());
    assertEquals(1, world.temporaryAssignments());
  }

  @Test
  void watching_whenTwoClustersWaitOnOneNetwork_thenAPeeringConfirmsTheOlder() {
    OperationId first = granted("1", "cluster-one", "vnet-data");
    OperationId second = granted("2", "cluster-two", "vnet-data");
    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();
    world.sweep();
    assertEquals(Phase.CONNECTED, world.look(first).phase());
    assertEquals(Phase.GRANTED, world.look(second).phase());

    assertTrue(world.azure.connect(NETWORK, "astro-two"));
    world.sweep();
    assertEquals(Status.SUCCEEDED, world.look(first).status());
    assertEquals(Status.SUCCEEDED, world.look(second).status());
  }

  @Test
  void watching_whenTwoTicketsWantTheSame_thenOnePeeringConfirmsBoth() {
    OperationId first = granted("1", "cluster", "vnet-data");
    OperationId second = granted("2", "cluster", "vnet-data");
    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();
    assertEquals(Status.SUCCEEDED, world.look(first).status());
    assertEquals(Status.SUCCEEDED, world.look(second).status());
  }

  @Test
  void watching_whenTheNetworkIsDeleted_thenItFailsAndAccessIsGone() {
    OperationId id = granted("1", "cluster", "vnet-data");
    world.azure.removeNetwork(NETWORK);
    assertEquals("targetGone", failure(id));
    world.assertSettled(id, "deleted");
  }

  @Test
  void grant_whenAnAssignmentOfOurNameLacksOurMarker_thenItIsRefusedAndLeftAlone() {
    world.azure.addRoleByHand(FlowWorld.ROLE, ACCESS.roleId());
    world.azure.assignByHand(ACCESS.assignmentName(), ACCESS, "Temporary access, made by me");
    OperationId id = world.accept(Samples.request());
    world.deliver();

    assertEquals("foreignAssignment", failure(id));
    assertEquals(
        "Temporary access, made by me",
        Optional.ofNullable(world.azure.assignments().get(ACCESS.assignmentName()))
            .orElseThrow()
            .description());
    assertEquals(0, world.ledger.grantCount());
  }

  @Test
  void grant_whenTheVendorHasTheRoleByAnotherAssignment_thenItIsRefusedAndThatStays() {
    UUID name = UUID.fromString("00000000-0000-0000-0000-0000000000bb");
    world.azure.addRoleByHand(FlowWorld.ROLE, ACCESS.roleId());
    world.azure.assignByHand(name, ACCESS, "");
    OperationId id = world.accept(Samples.request());
    world.deliver();

    assertEquals("assignmentExists", failure(id));
    assertTrue(world.azure.assignments().containsKey(name));
  }

  @Test
  void grant_whenTheRoleIsSomebodyElses_thenItIsUsedAndNotDeleted() {
    UUID theirs = UUID.fromString("00000000-0000-0000-0000-0000000000cc");
    world.azure.addRoleByHand(FlowWorld.ROLE, theirs);
    OperationId id = granted("12345", "clz4q8v1k000108l5d2x9f7ah", "vnet-data");
    assertEquals(theirs, world.look(id).access().orElseThrow().roleId());
    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();

    assertEquals(Status.SUCCEEDED, world.look(id).status());
    assertEquals(0, world.temporaryAssignments());
    assertTrue(world.azure.hasRole(FlowWorld.ROLE));
  }

  @Test
  void revocation_whenTheMarkerWasRemovedByHand_thenItIsNotTouchedAndTheOperationSaysSo() {
    OperationId id = granted("1", "cluster", "vnet-data");
    world.azure.assignByHand(ACCESS.assignmentName(), ACCESS, "mine now");
    var unused = world.operations.cancel(id);
    world.sweep();
    world.sweep();

    assertEquals(Status.RUNNING, world.look(id).status());
    List<String> blocked =
        world.look(id).events().stream()
            .filter(event -> event.what().equals("revocationBlocked"))
            .map(Event::detail)
            .toList();
    assertEquals(1, blocked.size());
    assertTrue(blocked.get(0).contains("no longer carries Drawbridge's marker"));
    assertEquals(1, world.temporaryAssignments());

    world.azure.removeByHand(ACCESS.assignmentName());
    world.sweep();
    assertEquals(Status.CANCELED, world.look(id).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure.findRole", "azure.assign", "azure.inspect"})
  void grant_whenAzureRefuses_thenItFailsAtOnceAndNothingIsLeft(String call) {
    world.calls.before(
        (number, name) -> {
          if (name.equals(call)) {
            throw new PermanentFault("AuthorizationFailed", "not allowed");
          }
        });
    OperationId id = world.accept(Samples.request());
    world.deliver();
    assertEquals("AuthorizationFailed", failure(id));
    world.assertSettled(id, call);
  }

  @Test
  void grant_whenTheFaultDoesNotPass_thenItGivesUpAndNothingIsLeft() {
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.assign")) {
            throw new PassingFault("PrincipalNotFound", "not yet");
          }
        });
    OperationId id = world.accept(Samples.request());
    world.run(Duration.ofMinutes(30));

    assertEquals("PrincipalNotFound", failure(id));
    assertEquals(
        Backoff.DEFAULT.attempts() - 1, events(id).stream().filter("retry"::equals).count());
    world.assertSettled(id, "gave up");
  }

  @Test
  void grant_whenAzureAsksToWait_thenTheNextAttemptComesNoSooner() {
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.assign")) {
            world.calls.noHooks();
            throw new PassingFault(
                "TooManyRequests",
                "slow down",
                Optional.of(Duration.ofSeconds(90)),
                false,
                new IllegalStateException());
          }
        });
    OperationId id = world.accept(Samples.request());
    world.deliver();
    world.clock.advance(Duration.ofSeconds(89));
    world.deliver();
    assertEquals(Phase.QUEUED, world.look(id).phase());
    world.clock.advance(Duration.ofSeconds(1));
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
  }

  @Test
  void message_whenItIsStaleOrMisplacedOrUnknown_thenNothingIsGranted() {
    OperationId id = world.accept(Samples.request());
    world.queue.lose();
    for (Attempt attempt : List.of(new Attempt(id, 1), new Attempt(Samples.id(7), 0))) {
      world.queue.put(attempt, ConnectionKind.Queues.PEERING, FlowWorld.START);
    }
    world.queue.put(new Attempt(id, 0), ConnectionKind.Queues.PRIVATE_LINK, FlowWorld.START);
    world.deliver();

    assertEquals(Phase.QUEUED, world.look(id).phase());
    assertEquals(0, world.temporaryAssignments());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            world.granting.attempt(
                "nonsense", ConnectionKind.Queues.PEERING, Logger.getAnonymousLogger()));
  }

  @Test
  void message_whenItIsLost_thenTheSweepSendsItAgainWhenTheQueueHasForgottenIt() {
    OperationId id = world.accept(Samples.request());
    world.queue.lose();
    world.run(Duration.ofMinutes(15));
    assertEquals(Phase.QUEUED, world.look(id).phase());
    world.run(Duration.ofMinutes(2));
    assertEquals(Phase.GRANTED, world.look(id).phase());
  }

  @Test
  void request_whenItCanNotBeSent_thenTheSweepSendsItAfterHalfAMinute() {
    world.calls.before(
        (number, name) -> {
          if (name.equals("queue.send")) {
            world.calls.noHooks();
            throw new PassingFault("queueUnavailable", "away");
          }
        });
    Intake.Result result =
        world.intake.accept(Samples.request(), Optional.empty(), "api", Logger.getLogger("flow"));
    OperationId id = assertInstanceOf(Intake.Result.NotQueued.class, result).operation().id();
    world.clock.advance(Duration.ofSeconds(30));
    world.sweep();
    world.deliver();
    assertEquals(Phase.QUEUED, world.look(id).phase());

    world.clock.advance(Duration.ofSeconds(1));
    world.sweep();
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
  }

  @Test
  void sweep_whenOneTargetAndOneLedgerRowFail_thenTheOthersGoOn() {
    OperationId first = granted("1", "cluster", "vnet-a");
    OperationId second = granted("2", "cluster", "vnet-b");
    ResourceId broken = world.look(first).request().target();
    assertTrue(world.azure.connect(world.look(second).request().target(), "astro"));
    int[] reads = {0};
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.read") && reads[0]++ == 0) {
            throw new PassingFault("ServerBusy", broken.toString());
          }
        });
    world.sweep();

    assertEquals(Phase.CONNECTED, world.look(second).phase());
    assertEquals(Phase.GRANTED, world.look(first).phase());
  }

  @Test
  void sweep_when200OperationsWatch10Networks_thenItMakes10ReadsAndNoOtherCall() {
    for (int i = 0; i < 200; i++) {
      ResourceId unused =
          world.look(granted("T-" + i, "cluster-" + i, "vnet-" + i % 10)).request().target();
    }
    world.sweep();
    int before = world.calls.names().size();
    world.sweep();
    List<String> azure =
        world.calls.names().subList(before, world.calls.names().size()).stream()
            .filter(name -> name.startsWith("azure."))
            .toList();
    assertEquals(Collections.nCopies(10, "azure.read"), azure);
  }
}
