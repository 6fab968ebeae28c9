package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.PassingFault;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Calls that make the assignment and take effect when nobody expects it any more, or that do not
 * show yet. Access may never outlive the operation's end: nothing would take it away then.
 */
class InFlightTest {
  private static final Access ACCESS =
      new Access(
          FlowWorld.SUBSCRIPTION,
          FlowWorld.ROLE,
          RoleTemplate.definitionId(Samples.TENANT, FlowWorld.ROLE),
          FakeAzure.VENDOR);

  private final FlowWorld world = new FlowWorld();

  @Test
  void cancel_whenAnEarlierAttemptMayStillTakeEffect_thenItIsWaitedFor() {
    OperationId id = world.accept(Samples.request());
    failOnce("azure.assign", FlowWorld::noAnswer);
    world.deliver();
    failOnce("azure.findRole", FlowWorld::busy); // before the second attempt does anything
    world.clock.advance(Duration.ofSeconds(5));
    world.deliver();

    cancelAndLandLate(id);
  }

  @Test
  void cancel_whenARefusedAttemptFollowedOneThatMayStillTakeEffect_thenItIsWaitedFor() {
    OperationId id = world.accept(Samples.request());
    failOnce("azure.assign", FlowWorld::noAnswer);
    world.deliver();
    failOnce("azure.assign", FlowWorld::busy);
    world.clock.advance(Duration.ofSeconds(5));
    world.deliver();

    cancelAndLandLate(id);
  }

  @Test
  void cancel_whenAnAssignmentIsMadeAgainWithoutAnAnswer_thenItIsWaitedFor() {
    OperationId id = world.accept(Samples.request());
    onceAfter(
        "azure.assign", () -> failOnce("azure.find", FlowWorld::busy)); // it can't be verified
    world.deliver();
    failOnce("azure.assign", FlowWorld::noAnswer);
    world.clock.advance(Duration.ofSeconds(5));
    world.deliver();

    cancelAndLandLate(id);
  }

  @Test
  void cancel_whenItsMessageIsWorkedOnTwiceAtOnce_thenTheSlowerIsWaitedFor() {
    OperationId id = world.accept(Samples.request());
    once(
        "azure.assign", // the slower one is about to make the assignment
        () -> {
          failOnce("azure.assign", FlowWorld::busy);
          world.granting.attempt(
              new Attempt(id, 0).messageId(), ConnectionKind.Queues.PEERING, FlowWorld.LOG);
          cancel(id);
          world.sweep();
        });
    world.deliver();

    world.run(Duration.ofMinutes(10));
    assertEquals(Status.CANCELED, world.look(id).status());
    world.assertSettled(id, "worked on twice");
  }

  @Test
  void cancel_whenTheNextAttemptComesTooLateToHold_thenTheOneBeforeIsWaitedFor() {
    OperationId id = world.accept(Samples.request());
    failOnce("azure.assign", FlowWorld::noAnswer);
    world.deliver();
    world.clock.advance(Duration.ofSeconds(5));
    onceAfter(
        "ledger.grant", // the next attempt has read the grant that it is about to hold
        () -> {
          cancel(id);
          failOnce("azure.find", FlowWorld::noAnswer);
          world.sweep();
        });
    world.deliver();

    cancelAndLandLate(id);
  }

  @Test
  void cancel_whenTheAssignmentDoesNotShowYet_thenItIsTakenAwayAllTheSame() {
    OperationId id = world.accept(Samples.request());
    onceAfter("azure.assign", () -> world.azure.notYetVisible(2));
    world.deliver();
    assertEquals(Phase.QUEUED, world.look(id).phase());

    cancel(id);
    world.sweep();
    world.run(Duration.ofMinutes(10));

    assertEquals(Status.CANCELED, world.look(id).status());
    world.assertSettled(id, "not yet visible");
  }

  @Test
  void grant_whenItsAccessBeganToBeTakenAwayJustNow_thenItMakesNoCall() {
    OperationId id = world.accept(Samples.request());
    failOnce("azure.assign", FlowWorld::busy);
    world.deliver();
    world.clock.advance(Duration.ofDays(3).minusSeconds(1));
    onceAfter(
        "ledger.grant", // the next attempt has read the grant that it is about to hold
        () -> {
          world.clock.advance(Duration.ofSeconds(1));
          failOnce("ledger.update", this::thenFailsToLook); // its end is not written
          world.sweep();
          once("azure.assign", world::sweep);
        });
    world.deliver();

    world.run(Duration.ofMinutes(10));
    assertEquals(Status.FAILED, world.look(id).status());
    world.assertSettled(id, "expired while being granted");
  }

  private PassingFault thenFailsToLook() {
    failOnce("azure.find", FlowWorld::noAnswer);
    return FlowWorld.noAnswer();
  }

  @Test
  void grant_whenEveryCallWasAnswered_thenRevocationWaitsForNothing() {
    OperationId id = world.accept(Samples.request());
    failOnce("azure.assign", FlowWorld::busy);
    world.deliver();
    world.clock.advance(Duration.ofSeconds(5));
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());

    cancel(id);
    world.sweep();
    world.assertSettled(id, "answered");
  }

  private void cancelAndLandLate(OperationId id) {
    assertEquals(Phase.QUEUED, world.look(id).phase());
    cancel(id);
    world.sweep();
    assertFalse(world.look(id).endedAt().isPresent(), "ended with a call under way");

    world.azure.assignByHand(
        ACCESS.assignmentName(),
        ACCESS,
        new Marker(id, world.look(id).expiresAt()).toDescription());
    world.run(Duration.ofMinutes(10));
    assertEquals(Status.CANCELED, world.look(id).status());
    world.assertSettled(id, "landed late");
  }

  private void cancel(OperationId id) {
    assertTrue(world.operations.cancel(id).isPresent());
  }

  private void failOnce(String call, Supplier<PassingFault> fault) {
    once(
        call,
        () -> {
          throw fault.get();
        });
  }

  private void once(String call, Runnable what) {
    world.calls.before(
        (number, name) -> {
          if (name.equals(call)) {
            world.calls.before((later, other) -> {});
            what.run();
          }
        });
  }

  private void onceAfter(String call, Runnable what) {
    world.calls.after(
        (number, name) -> {
          if (name.equals(call)) {
            world.calls.after((later, other) -> {});
            what.run();
          }
        });
  }
}
