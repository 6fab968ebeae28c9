package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.FakeAzure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operation tells no more than what was seen, and nothing that was seen is lost. */
class EndingTest {
  private static final ResourceId NETWORK = Samples.request().target();
  private static final Access ACCESS =
      new Access(
          FlowWorld.SUBSCRIPTION,
          FlowWorld.ROLE,
          RoleTemplate.definitionId(Samples.TENANT, FlowWorld.ROLE),
          FakeAzure.VENDOR);

  private final FlowWorld world = new FlowWorld();

  private List<String> events(OperationId id) {
    return world.look(id).events().stream().map(Event::what).toList();
  }

  @Test
  void end_whenAccessWasNeverGiven_thenNobodyIsToldThatItIsGone() {
    world.azure.addRoleByHand(FlowWorld.ROLE, ACCESS.roleId());
    world.azure.assignByHand(ACCESS.assignmentName(), ACCESS, "made by hand");
    OperationId refused = world.accept(Samples.request());
    world.deliver();
    world.sweep();

    assertEquals(Status.FAILED, world.look(refused).status());
    assertEquals(Phase.QUEUED, world.look(refused).phase());
    assertFalse(events(refused).contains("accessGone"), "a foreign one stands");
  }

  @Test
  void end_whenItIsCanceledJustBeforeTheGrant_thenAccessIsNotSaidToHaveStood() {
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.createGrant")) {
            world.calls.noHooks();
            assertTrue(world.operations.cancel(id).isPresent());
            world.sweep();
          }
        });
    world.deliver();
    world.sweep();

    world.assertSettled(id, "canceled");
    assertEquals(Phase.QUEUED, world.look(id).phase());
    assertFalse(events(id).contains("accessGone"));
  }

  @Test
  void end_whenTheProcessCrashesAtAnyCallOfTheRevocation_thenTheOperationTellsThatAccessIsGone() {
    FlowWorld plain = connected();
    int first = plain.calls.names().size();
    plain.sweep();
    int calls = plain.calls.names().size() - first;
    for (int number = 1; number <= calls; number++) {
      FlowWorld struck = connected();
      int at = struck.calls.names().size() + number;
      struck.calls.after(
          (current, name) -> {
            if (current == at) {
              throw new Calls.Crash(name);
            }
          });
      FlowWorld.step(struck::sweep);
      struck.calls.noHooks();
      struck.run(Duration.ofMinutes(2));

      Operation operation = struck.look(OperationId.ofContent(Samples.request()));
      assertEquals(Status.SUCCEEDED, operation.status());
      assertTrue(
          operation.events().stream().map(Event::what).anyMatch("accessGone"::equals),
          "call " + number + ": " + operation.events());
    }
  }

  private static FlowWorld connected() {
    FlowWorld world = new FlowWorld();
    OperationId unused = world.accept(Samples.request());
    world.deliver();
    assertTrue(world.azure.connect(NETWORK, "astro"));
    return world;
  }

  @Test
  void end_whenADeletedAssignmentStillShows_thenItWaitsUntilItDoesNot() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.azure.stillVisible(3);
    world.sweep();
    assertEquals(Status.RUNNING, world.look(id).status());
    assertFalse(events(id).contains("accessGone"));

    world.run(Duration.ofMinutes(2));
    assertEquals(Status.SUCCEEDED, world.look(id).status());
    assertEquals(1, events(id).stream().filter("assignmentDeleted"::equals).count());
    world.assertSettled(id, "slow to show");
  }

  @Test
  void end_whenTheSubscriptionIsNoLongerAllowed_thenItFailsAndWhatWasBegunIsUndone() {
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.find")) {
            world.calls.noHooks();
            throw FlowWorld.busy(); // the assignment is made, and can't be read back
          }
        });
    world.deliver();
    assertEquals(1, world.temporaryAssignments());

    world.clock.advance(Duration.ofSeconds(5));
    world.queue.deliverDue(world.granting(new Policy(Samples.TENANT, Set.of())), FlowWorld.LOG);
    world.run(Duration.ofMinutes(10));
    assertEquals(Status.FAILED, world.look(id).status());
    assertEquals("notAllowed", world.look(id).ending().map(Ending::code).orElseThrow());
    world.assertSettled(id, "no longer allowed");
  }
}
