package dev.drawbridge.access.flow;

import static dev.drawbridge.access.flow.FlowWorld.ACCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.fakes.RecordedLog;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After the brake is pulled no access stands, and none is given until it is lifted. */
class BreakGlassTest {
  private static final BreakGlass.Standing NOTHING = new BreakGlass.Standing(List.of(), List.of());

  private final FlowWorld world = new FlowWorld();
  private final RecordedLog log = new RecordedLog();
  private final BreakGlass brake = new BreakGlass(world.ledger, world.sweep, world.clock);

  private OperationId accept(String ticket) {
    return world.accept(FlowWorld.request(ticket, "cluster", "vnet-data"));
  }

  private OperationId granted(String ticket) {
    OperationId id = accept(ticket);
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
    return id;
  }

  private BreakGlass.Standing pull() {
    return brake.pull("stolen\nkey", log.logger());
  }

  private Ending ending(OperationId id) {
    return world.look(id).ending().orElseThrow();
  }

  @Test
  void standing_whenSomeHaveAccessAndSomeWaitForIt_thenTheseAndTheAssignmentsAreShown() {
    OperationId granted = granted("1");
    OperationId canceled = granted("2");
    OperationId queued = accept("3");
    assertTrue(world.operations.cancel(canceled).isPresent());
    BreakGlass.Standing standing = brake.standing();
    assertEquals(
        List.of(granted, queued).stream().sorted().toList(),
        standing.operations().stream().map(Operation::id).sorted().toList());
    assertEquals(List.of(ACCESS), standing.grants().stream().map(one -> one.access()).toList());
  }

  @Test
  void standing_whenOnlyTheRoleIsLeft_thenNoAssignmentIsShown() {
    granted("1");
    var grant = world.ledger.grants().get(0);
    var unused = world.ledger.updateGrant(grant, grant.value().gone(FlowWorld.START));
    assertEquals(List.of(), brake.standing().grants());
  }

  @Test
  void pull_whenAccessStandsAndIsWaitedFor_thenAllOfItEndsAndIsTold() {
    OperationId granted = granted("1");
    OperationId queued = accept("2");

    assertEquals(NOTHING, pull());

    assertEquals(Optional.of(new Stop(FlowWorld.START, "stolen key")), world.operations.stop());
    assertEquals(0, world.temporaryAssignments());
    for (OperationId id : List.of(granted, queued)) {
      assertEquals(
          new Ending(
              Status.FAILED,
              "allRevoked",
              "All access was revoked by hand: stolen key. Send a new request when it is granted again.",
              FlowWorld.START),
          ending(id));
      assertEquals(Status.FAILED, world.look(id).status());
      world.assertSettled(id, "all revoked");
    }
    assertEquals(
        List.of("accepted", "accessGranted", "failed", "accessRevoked"), world.told(granted));
    assertEquals(List.of("accepted", "failed"), world.told(queued));
    assertEquals(List.of("SEVERE event=allRevoked reason=stolen key"), log.lines("SEVERE"));
    assertEquals(
        List.of("INFO all revoked: 2 operations ended, 0 failures"), log.lines("INFO all"));

    world.deliver();
    world.run(Duration.ofMinutes(5));
    assertEquals(0, world.temporaryAssignments(), "the message that waited grants nothing");
  }

  @Test
  void pull_thenTheStopIsWrittenBeforeTheOperationsAreListed() {
    int before = world.calls.names().size();
    pull();
    assertEquals(
        List.of(
            "ledger.stop",
            "ledger.setStop",
            "ledger.stop",
            "ledger.grants",
            "ledger.openOperations"),
        world.calls.names().subList(before, before + 5));
  }

  @Test
  void pull_whenAnEndIsDecidedAlready_thenThatOneStands() {
    OperationId id = granted("1");
    assertTrue(world.operations.cancel(id).isPresent());
    pull();
    assertEquals(Status.CANCELED, world.look(id).status());
    world.assertSettled(id, "canceled");
  }

  @Test
  void pull_whenAnOperationHasEndedAndIsNotTold_thenItIsNotChanged() {
    OperationId id = granted("1");
    assertTrue(world.operations.cancel(id).isPresent());
    world.sweep();
    Operation ended = world.look(id);
    assertTrue(ended.endedAt().isPresent());
    pull();
    assertEquals(ended, world.look(id));
    assertEquals(
        List.of("INFO all revoked: 0 operations ended, 0 failures"), log.lines("INFO all"));
  }

  @Test
  void pull_whenItIsPulledTwice_thenTheFirstReasonAndTimeStand() {
    pull();
    world.clock.advance(Duration.ofHours(1));
    brake.pull("another", log.logger());
    assertEquals(Optional.of(new Stop(FlowWorld.START, "stolen key")), world.operations.stop());
    assertEquals(2, log.lines("SEVERE event=allRevoked reason=stolen key").size());
  }

  @Test
  void pull_whenARequestWasPastTheStopsCheck_thenItIsNotGrantedAndThePullAfterEndsIt() {
    world.justBefore("ledger.create", () -> assertEquals(NOTHING, pull()));
    OperationId granted = accept("1");
    world.deliver();
    assertEquals("grantsStopped", ending(granted).code());
    assertTrue(ending(granted).message().contains("since 2026-03-01T10:00:00Z: stolen key."));

    brake.lift("over", log.logger());
    world.justBefore("ledger.create", () -> assertEquals(NOTHING, pull()));
    OperationId ended = accept("2");
    assertEquals(
        List.of(ended), brake.standing().operations().stream().map(Operation::id).toList());
    Instant again = world.clock.instant();
    assertEquals(NOTHING, pull());
    assertEquals("allRevoked", ending(ended).code());
    assertEquals(again, ending(ended).since());
    world.deliver();
    assertEquals(0, world.temporaryAssignments());
    world.run(Duration.ofMinutes(2));
    world.assertSettled(granted, "stopped");
    world.assertSettled(ended, "stopped");
  }

  @Test
  void pull_whenAGrantIsUnderWay_thenNoneIsMadeOrItIsTakenAwayAfter() {
    for (String call : List.of("azure.findRole", "ledger.createGrant", "azure.assign")) {
      FlowWorld busy = new FlowWorld();
      BreakGlass itsBrake = new BreakGlass(busy.ledger, busy.sweep, busy.clock);
      OperationId id = busy.accept(Samples.request());
      busy.justBefore(call, () -> itsBrake.pull("now", FlowWorld.LOG));
      busy.deliver();
      assertEquals(call.equals("azure.assign") ? 1 : 0, busy.temporaryAssignments(), call);
      busy.run(Duration.ofMinutes(8));
      busy.assertSettled(id, call);
      assertEquals("allRevoked", busy.look(id).ending().map(Ending::code).orElseThrow());
    }
  }

  @Test
  void pull_whenALockKeepsAccess_thenWhatIsLeftIsShownAndTheSweepsGoOn() {
    OperationId id = granted("1");
    world.always("azure.unassign", new PermanentFault("ScopeLocked", "locked"));
    BreakGlass.Standing left = pull();
    assertEquals(List.of(), left.operations(), "its end is decided");
    assertEquals(List.of(ACCESS), left.grants().stream().map(one -> one.access()).toList());
    assertEquals(
        List.of("INFO all revoked: 0 operations ended, 1 failures"), log.lines("INFO all"));
    world.calls.noHooks();
    world.sweep();
    assertEquals(NOTHING, brake.standing());
    world.assertSettled(id, "unlocked");
  }

  @Test
  void pull_whenOneOperationCantBeWritten_thenTheOthersEndAndItIsShown() {
    OperationId first = granted("1");
    OperationId second = granted("2");
    world.justBefore(
        "ledger.update",
        () -> {
          throw FlowWorld.busy();
        });
    BreakGlass.Standing left = pull();
    OperationId missed = left.operations().get(0).id();
    assertEquals(1, left.operations().size());
    assertEquals("allRevoked", ending(missed.equals(first) ? second : first).code());
    assertEquals(1, log.lines("WARNING operation " + missed + ": left to the next sweep").size());
    assertEquals(
        List.of("INFO all revoked: 0 operations ended, 1 failures"), log.lines("INFO all"));

    world.sweep();
    assertEquals(NOTHING, brake.standing(), "a sweep does what the pull could not");
    world.assertSettled(first, "swept");
    world.assertSettled(second, "swept");
  }

  @Test
  void run_whenARequestWasPastTheStopsCheck_thenTheSweepEndsItAndItsMessageGrantsNothing() {
    world.justBefore("ledger.create", () -> assertEquals(NOTHING, pull()));
    OperationId id = accept("1");
    world.sweep();
    assertEquals("allRevoked", ending(id).code());
    world.deliver();
    assertEquals(0, world.temporaryAssignments());
    world.assertSettled(id, "swept");
  }

  @Test
  void run_whenTheStopWasLifted_thenWhatIsGrantedGoesOn() {
    pull();
    brake.lift("found", log.logger());
    OperationId id = granted("1");
    world.sweep();
    assertTrue(world.look(id).awaitsConnection());
  }

  @Test
  void pull_whenTheStopCantBeWritten_thenNothingEndsAndItIsThrown() {
    OperationId id = granted("1");
    world.always("ledger.setStop", FlowWorld.busy());
    assertThrows(PassingFault.class, this::pull);
    assertTrue(world.look(id).ending().isEmpty());
    assertEquals(List.of(), log.lines());
  }

  @Test
  void lift_whenItWasPulled_thenRequestsAreTakenInAndGrantedAgain() {
    pull();
    Intake.Result.Stopped stopped =
        assertInstanceOf(
            Intake.Result.Stopped.class,
            world.intake.accept(Samples.request(), Optional.empty(), "api", FlowWorld.LOG));
    assertEquals("stolen key", stopped.stop().reason());
    log.clear();
    brake.lift("found", log.logger());
    assertEquals(List.of("WARNING event=grantsResumed reason=found"), log.lines());
    assertEquals(Optional.empty(), world.operations.stop());
    OperationId id = granted("1");
    assertEquals(1, world.temporaryAssignments());
    assertTrue(world.look(id).awaitsConnection());
  }
}
