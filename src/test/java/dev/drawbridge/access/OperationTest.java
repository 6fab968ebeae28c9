package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.NOW;
import static dev.drawbridge.access.Samples.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.NetworkState.EndpointConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Ending EXPIRED =
      new Ending(Status.FAILED, "expired", "Its time was over.", LATER);
  private static final Ending CANCELED =
      new Ending(Status.CANCELED, "canceled", "On request.", LATER);
  private static final Observation.Connected STANDS =
      new Observation.Connected("to-astro", "peering to-astro stands");

  @Test
  void accepted_whenNew_thenWaitsForItsGrantAndItsTimeRuns() {
    Operation operation = operation();
    assertEquals(Status.NOT_STARTED, operation.status());
    assertEquals(Phase.QUEUED, operation.phase());
    assertEquals(new Delivery(0, NOW, false), operation.delivery());
    assertEquals(NOW.plus(Duration.ofDays(3)), operation.expiresAt());
    assertTrue(operation.awaitsGrant());
    assertFalse(operation.awaitsConnection());
    assertEquals(
        List.of(Event.of(NOW, "accepted", "from ticket zendesk/12345 by api")), operation.events());
  }

  @Test
  void isExpired_whenAtItsTime_thenIsAndNotANanosecondBefore() {
    Operation operation = operation();
    assertFalse(operation.isExpired(NOW));
    assertFalse(operation.isExpired(operation.expiresAt().minusNanos(1)));
    assertTrue(operation.isExpired(operation.expiresAt()));
    assertTrue(operation.isExpired(Instant.MAX));
  }

  @Test
  void status_whenOnItsWay_thenIsRunningFromItsFirstEffectOn() {
    assertEquals(Status.NOT_STARTED, operation().sent(NOW).status());
    assertEquals(Status.RUNNING, operation().retriesAt(LATER, NOW, "why").status());
    assertEquals(Status.RUNNING, intends().status());
    assertEquals(Status.RUNNING, intends().granted(LATER).status());
    assertEquals(Status.RUNNING, intends().granted(LATER).connectedBy(STANDS, LATER).status());
    assertEquals(Status.RUNNING, operation().endsAs(CANCELED).status());
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELED"})
  void status_whenEnded_thenIsTheEndings(Status status) {
    Operation ending = intends().granted(LATER).endsAs(new Ending(status, "code", "text", LATER));
    assertEquals(Status.RUNNING, ending.status(), "until its access is gone");
    Operation ended = ending.ended(LATER, true);
    assertEquals(status, ended.status());
    assertEquals(Phase.REVOKED, ended.phase());
    assertEquals(Optional.of(LATER), ended.endedAt());
    assertEquals(
        Event.of(LATER, "ended", status.word() + ": code"),
        ended.events().get(ended.events().size() - 1));
  }

  @Test
  void ended_whenNoAccessWasGiven_thenKeepsItsPhase() {
    Operation ended = operation().endsAs(CANCELED).ended(LATER, false);
    assertEquals(Phase.QUEUED, ended.phase());
    assertEquals(Status.CANCELED, ended.status());
    assertFalse(ended.awaitsGrant());
    assertFalse(ended.awaitsConnection());
  }

  @Test
  void ended_whenNoEndingWasDecided_thenHasFailed() {
    assertEquals(Status.FAILED, operation().ended(LATER, true).status());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_STARTED", "RUNNING"})
  void ending_whenTheStatusIsNoEnd_thenIsRefused(Status status) {
    assertThrows(IllegalArgumentException.class, () -> new Ending(status, "code", "text", LATER));
  }

  @Test
  void endsAs_whenAlreadyEnding_thenTheFirstDecisionStands() {
    Operation expired = intends().granted(LATER).endsAs(EXPIRED);
    assertSame(expired, expired.endsAs(CANCELED));
    assertEquals(
        Optional.of(EXPIRED), expired.connectedBy(STANDS, LATER).ending(), "too late to succeed");
    Operation connected = intends().granted(LATER).connectedBy(STANDS, LATER);
    assertSame(connected, connected.endsAs(CANCELED));
    assertEquals(Optional.of(Status.SUCCEEDED), connected.ending().map(Ending::status));
  }

  @Test
  void endsAs_whenDecided_thenWaitsForNothingMore() {
    assertFalse(operation().endsAs(EXPIRED).awaitsGrant());
    assertFalse(intends().granted(LATER).endsAs(EXPIRED).awaitsConnection());
    assertEquals(
        Event.of(LATER, "expired", "Its time was over."), last(operation().endsAs(EXPIRED)));
  }

  @Test
  void connectedBy_whenConfirmed_thenSucceedsAndIsToldOnce() {
    Operation connected = intends().granted(LATER).connectedBy(STANDS, LATER);
    assertEquals(Phase.CONNECTED, connected.phase());
    assertEquals(Optional.of("to-astro"), connected.connection());
    assertEquals("peering to-astro stands", connected.seen());
    assertFalse(connected.awaitsConnection());
    assertEquals(Event.of(LATER, "connected", "peering to-astro stands"), last(connected));
  }

  @Test
  void sent_whenSentBefore_thenIsToldOnce() {
    Operation sent = operation().sent(LATER);
    assertTrue(sent.delivery().sent());
    assertEquals(Event.of(LATER, "queued", "on peering-requests"), last(sent));
    assertSame(sent, sent.sent(LATER.plusSeconds(1)));
  }

  @Test
  void retriesAt_whenAnAttemptFailed_thenTheNextIsToBeSentAnew() {
    Operation retries = operation().sent(NOW).retriesAt(LATER, NOW, "busy");
    assertEquals(new Delivery(1, LATER, false), retries.delivery());
    assertEquals(Event.of(NOW, "retry", "at " + LATER + ": busy"), last(retries));
    assertTrue(retries.awaitsGrant());
    assertEquals(new Delivery(2, NOW, false), retries.retriesAt(NOW, NOW, "busy").delivery());
  }

  @Test
  void without_whenAConnectionIsAnothers_thenCanNotConfirmThisOne() {
    Operation operation =
        operation().passed(new Preflight.Passed(Set.of("old"), Map.of())).intends(Samples.access());
    Operation without = operation.without("new");
    assertEquals(Set.of("old", "new"), without.baseline());
    assertEquals(without, without.without("new"));
    assertEquals(Set.of("old"), operation.baseline());
  }

  @Test
  void sees_whenNothingChanged_thenIsNotTold() {
    Operation saw = operation().sees("begun", LATER);
    assertEquals(Event.of(LATER, "observed", "begun"), last(saw));
    assertSame(saw, saw.sees("begun", LATER.plusSeconds(1)));
    assertSame(operation().seen(), operation().sees("", LATER).seen());
    assertEquals(operation(), operation().sees("", LATER));
  }

  @Test
  void sees_whenItChangesForEver_thenTheRecordStopsGrowing() {
    Operation operation = intends().granted(LATER);
    for (int i = 0; i < 1000; i++) {
      operation = operation.sees("state " + i, NOW.plusSeconds(i));
    }
    assertEquals(200, operation.events().size());
    assertEquals("state 999", operation.seen(), "what was seen last is still known");
    Operation ended = operation.endsAs(EXPIRED).ended(LATER, true);
    assertEquals(
        List.of("expired", "ended"),
        ended.events().subList(200, 202).stream().map(Event::what).toList(),
        "its end is told all the same");
  }

  @Test
  void constructor_whenCollectionsChangeLater_thenDoesNot() {
    assertThrows(UnsupportedOperationException.class, () -> operation().events().clear());
    assertThrows(UnsupportedOperationException.class, () -> operation().baseline().add("x"));
  }

  @Test
  void messageId_whenTheAttemptIsTheSame_thenIsTheSame() {
    assertEquals(
        "00000000-0000-0000-0000-000000000001/3", new Attempt(Samples.id(1), 3).messageId());
  }

  private static Operation intends() {
    return operation().sent(NOW).intends(Samples.access());
  }

  private static Event last(Operation operation) {
    return operation.events().get(operation.events().size() - 1);
  }

  private static EndpointConnection waiting(String name) {
    return new EndpointConnection("/x/" + name, "Pending", "hello", Optional.empty(), Set.of());
  }

  private static List<String> steps(Operation operation) {
    return operation.outbox().notices().stream().map(one -> one.step().word()).toList();
  }

  @Test
  void needsDecision_whenAnotherWaits_thenIsToldAndTheFirstKeepsItsTime() {
    Operation granted = intends().granted(NOW);
    Operation one = granted.needsDecision(new Observation.Undecided(List.of(waiting("one"))), NOW);
    assertEquals(List.of(new Undecided("/x/one", "hello", NOW)), one.undecided());
    assertEquals(List.of("accepted", "accessGranted", "approvalNeeded"), steps(one));

    Operation same = one.needsDecision(new Observation.Undecided(List.of(waiting("ONE"))), LATER);
    assertEquals(one.undecided(), same.undecided(), "ids have no case");
    assertEquals(3, steps(same).size(), "it is told once");

    Operation two =
        one.needsDecision(
            new Observation.Undecided(List.of(waiting("one"), waiting("two"))), LATER);
    assertEquals(
        List.of(new Undecided("/x/one", "hello", NOW), new Undecided("/x/two", "hello", LATER)),
        two.undecided());
    assertEquals(4, steps(two).size());
  }

  @Test
  void needsDecision_whenStrangersFloodIt_thenTheRecordStopsGrowing() {
    List<EndpointConnection> many =
        java.util.stream.IntStream.range(0, 60).mapToObj(i -> waiting("c" + i)).toList();
    assertEquals(
        50, operation().needsDecision(new Observation.Undecided(many), NOW).undecided().size());
  }

  @Test
  void needsApproval_whenTheSameIsSeenAgain_thenPeopleAreAskedOnce() {
    Operation asked = operation().needsApproval("one waits", NOW);
    assertEquals("one waits", asked.seen());
    assertEquals(List.of("accepted", "approvalNeeded"), steps(asked));
    assertEquals(asked, asked.needsApproval("one waits", LATER));
    assertEquals(3, steps(asked.needsApproval("two waits", LATER)).size());
  }

  @Test
  void recognizes_whenAPersonHasChosen_thenThatStands() {
    assertEquals(Optional.of("/x/one"), operation().recognizes("/x/one").chosen());
    Operation chosen = operation().chooses("/x/two", NOW);
    assertEquals(Optional.of("/x/two"), chosen.recognizes("/x/one").chosen());
    assertTrue(chosen.events().contains(Event.of(NOW, "connectionChosen", "/x/two")));
    assertEquals(Optional.of("/x/one"), chosen.chooses("/x/one", LATER).chosen());
  }

  @Test
  void endsAs_whenItFailsOrIsCanceled_thenIsToldSo() {
    assertEquals(List.of("accepted", "failed"), steps(operation().endsAs(EXPIRED)));
    assertEquals(List.of("accepted", "canceled"), steps(operation().endsAs(CANCELED)));
  }
}
