package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.port.ConflictException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What callers do with operations: ask for them, look, and end them. */
class OperationsTest {
  private static final Optional<String> KEY = Optional.of("a-key-of-the-callers");

  private final FlowWorld world = new FlowWorld();

  private static ConnectionRequest request(String ticket, String network) {
    return FlowWorld.request(ticket, "cluster", network);
  }

  private Intake.Result accept(ConnectionRequest request, Optional<String> key) {
    return world.intake.accept(request, key, "api", FlowWorld.LOG);
  }

  @Test
  void accept_whenThePolicyRefuses_thenSaysWhyAndWritesNothing() {
    Intake strict =
        new Intake(
            world.ledger,
            world.queue,
            world.messenger,
            new Policy(Samples.TENANT, Set.of()),
            () -> Samples.CODE,
            world.clock);
    var refused =
        assertInstanceOf(
            Intake.Result.Refused.class,
            strict.accept(Samples.request(), Optional.empty(), "api", FlowWorld.LOG));
    assertEquals("/subscriptionId", refused.violations().get(0).pointer());
    assertEquals(List.of(), world.calls.names());
  }

  @Test
  void accept_whenTheKeyIsUsedAgain_thenItIsTheSameOperationOrRefused() {
    var first = assertInstanceOf(Intake.Result.Accepted.class, accept(request("1", "vnet-a"), KEY));
    var again = assertInstanceOf(Intake.Result.Accepted.class, accept(request("1", "vnet-a"), KEY));
    assertEquals(first.operation(), again.operation());
    assertEquals(OperationId.ofKey(KEY.get()), first.operation().id());
    var reused =
        assertInstanceOf(Intake.Result.KeyReused.class, accept(request("1", "vnet-b"), KEY));
    assertEquals(first.operation().id(), reused.operation());
  }

  @Test
  void accept_whenTheQueueIsAway_thenItIsWrittenAndSentTheNextTime() {
    onCall("queue.send", FlowWorld.busy());
    var waiting =
        assertInstanceOf(
            Intake.Result.NotQueued.class, accept(Samples.request(), Optional.empty()));
    assertFalse(waiting.operation().delivery().sent());
    world.calls.noHooks();
    var sent =
        assertInstanceOf(Intake.Result.Accepted.class, accept(Samples.request(), Optional.empty()));
    assertEquals(waiting.operation().id(), sent.operation().id());
    assertTrue(sent.operation().delivery().sent());
  }

  @Test
  void find_whenAskedFor_thenIsAsTheLedgerHasIt() {
    OperationId id = world.accept(Samples.request());
    assertEquals(Optional.of(world.look(id)), world.operations.find(id));
    assertEquals(Optional.empty(), world.operations.find(Samples.id(9)));
    assertEquals(Optional.empty(), world.operations.lastSweep());
    world.sweep();
    assertEquals(Optional.of(FlowWorld.START), world.operations.lastSweep());
  }

  @Test
  void cancel_whenATicketIsClosed_thenItsOpenOperationsEndAndNoOthers() {
    OperationId first = world.accept(request("1", "vnet-data"));
    OperationId second = world.accept(request("1", "vnet-other"));
    OperationId other = world.accept(request("2", "vnet-data"));
    List<Operation> canceled = world.operations.cancel(request("1", "vnet-data").terms().ticket());
    assertEquals(Set.of(first, second), Set.copyOf(canceled.stream().map(Operation::id).toList()));
    for (Operation one : canceled) {
      assertEquals("Its ticket was closed.", one.ending().map(Ending::message).orElse(""));
    }
    assertEquals(Optional.empty(), world.look(other).ending());

    world.sweep();
    assertEquals(Status.CANCELED, world.look(first).status());
    assertEquals(List.of(), world.operations.cancel(request("1", "vnet-x").terms().ticket()));
    assertTrue(world.operations.cancel(first).isPresent());
    assertEquals(Optional.empty(), world.operations.cancel(Samples.id(9)));
  }

  @Test
  void cancel_whenOthersAreFasterEachTime_thenItGivesUpAfterFiveTries() {
    OperationId id = world.accept(Samples.request());
    onCall("ledger.update", new ConflictException("changed since", new IllegalStateException()));
    int before = world.calls.names().size();
    assertThrows(ConflictException.class, () -> world.operations.cancel(id));
    List<String> calls = world.calls.names().subList(before, world.calls.names().size());
    assertEquals(5, calls.stream().filter(call -> call.equals("ledger.update")).count());
  }

  @Test
  void choose_whenItIsNoPrivateEndpoint_thenThereIsNothingToChoose() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    assertInstanceOf(
        Operations.Choice.NotWaiting.class,
        world.operations.choose(
            id, world.look(id).request().target() + "/privateEndpointConnections/one"));
  }

  @Test
  void hold_whenTheGrantIsWrittenByOthersEachTime_thenTheAttemptIsLeftToTheNextDelivery() {
    OperationId first = world.accept(request("1", "vnet-data"));
    world.deliver();
    OperationId second = world.accept(request("2", "vnet-data"));
    onCall(
        "ledger.updateGrant", new ConflictException("changed since", new IllegalStateException()));
    int before = world.calls.names().size();
    world.deliver();
    List<String> calls = world.calls.names().subList(before, world.calls.names().size());
    assertEquals(5, calls.stream().filter(call -> call.equals("ledger.updateGrant")).count());
    assertFalse(calls.contains("azure.assign"));
    world.calls.noHooks();
    world.deliver();
    assertTrue(world.look(second).awaitsConnection());
    assertTrue(world.look(first).awaitsConnection());
  }

  private void onCall(String name, RuntimeException thrown) {
    world.calls.before(
        (number, call) -> {
          if (call.equals(name)) {
            throw thrown;
          }
        });
  }
}
