package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.Versioned;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody else wrote into the ledger is checked like a request. */
class ForgedRecordTest {
  private static final UUID ROLE = RoleTemplate.definitionId(Samples.TENANT, FlowWorld.ROLE);
  private static final UUID OTHER = new UUID(1, 2);

  private final FlowWorld world = new FlowWorld();

  static Stream<Access> otherAccess() {
    return Stream.of(
        new Access(FlowWorld.SUBSCRIPTION, FlowWorld.ROLE, ROLE, OTHER),
        new Access("/subscriptions/" + OTHER, FlowWorld.ROLE, ROLE, FakeAzure.VENDOR),
        new Access(FlowWorld.SUBSCRIPTION, "Owner", ROLE, FakeAzure.VENDOR));
  }

  private void forge(OperationId id, UnaryOperator<Operation> change) {
    Versioned<Operation> found = world.ledger.operation(id).orElseThrow();
    Versioned<Operation> unused = world.ledger.update(found, change.apply(found.value()));
  }

  private Ending ending(OperationId id) {
    world.sweep();
    return world.look(id).ending().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("otherAccess")
  void grant_whenTheRecordedAccessIsAnother_thenItFailsAndNothingIsGiven(Access forged) {
    OperationId id = world.accept(Samples.request());
    forge(id, operation -> operation.intends(forged));
    world.deliver();
    assertEquals("recordDiffers", ending(id).code());
    assertEquals(1, world.azure.assignments().size(), "the unrelated one");
  }

  @Test
  void grant_whenTheRecordedAccessIsTheOneAskedFor_thenItIsGiven() {
    OperationId id = world.accept(Samples.request());
    Access same =
        new Access(
            FlowWorld.SUBSCRIPTION.toUpperCase(java.util.Locale.ROOT),
            FlowWorld.ROLE,
            ROLE,
            FakeAzure.VENDOR);
    forge(id, operation -> operation.intends(same));
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
  }

  @Test
  void grant_whenTheRecordedTimeIsTooLong_thenItFailsAndNothingIsGiven() {
    OperationId id = world.accept(Samples.request());
    forge(
        id,
        operation ->
            Operation.accepted(
                    id,
                    operation.request(),
                    operation.matchCode(),
                    Set.of(Addressee.TICKET),
                    "api",
                    FlowWorld.START.plus(Duration.ofDays(30)))
                .sent(FlowWorld.START));
    world.queue.deliverDue(
        world.granting(
            new Policy(Samples.TENANT, Set.of(Samples.SUBSCRIPTION), Duration.ofDays(7))),
        FlowWorld.LOG);
    assertEquals("notAllowed", ending(id).code());
    assertTrue(ending(id).message().startsWith("/expiresAt "), ending(id).message());
    assertEquals(0, world.temporaryAssignments());
  }

  @Test
  void end_whenTheGrantIsMissing_thenItIsPutBackAndTheOperationEndsWithItsAccess() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    world.ledger.deleteGrant(world.ledger.grants().get(0));
    assertTrue(world.operations.cancel(id).isPresent());

    world.sweep();
    assertEquals(1, world.temporaryAssignments());
    assertFalse(world.look(id).endedAt().isPresent(), "its access stands");
    assertEquals(1, world.ledger.grantCount());

    world.sweep();
    assertEquals(Status.CANCELED, world.look(id).status());
    world.assertSettled(id, "put back");
  }

  @Test
  void end_whenTheGrantIsSaidToBeGone_thenTheOperationEndsWithItsAccess() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    var grant = world.ledger.grants().get(0);
    var unused = world.ledger.updateGrant(grant, grant.value().gone(FlowWorld.START));
    assertTrue(world.operations.cancel(id).isPresent());
    for (int i = 0; i < 4 && world.look(id).endedAt().isEmpty(); i++) {
      world.sweep();
      assertTrue(
          world.look(id).endedAt().isEmpty() || world.temporaryAssignments() == 0,
          "ended, and access stands");
    }
    world.assertSettled(id, "said to be gone");
  }
}
