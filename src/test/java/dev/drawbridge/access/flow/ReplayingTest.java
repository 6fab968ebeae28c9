package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.fakes.RecordedLog;
import dev.drawbridge.access.flow.Replaying.Outcome;
import dev.drawbridge.access.flow.Replaying.Result;
import dev.drawbridge.access.port.PassingFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Parked requests are put back, each once, and only where that is wanted and allowed. */
final class ReplayingTest {
  private static final Limits LIMITS = new Limits(Duration.ofDays(3), Duration.ofDays(7));

  private final FlowWorld world = new FlowWorld();

  @Test
  void run_whenTheOperationHasFailed_thenItIsANewOneThatSucceeds() {
    OperationId failed = parked(1);

    Outcome outcome = only(run(false));

    assertEquals(Result.REPLAYED, outcome.result());
    OperationId anew = outcome.operation().orElseThrow();
    assertNotEquals(failed, anew);
    assertEquals(Status.FAILED, world.look(failed).status());
    Parked.Replay noted = record().replay().orElseThrow();
    assertEquals(new Parked.Replay(anew, world.clock.instant(), "tests", "mended"), noted);

    world.deliver();
    Operation granted = world.look(anew);
    assertEquals(Phase.GRANTED, granted.phase());
    assertEquals(
        granted.acceptedAt().plus(Duration.ofDays(3)),
        granted.expiresAt(),
        "its time counts from its own acceptance");
    assertTrue(world.azure.connect(granted.request().target(), "peer"));
    world.sweep();
    world.tell();
    assertEquals(Status.SUCCEEDED, world.look(anew).status());
    assertEquals(0, world.temporaryAssignments());
  }

  @Test
  void run_whenItIsADryRun_thenNothingChanges() {
    parked(1);
    Parked before = record();
    int calls = world.calls.names().size();

    assertEquals(Result.REPLAYABLE, only(run(true)).result());

    assertEquals(before, record());
    assertEquals(
        List.of("ledger.parked", "ledger.operation", "ledger.stop", "ledger.parked"),
        world.calls.names().subList(calls, world.calls.names().size()));
  }

  @Test
  void run_whenItIsRunAgain_thenItIsTheSameOperation() {
    parked(1);
    OperationId anew = only(run(false)).operation().orElseThrow();

    assertEquals(List.of(), run(false).outcomes());
    Outcome named = only(run(order(Optional.of(Set.of(record().id())), false)));
    assertEquals(Result.REPLAYED_BEFORE, named.result());
    assertEquals(Optional.of(anew), named.operation());
  }

  @Test
  void run_whenTheNoteOfItIsLost_thenTheNextRunFindsTheSameOperation() {
    parked(1);
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.updateParked")) {
            throw FlowWorld.noAnswer();
          }
        });
    assertEquals(Result.NOT_NOW, only(run(false)).result());
    world.calls.noHooks();
    world.deliver();
    assertEquals(1, world.temporaryAssignments());

    Outcome outcome = only(run(false));

    assertEquals(Result.REPLAYED, outcome.result());
    assertEquals(Phase.GRANTED, world.look(outcome.operation().orElseThrow()).phase());
    assertEquals(1, world.ledger.openOperations().size());
  }

  @Test
  void run_whenTwoMessagesAreOfOneOperation_thenItIsPutBackOnce() {
    OperationId failed = parked(1);
    park(2, failed + "/0");

    List<Outcome> outcomes = run(false).outcomes();

    assertEquals(2, outcomes.size());
    assertEquals(outcomes.get(0).operation(), outcomes.get(1).operation());
    assertEquals(1, world.ledger.openOperations().size());
  }

  @Test
  void run_whenTheNewOneIsParkedToo_thenItCanBePutBackInItsTurn() {
    parked(1);
    OperationId second = only(run(false)).operation().orElseThrow();
    park(2, second + "/0");
    world.run(Duration.ofMinutes(10));

    Outcome outcome = only(run(false));

    assertEquals(Result.REPLAYED, outcome.result());
    assertNotEquals(Optional.of(second), outcome.operation());
  }

  @Test
  void run_whenTheOperationHasNotEnded_thenItIsLeft() {
    OperationId id = world.accept(Samples.request());
    park(1, id + "/0");

    assertEquals(Result.NOT_ENDED, only(run(false)).result());
    assertTrue(record().replay().isEmpty());
  }

  @Test
  void run_whenTheOperationDidNotFail_thenItIsLeft() {
    OperationId canceled = world.accept(Samples.request());
    park(1, canceled + "/7");
    world.operations.cancel(canceled);
    world.sweep();
    world.tell();

    Outcome outcome = only(run(false));

    assertEquals(Result.NOT_FAILED, outcome.result());
    assertEquals("Its operation has ended as Canceled.", outcome.detail());
  }

  @Test
  void run_whenNoOperationStandsBehindIt_thenItIsListedAsNotReplayable() {
    OperationId failed = parked(1);
    park(2, "no message of ours");
    park(3, Samples.id(9) + "/0");
    world.parking.park(
        new DeadLetter(ConnectionKind.Queues.PRIVATE_LINK, 4, "now", failed + "/0", "", ""),
        FlowWorld.LOG);

    List<Result> results = run(false).outcomes().stream().map(Outcome::result).toList();

    assertEquals(4, results.size());
    assertEquals(1, results.stream().filter(Result.REPLAYED::equals).count());
    assertEquals(3, results.stream().filter(Result.NOT_REPLAYABLE::equals).count());
    assertEquals(Result.NOT_REPLAYABLE, results.get(3)); // what names nothing comes last
  }

  @Test
  void run_whenTheRequestIsNotAllowedAnyMore_thenItIsRefused() {
    parked(1);
    Policy none = new Policy(Samples.TENANT, Set.of());
    Intake intake =
        new Intake(
            world.ledger, world.queue, world.messenger, none, () -> Samples.CODE, world.clock);
    Replaying strict = new Replaying(world.ledger, intake, none, LIMITS, world.clock);

    for (boolean dryRun : List.of(true, false)) {
      Outcome outcome = only(strict.run(order(Optional.empty(), dryRun), FlowWorld.LOG));
      assertEquals(Result.REFUSED, outcome.result());
      assertTrue(outcome.detail().contains("/subscriptionId is not one"), outcome.detail());
    }
    assertTrue(record().replay().isEmpty());
    assertEquals(0, world.ledger.openOperations().size());
  }

  @Test
  void run_whenTheRequestIsBeyondTheLimitsOfNow_thenItIsRefused() {
    parked(1);
    Limits day = new Limits(Duration.ofDays(1), Duration.ofDays(1));
    Replaying strict = new Replaying(world.ledger, world.intake, world.policy, day, world.clock);

    Outcome outcome = only(strict.run(order(Optional.empty(), false), FlowWorld.LOG));

    assertEquals(Result.REFUSED, outcome.result());
    assertTrue(outcome.detail().contains("/expiresIn"), outcome.detail());
  }

  @Test
  void run_whenIdsAreNamed_thenOnlyThoseAndTheUnknownAreTold() {
    parked(1);
    park(2, "x");
    UUID other =
        world.ledger.parked().stream()
            .map(one -> one.value())
            .filter(one -> one.attempt().isEmpty())
            .findFirst()
            .orElseThrow()
            .id();
    UUID unknown = new UUID(0, 1);

    Replaying.Report report = run(order(Optional.of(Set.of(other, unknown)), false));

    assertEquals(other, only(report).message().id());
    assertEquals(Set.of(unknown), report.unknown());
    assertEquals(0, report.left());
  }

  @Test
  void run_whenThereAreMany_thenItStopsAfterAHundredAndSaysWhatIsLeft() {
    for (int i = 0; i < 103; i++) {
      park(10 + i, "junk");
    }
    parked(1);

    Replaying.Report report = run(false);

    assertEquals(Replaying.MOST, report.outcomes().size());
    assertEquals(4, report.left());
    assertEquals(Result.REPLAYED, report.outcomes().get(0).result()); // junk hides nothing
  }

  @Test
  void run_whenTheLedgerGoesAway_thenTheRestIsNotTried() {
    parked(1);
    park(2, Samples.id(9) + "/0");
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.operation")) {
            throw FlowWorld.busy();
          }
        });
    int calls = world.calls.names().size();

    List<Result> results = run(false).outcomes().stream().map(Outcome::result).toList();

    assertEquals(List.of(Result.NOT_NOW, Result.NOT_NOW), results);
    assertEquals(
        List.of("ledger.parked", "ledger.operation"),
        world.calls.names().subList(calls, world.calls.names().size()));
  }

  @Test
  void run_whenTheQueueIsAway_thenTheSweepQueuesIt() {
    parked(1);
    world.calls.before(
        (number, name) -> {
          if (name.equals("queue.send")) {
            throw FlowWorld.busy();
          }
        });

    Outcome outcome = only(run(false));

    world.calls.noHooks();
    assertEquals(Result.REPLAYED, outcome.result());
    assertEquals("The next sweep queues it.", outcome.detail());
    world.run(Duration.ofMinutes(2));
    assertEquals(Phase.GRANTED, world.look(outcome.operation().orElseThrow()).phase());
  }

  @Test
  void run_whenTheListCantBeRead_thenItIsThrown() {
    world.calls.before(
        (number, name) -> {
          throw FlowWorld.busy();
        });
    assertThrows(PassingFault.class, () -> run(false));
  }

  @Test
  void run_whenItsOperationCantBeRead_thenItIsNotReplayableAndTheOthersAreTried() {
    OperationId failed = parked(1);
    park(2, failed + "/0");
    world.justBefore(
        "ledger.operation",
        () -> {
          throw new IllegalArgumentException("not JSON");
        });

    List<Outcome> outcomes = run(false).outcomes();

    assertEquals(
        List.of(Result.NOT_REPLAYABLE, Result.REPLAYED),
        outcomes.stream().map(Outcome::result).toList());
    assertEquals("No operation of this queue stands behind it.", outcomes.get(0).detail());
    assertEquals(Result.REPLAYED, only(run(false)).result(), "it can be read again");
  }

  @Test
  void run_whenAnotherHasNotedItJustThen_thenItIsNotNowAndKnownToTheNextRun() {
    parked(1);
    world.justBefore("ledger.updateParked", () -> only(run(false)));
    RecordedLog log = new RecordedLog();

    Outcome late = only(world.replaying.run(order(Optional.empty(), false), log.logger()));

    assertEquals(Result.NOT_NOW, late.result());
    assertEquals("The ledger does not answer now.", late.detail());
    assertEquals(1, log.lines("WARNING message " + late.message().id() + ": not put back").size());
    assertEquals(1, world.ledger.openOperations().size());
    Outcome named = only(run(order(Optional.of(Set.of(record().id())), false)));
    assertEquals(Result.REPLAYED_BEFORE, named.result());
    assertEquals("It was put back at %s.".formatted(world.clock.instant()), named.detail());
  }

  @Test
  void run_whenItIsPutBack_thenWhoAndWhyIsLogged() {
    parked(1);
    RecordedLog log = new RecordedLog();
    Outcome outcome = only(world.replaying.run(order(Optional.empty(), false), log.logger()));
    assertEquals("It is queued.", outcome.detail());
    assertEquals(
        List.of(
            "WARNING event=replayed operation=%s message=%s by=tests: mended"
                .formatted(outcome.operation().orElseThrow(), record().id())),
        log.lines("WARNING"));
  }

  @Test
  void run_whenNothingIsTakenInNow_thenItIsRefusedAndNotNoted() {
    parked(1);
    world.ledger.setStop(new Stop(FlowWorld.START, "stolen key"));

    assertEquals(Result.REFUSED, only(run(true)).result());
    Outcome outcome = only(run(false));

    assertEquals(Result.REFUSED, outcome.result());
    assertEquals(
        "Nothing is granted since %s: stolen key.".formatted(FlowWorld.START), outcome.detail());
    assertEquals(Optional.empty(), outcome.operation());
    assertTrue(record().replay().isEmpty());
    assertEquals(0, world.ledger.openOperations().size());
    world.ledger.liftStop();
    assertEquals(Result.REPLAYED, only(run(false)).result());
  }

  /** An operation whose message was given up, and which has failed for it. */
  private OperationId parked(long number) {
    OperationId id = world.accept(Samples.request());
    park(number, id + "/0");
    world.sweep();
    world.tell();
    assertEquals(Status.FAILED, world.look(id).status());
    return id;
  }

  private void park(long number, String body) {
    world.parking.park(
        new DeadLetter(ConnectionKind.Queues.PEERING, number, "now", body, "", ""), FlowWorld.LOG);
  }

  private Replaying.Report run(boolean dryRun) {
    return run(order(Optional.empty(), dryRun));
  }

  private Replaying.Report run(Replaying.Order order) {
    return world.replaying.run(order, FlowWorld.LOG);
  }

  private static Replaying.Order order(Optional<Set<UUID>> ids, boolean dryRun) {
    return new Replaying.Order("mended", "tests", ids, dryRun);
  }

  private static Outcome only(Replaying.Report report) {
    assertEquals(1, report.outcomes().size(), report.toString());
    return report.outcomes().get(0);
  }

  private Parked record() {
    return world.ledger.parked().get(0).value();
  }
}
