package dev.drawbridge.access.flow;

import static dev.drawbridge.access.flow.FlowWorld.ACCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.fakes.RecordedLog;
import dev.drawbridge.access.port.PassingFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Assignments of ours that no grant stands for, and none else, are taken away. */
class OrphansTest {
  private static final UUID NAME = ACCESS.assignmentName();

  /** Looked at after the samples' one, for it is the greater of the two. */
  private static final UUID SECOND = UUID.fromString("11111111-0000-0000-0000-000000000001");

  private static final Access IN_SECOND =
      new Access("/subscriptions/" + SECOND, "", ACCESS.roleId(), FakeAzure.VENDOR);
  private static final Instant EXPIRES = FlowWorld.START.plus(Duration.ofHours(1));
  private static final List<RoleTemplate> ROLES =
      List.of(
          new RoleTemplate("Another", "Not it.", Set.of("Microsoft.Network/natGateways/read")),
          new RoleTemplate(
              FlowWorld.ROLE, "Peers.", Set.of("Microsoft.Network/virtualNetworks/read")));

  private final FlowWorld world = new FlowWorld();
  private final RecordedLog log = new RecordedLog();
  private final Orphans orphans = over(world.policy);

  private Orphans over(Policy policy) {
    return new Orphans(world.ledger, world.azure, policy, ROLES, world.clock);
  }

  private Orphans overBoth() {
    return over(new Policy(Samples.TENANT, Set.of(SECOND, Samples.SUBSCRIPTION)));
  }

  private Orphans.Report run() {
    return orphans.run(log.logger());
  }

  private static String marker() {
    return new Marker(Samples.id(7), EXPIRES).toDescription();
  }

  /** As a list shows it: without the role's name. */
  private static Access shown(Access access) {
    return new Access(access.scope(), "", access.roleId(), access.principalId());
  }

  private void leave(Access access) {
    world.azure.assignByHand(access.assignmentName(), shown(access), marker());
  }

  private void at(Instant time) {
    world.clock.advance(Duration.between(world.clock.instant(), time));
  }

  private boolean stands(Access access) {
    return world.azure.assignments().containsKey(access.assignmentName());
  }

  private OperationId granted(String ticket) {
    OperationId id = world.accept(FlowWorld.request(ticket, "cluster", "vnet-data"));
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
    return id;
  }

  @Test
  void run_whenEachAssignmentHasItsGrant_thenNothingIsDoneOrSaid() {
    OperationId unused = granted("1");
    int before = world.calls.names().size();
    assertEquals(new Orphans.Report(1, 0, 0, 0), run());
    assertEquals(List.of(), log.lines());
    assertEquals(
        List.of("ledger.grants", "azure.ours", "ledger.grant"),
        world.calls.names().subList(before, world.calls.names().size()));
  }

  @Test
  void run_whenNoGrantStandsForAnAssignment_thenItIsAdoptedAndTheSweepTakesItAway() {
    leave(ACCESS);
    world.azure.addRoleByHand(FlowWorld.ROLE, ACCESS.roleId());
    assertEquals(new Orphans.Report(1, 1, 0, 0), run());
    assertTrue(stands(ACCESS), "that is the sweep's");
    assertEquals(
        Optional.of(Grant.orphan(ACCESS, FlowWorld.START)), world.ledger.lookAtGrant(NAME));
    assertEquals(
        List.of(
            "SEVERE event=orphanFound assignment=%s scope=%s: no operation needs it, the next sweep takes it away"
                .formatted(NAME, ACCESS.scope())),
        log.lines());

    assertEquals(new Orphans.Report(1, 0, 0, 0), run(), "it is known by now");
    assertEquals(1, log.lines().size());

    world.sweep();
    assertFalse(stands(ACCESS));
    assertFalse(world.azure.hasRole(FlowWorld.ROLE), "it was known by its id");
    assertEquals(0, world.ledger.grantCount());
    assertEquals(new Orphans.Report(0, 0, 0, 0), run());
  }

  @Test
  void run_whenAnAssignmentOnlyLooksLikeOurs_thenItIsNotTouched() {
    Access other = new Access(ACCESS.scope(), "", ACCESS.roleId(), new UUID(4, 4));
    world.azure.assignByHand(NAME, shown(ACCESS), "Temporary access, made by hand");
    world.azure.assignByHand(new UUID(3, 3), other, marker());
    leave(IN_SECOND); // in a subscription where nothing is allowed
    assertEquals(new Orphans.Report(0, 0, 0, 0), run());
    assertEquals(0, world.ledger.grantCount());
    world.sweep();
    assertTrue(stands(ACCESS));
    assertTrue(stands(IN_SECOND));
    assertTrue(world.azure.assignments().containsKey(new UUID(3, 3)));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void run_whenTheRoleIsNoneThatIsMadeNow_thenTheAssignmentGoesAndTheRoleStays() {
    Access past = new Access(ACCESS.scope(), "", Samples.ROLE, FakeAzure.VENDOR);
    leave(past);
    world.azure.addRoleByHand("Past", Samples.ROLE);
    assertEquals(1, run().orphans());
    assertEquals(
        Optional.of(past),
        world.ledger.lookAtGrant(past.assignmentName()).map(grant -> grant.access()));
    world.sweep();
    assertFalse(stands(past));
    assertTrue(world.azure.hasRole("Past"));
    assertEquals(0, world.ledger.grantCount());
  }

  @Test
  void run_whenTheSameAccessIsGrantedJustThen_thenThatGrantStands() {
    leave(ACCESS);
    OperationId id = world.accept(Samples.request());
    world.justBefore("ledger.createGrant", world::deliver);
    assertEquals(new Orphans.Report(1, 0, 0, 0), run());
    assertEquals(List.of(), log.lines());
    assertTrue(world.ledger.lookAtGrant(NAME).orElseThrow().isNeededBy(id));
    world.sweep();
    assertTrue(stands(ACCESS));
    assertEquals(Phase.GRANTED, world.look(id).phase());
  }

  @Test
  void run_whenAnOrphanIsAdoptedFirst_thenTheSameAccessIsGrantedAfterItIsGone() {
    leave(ACCESS);
    OperationId id = world.accept(Samples.request());
    assertEquals(1, run().orphans());
    world.deliver();
    assertEquals(Phase.QUEUED, world.look(id).phase(), "it is being taken away");
    world.sweep();
    assertFalse(stands(ACCESS));
    world.run(Duration.ofMinutes(2));
    assertEquals(Phase.GRANTED, world.look(id).phase());
    assertEquals(1, world.temporaryAssignments());
  }

  @Test
  void run_whenTheProcessDiesAfterTheAdoption_thenTheSweepTakesItAway() {
    leave(ACCESS);
    world.calls.after(
        (number, name) -> {
          if (name.equals("ledger.createGrant")) {
            throw new Calls.Crash(name);
          }
        });
    assertThrows(Calls.Crash.class, this::run);
    world.calls.noHooks();
    world.sweep();
    assertFalse(stands(ACCESS));
    assertEquals(0, world.ledger.grantCount());
  }

  @Test
  void run_whenTheProcessDiesBeforeTheAdoption_thenTheNextRunFindsIt() {
    leave(ACCESS);
    world.justBefore(
        "ledger.createGrant",
        () -> {
          throw new Calls.Crash("before");
        });
    assertThrows(Calls.Crash.class, this::run);
    world.sweep();
    assertTrue(stands(ACCESS));
    assertEquals(1, run().orphans());
    world.sweep();
    assertFalse(stands(ACCESS));
  }

  @Test
  void run_whenTheRowIsLostAndOperationsNeedIt_thenItIsPutBackForThem() {
    OperationId first = granted("1");
    OperationId second = granted("2");
    OperationId canceled = granted("3");
    assertTrue(world.operations.cancel(canceled).isPresent());
    world.ledger.loseGrant(NAME);

    assertEquals(new Orphans.Report(1, 0, 0, 0), run());
    Grant restored = world.ledger.lookAtGrant(NAME).orElseThrow();
    assertTrue(restored.isNeededBy(first) && restored.isNeededBy(second) && restored.isMade());
    assertEquals(2, restored.holds().size());
    assertEquals(world.look(first).expiresAt(), restored.expiresAt());
    assertFalse(restored.isBeingRevoked());
    assertEquals(1, log.lines("SEVERE event=grantRestored assignment=" + NAME).size());
    assertTrue(log.lines().get(0).contains(second.toString()), log.lines().toString());

    world.sweep();
    assertTrue(stands(ACCESS));
    assertTrue(world.azure.connect(Samples.request().target(), "astro"));
    world.run(Duration.ofMinutes(4));
    world.operations.cancel(first);
    world.operations.cancel(second);
    world.run(Duration.ofMinutes(10));
    world.assertSettled(first, "restored");
    world.assertSettled(second, "restored");
    world.assertSettled(canceled, "restored");
  }

  @Test
  void run_whenTheRowIsLost_thenOnlyThoseInTimeAndWithThatVeryAccessNeedIt() {
    OperationId id = granted("1");
    Access other = new Access(ACCESS.scope(), "", ACCESS.roleId(), new UUID(4, 4));
    leave(other);
    world.ledger.loseGrant(NAME);
    Instant over = world.look(id).expiresAt();

    at(over.minusMillis(1));
    assertEquals(new Orphans.Report(2, 1, 0, 0), run(), "the other one is nobody's");
    assertTrue(world.ledger.lookAtGrant(NAME).orElseThrow().isNeededBy(id));

    world.ledger.loseGrant(NAME);
    at(over);
    assertEquals(new Orphans.Report(2, 1, 0, 0), run());
    assertTrue(world.ledger.lookAtGrant(NAME).orElseThrow().isBeingRevoked());
    world.run(Duration.ofMinutes(10));
    assertEquals(0, world.temporaryAssignments());
    assertTrue(world.look(id).isOver());
  }

  @Test
  void run_whenOneSubscriptionCantBeListed_thenTheOtherIsLookedAt() {
    OperationId id = granted("1");
    leave(IN_SECOND);
    world.azure.removeByHand(NAME);
    world.clock.advance(Duration.ofHours(1));
    world.justBefore(
        "azure.ours",
        () -> {
          throw FlowWorld.busy();
        });
    assertEquals(new Orphans.Report(1, 1, 0, 1), overBoth().run(log.logger()));
    assertFalse(world.events(id).contains("assignmentMissing"), "nobody looked there");
    assertEquals(1, log.lines("WARNING " + FlowWorld.SUBSCRIPTION + ": ").size());
    assertEquals(new Orphans.Report(1, 0, 1, 0), overBoth().run(log.logger()));
  }

  @Test
  void run_whenTheLaterSubscriptionCantBeListed_thenTheFirstWasLookedAt() {
    leave(ACCESS);
    leave(IN_SECOND);
    world.calls.after(
        (number, name) -> {
          if (name.equals("azure.ours")) {
            world.always("azure.ours", FlowWorld.noAnswer());
          }
        });
    assertEquals(new Orphans.Report(1, 1, 0, 1), overBoth().run(log.logger()));
    assertTrue(world.ledger.lookAtGrant(NAME).isPresent());
    assertFalse(world.ledger.lookAtGrant(IN_SECOND.assignmentName()).isPresent());
  }

  @Test
  void run_whenOneAssignmentCantBeAdoptedNow_thenTheOthersAre() {
    leave(ACCESS);
    Access other = new Access(ACCESS.scope(), "", ACCESS.roleId(), new UUID(4, 4));
    leave(other);
    world.justBefore(
        "ledger.grant",
        () -> {
          throw FlowWorld.busy();
        });
    assertEquals(new Orphans.Report(2, 1, 0, 1), run());
    assertEquals(1, world.ledger.grantCount());
    assertEquals(1, log.lines("WARNING assignment ").size());
    assertEquals(new Orphans.Report(2, 1, 0, 0), run());
    assertEquals(2, world.ledger.grantCount());
  }

  @Test
  void run_whenTheLedgerCantBeRead_thenNothingIsTouchedAndItIsThrown() {
    leave(ACCESS);
    world.always("ledger.grants", FlowWorld.busy());
    assertThrows(PassingFault.class, this::run);
    assertTrue(stands(ACCESS));
  }

  @Test
  void run_whenTheRowCantBeRead_thenTheAssignmentGoesWhenItsMarkersTimeIsOver() {
    leave(ACCESS);
    world.ledger.garble(NAME);
    at(EXPIRES.minusMillis(1));
    assertEquals(new Orphans.Report(1, 0, 0, 0), run());
    assertTrue(stands(ACCESS));
    String line =
        "SEVERE event=grantUnreadable assignment=%s scope=%s: its row can't be read, "
            .formatted(NAME, ACCESS.scope());
    assertEquals(List.of(line + "it is deleted at its time"), log.lines());

    log.clear();
    at(EXPIRES);
    assertEquals(new Orphans.Report(1, 1, 0, 0), run());
    assertFalse(stands(ACCESS));
    assertEquals(
        List.of(
            line + "its time is over and it is deleted",
            "INFO assignment " + NAME + ": deleted, call"),
        log.lines());
  }

  @Test
  void run_whenTheRowCantBeReadAndTheDeletionIsRefused_thenTheNextRunTriesAgain() {
    leave(ACCESS);
    world.ledger.garble(NAME);
    at(EXPIRES);
    world.always("azure.unassign", FlowWorld.busy());
    assertEquals(new Orphans.Report(1, 0, 0, 1), run());
    assertTrue(stands(ACCESS));
    world.calls.noHooks();
    assertEquals(new Orphans.Report(1, 1, 0, 0), run());
    assertFalse(stands(ACCESS));
  }
}
