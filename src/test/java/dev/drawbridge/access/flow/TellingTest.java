package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final Ticket TICKET = Samples.request().terms().ticket();

  private final FlowWorld world = new FlowWorld();

  @Test
  void run_whenAllGoesWell_thenTheTicketReadsAsItHappened() {
    OperationId id = world.accept(Samples.request());
    world.run(Duration.ofMinutes(2));
    assertTrue(world.azure.connect(Samples.request().target(), "astro"));
    world.run(Duration.ofMinutes(2));
    assertEquals(
        List.of("accepted", "accessGranted", "connected", "accessRevoked"),
        world.messenger.told(TICKET));
    world.assertSettled(id, "told");
  }

  @Test
  void run_whenTheTicketSystemIsDown_thenAccessIsGrantedAndRevokedAllTheSame() {
    onTell(FlowWorld.noAnswer());
    OperationId id = world.accept(Samples.request());
    world.run(Duration.ofMinutes(2));
    assertTrue(world.azure.connect(Samples.request().target(), "astro"));
    world.run(Duration.ofMinutes(3));
    Operation operation = world.look(id);
    assertEquals(Status.SUCCEEDED, operation.status());
    assertEquals(0, world.temporaryAssignments());
    assertFalse(operation.isOver(), "its end is still to be told");
    world.calls.noHooks();
    world.run(Duration.ofMinutes(30));
    assertEquals(
        List.of("accepted", "accessGranted", "connected", "accessRevoked"),
        world.messenger.told(TICKET));
    world.assertSettled(id, "told late");
  }

  @Test
  void run_whenTheAnswerIsLost_thenTheCommentIsFoundAndNotWrittenAgain() {
    afterTell(FlowWorld.noAnswer());
    OperationId id = world.accept(Samples.request());
    world.tell();
    assertEquals(List.of("accepted"), world.messenger.told(TICKET));
    assertTrue(first(id).isOpen(), "nobody knows that it was told");
    world.calls.noHooks();
    world.clock.advance(Duration.ofMinutes(2));
    world.tell();
    assertEquals(List.of("accepted"), world.messenger.told(TICKET));
    assertEquals(Optional.of(Notice.Outcome.TOLD), first(id).outcome());
  }

  @Test
  void run_whenTheProcessDiesAfterTheComment_thenItIsNotWrittenAgain() {
    world.calls.after(
        (number, name) -> {
          if (name.equals("messenger.tell")) {
            throw new Calls.Crash(name);
          }
        });
    OperationId id = world.accept(Samples.request());
    assertThrows(Calls.Crash.class, world::tell);
    world.calls.noHooks();
    world.tell();
    assertTrue(first(id).isOpen(), "the attempt may still be under way");
    world.clock.advance(Telling.ATTEMPT_AT_MOST);
    world.tell();
    assertEquals(List.of("accepted"), world.messenger.told(TICKET));
    assertEquals(Optional.of(Notice.Outcome.TOLD), first(id).outcome());
  }

  @Test
  void run_whenAnotherInstanceTellsIt_thenItIsToldOnce() {
    Telling other = new Telling(world.ledger, world.messenger, world.clock);
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("messenger.tell")) {
            world.calls.noHooks();
            other.run(id, FlowWorld.LOG);
          }
        });
    world.tell();
    assertEquals(List.of("accepted"), world.messenger.told(TICKET));
  }

  @Test
  void run_whenTwoInstancesReadTheSame_thenTheSecondLeavesItToTheFirst() {
    Telling other = new Telling(world.ledger, world.messenger, world.clock);
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.update")) {
            world.calls.noHooks();
            other.run(id, FlowWorld.LOG);
          }
        });
    world.tell();
    assertEquals(List.of("accepted"), world.messenger.told(TICKET));
  }

  @Test
  void run_whenAskedToWait_thenItWaitsSoLongAndTheWholeLineWithIt() {
    PassingFault busy =
        new PassingFault(
            "busy", "429", Optional.of(Duration.ofMinutes(7)), false, new IllegalStateException());
    onTell(busy);
    OperationId id = world.accept(Samples.request());
    OperationId other = world.accept(FlowWorld.request("2", "clz2", "vnet-data"));
    world.tell();
    assertEquals(1, first(id).attempts() + first(other).attempts(), "the other is spared the wait");
    world.calls.noHooks();
    world.clock.advance(Duration.ofMinutes(7).minusSeconds(1));
    world.tell();
    assertEquals(List.of(), world.messenger.told(TICKET));
    world.clock.advance(Duration.ofSeconds(1));
    world.tell();
    assertEquals(List.of("accepted"), world.messenger.told(TICKET));
    assertFalse(first(other).isOpen());
  }

  @Test
  void run_whenOneTicketIsRefused_thenTheOthersOfItsSystemAreTold() {
    ConnectionRequest request = FlowWorld.request("2", "clz2", "vnet-data");
    OperationId refused = world.accept(Samples.request());
    world.clock.advance(Duration.ofSeconds(1));
    world.accept(request);
    world.calls.before(
        (number, name) -> {
          if (name.equals("messenger.tell")) {
            world.calls.noHooks();
            throw new PassingFault(Messenger.NOT_THIS_ONE, "404");
          }
        });
    world.tell();
    assertTrue(first(refused).isOpen());
    assertEquals(List.of("accepted"), world.messenger.told(request.terms().ticket()));
  }

  @Test
  void run_whenItFailsForADay_thenItIsGivenUpAndTheOperationSaysSo() {
    onTell(new PassingFault("unauthorized", "check the token"));
    OperationId id = world.accept(Samples.request());
    world.run(Telling.TRIED_FOR.minusMinutes(1));
    assertTrue(first(id).isOpen());
    world.run(Duration.ofHours(1).plusMinutes(2));
    assertEquals(Optional.of(Notice.Outcome.GIVEN_UP), first(id).outcome());
    assertTrue(
        world.look(id).events().stream()
            .anyMatch(
                event ->
                    event.what().equals("notTold")
                        && event.detail().startsWith("accepted: after ")
                        && event.detail().contains("check the token")),
        world.look(id).events().toString());
  }

  @Test
  void run_whenItIsNeverTaken_thenItIsGivenUpAtOnceAndTheNextStepIsTold() {
    world.calls.before(
        (number, name) -> {
          if (name.equals("messenger.tell")) {
            world.calls.noHooks();
            throw new PermanentFault("gone", "410");
          }
        });
    OperationId id = world.accept(Samples.request());
    world.run(Duration.ofMinutes(2));
    assertEquals(Optional.of(Notice.Outcome.GIVEN_UP), first(id).outcome());
    assertEquals(List.of("accessGranted"), world.messenger.told(TICKET));
  }

  @Test
  void run_whenTheMessengerHasABug_thenItIsTriedAgainAndComesToAnEnd() {
    onTell(new IllegalStateException("a bug"));
    OperationId id = world.accept(Samples.request());
    world.run(Telling.TRIED_FOR.plusHours(2));
    assertEquals(Optional.of(Notice.Outcome.GIVEN_UP), first(id).outcome());
  }

  @Test
  void run_whenTheCallbackIsDown_thenTheTicketIsToldMeanwhile() {
    world.messenger.tellsTo(Set.of(Addressee.values()));
    world.messenger.callbackIsDown(true);
    OperationId id = world.accept(Samples.request());
    world.run(Duration.ofMinutes(2));
    assertEquals(List.of("accepted", "accessGranted"), world.messenger.told(TICKET));
    world.messenger.callbackIsDown(false);
    world.run(Duration.ofMinutes(5));
    assertEquals(List.of("accepted", "accessGranted"), world.messenger.calledBack(TICKET));
    assertTrue(world.look(id).outbox().isDone());
  }

  @Test
  void accept_whenNobodyIsTold_thenNothingIsLeftToTell() {
    world.messenger.tellsTo(Set.of());
    OperationId id = world.accept(Samples.request());
    world.run(Duration.ofMinutes(1));
    var unused = world.operations.cancel(id);
    world.sweep();
    assertTrue(world.look(id).isOver());
    assertEquals(List.of(), world.ledger.openOperations());
  }

  private Notice first(OperationId id) {
    return world.look(id).outbox().notices().get(0);
  }

  private void onTell(RuntimeException fault) {
    world.calls.before(
        (number, name) -> {
          if (name.equals("messenger.tell")) {
            throw fault;
          }
        });
  }

  private void afterTell(RuntimeException fault) {
    world.calls.after(
        (number, name) -> {
          if (name.equals("messenger.tell")) {
            throw fault;
          }
        });
  }
}
