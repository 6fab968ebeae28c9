package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Outbox BOTH = Outbox.to(Set.of(Addressee.TICKET, Addressee.CALLBACK));
  private static final Outbox TICKET = Outbox.to(Set.of(Addressee.TICKET));

  private static List<String> keys(Outbox outbox) {
    return outbox.notices().stream().map(one -> one.to() + " " + one.key()).toList();
  }

  private static List<String> details(Outbox outbox) {
    return outbox.notices().stream().map(Notice::detail).toList();
  }

  @Test
  void with_whenNobodyIsTold_thenNothingIsToBeTold() {
    Outbox none = Outbox.to(Set.of()).with(Step.ACCEPTED, "", NOW);
    assertEquals(List.of(), none.notices());
    assertTrue(none.isDone());
  }

  @Test
  void with_whenBothAreTold_thenEachHasItsOwnAndTheNextIsTheFirstThatIsOpen() {
    Outbox outbox = BOTH.with(Step.ACCEPTED, "", NOW).with(Step.GRANTED, "", LATER);
    assertEquals(4, outbox.notices().size());
    Notice first = outbox.next(Addressee.CALLBACK).orElseThrow();
    assertEquals("accepted", first.key());
    Outbox told = outbox.changed(first, notice -> notice.ended(Notice.Outcome.TOLD));
    assertEquals("accessGranted", told.next(Addressee.CALLBACK).orElseThrow().key());
    assertEquals("accepted", told.next(Addressee.TICKET).orElseThrow().key());
    assertFalse(told.isDone());
  }

  @Test
  void with_whenAnUntoldSightIsFollowedByAnother_thenOnlyTheNewerIsTold() {
    Outbox outbox = TICKET.with(Step.WAITING, "one", NOW).with(Step.WAITING, "two", LATER);
    assertEquals(List.of("two"), details(outbox));
    assertEquals(List.of("TICKET waiting"), keys(outbox));
  }

  @Test
  void with_whenTheSightMayHaveBeenTold_thenBothAre() {
    Outbox one = TICKET.with(Step.WAITING, "one", NOW);
    Notice first = one.next(Addressee.TICKET).orElseThrow();
    Outbox begun = one.changed(first, notice -> notice.begun(LATER));
    Outbox told = one.changed(first, notice -> notice.ended(Notice.Outcome.TOLD));
    for (Outbox before : List.of(begun, told)) {
      Outbox after = before.with(Step.WAITING, "two", LATER);
      assertEquals(List.of("one", "two"), details(after));
      assertEquals(List.of("TICKET waiting", "TICKET waiting-2"), keys(after));
    }
  }

  @Test
  void with_whenAnythingElseIsUntold_thenNothingIsLeftOut() {
    Outbox outbox =
        TICKET
            .with(Step.ACCEPTED, "a", NOW)
            .with(Step.WAITING, "b", NOW)
            .with(Step.APPROVAL_NEEDED, "c", NOW)
            .with(Step.WAITING, "d", NOW)
            .with(Step.FAILED, "e", NOW);
    assertEquals(List.of("a", "b", "c", "d", "e"), details(outbox));
  }

  @Test
  void with_whenTheOtherAddresseesSightIsUntold_thenItStays() {
    Outbox outbox = BOTH.with(Step.WAITING, "one", NOW).with(Step.WAITING, "two", LATER);
    assertEquals(Set.of("TICKET waiting", "CALLBACK waiting"), Set.copyOf(keys(outbox)));
    assertEquals(List.of("two", "two"), details(outbox));
  }

  @Test
  void with_whenAStepComesForEver_thenTheOutboxStopsGrowing() {
    Outbox outbox = TICKET;
    for (int i = 0; i < 25; i++) {
      outbox = outbox.with(Step.APPROVAL_NEEDED, "again", NOW);
    }
    assertEquals(20, outbox.notices().size());
    assertEquals("TICKET approvalNeeded-20", keys(outbox).get(19));
    assertSame(outbox, outbox.with(Step.APPROVAL_NEEDED, "again", NOW));
    assertEquals(21, outbox.with(Step.FAILED, "", NOW).notices().size());
  }

  @Test
  void changed_whenItIsThere_thenItAloneIsAndElseNothing() {
    Outbox outbox = TICKET.with(Step.ACCEPTED, "", NOW).with(Step.GRANTED, "", NOW);
    Notice second = outbox.notices().get(1);
    Outbox later = outbox.changed(second, notice -> notice.dueAt(LATER));
    assertEquals(LATER, later.notices().get(1).dueAt());
    assertEquals(outbox.notices().get(0), later.notices().get(0));
    assertEquals(TICKET, TICKET.changed(second, notice -> notice.dueAt(LATER)));
    assertEquals(outbox, outbox.changed(notice(Addressee.CALLBACK), n -> n.dueAt(LATER)));
  }

  @Test
  void changed_whenTheOutcomeIsKnown_thenItStands() {
    Outbox outbox = TICKET.with(Step.ACCEPTED, "", NOW);
    Notice only = outbox.notices().get(0);
    Outbox told = outbox.changed(only, notice -> notice.ended(Notice.Outcome.TOLD));
    assertEquals(told, told.changed(only, notice -> notice.ended(Notice.Outcome.GIVEN_UP)));
    assertTrue(told.isDone());
  }

  @Test
  void marker_whenAStepIsToldAgain_thenIsAnother() {
    OperationId id = Samples.id(1);
    Notice once = notice(Addressee.TICKET);
    assertEquals("[drawbridge %s/accepted]".formatted(id), once.marker(id));
    assertEquals(
        "[drawbridge %s/accepted-2]".formatted(id),
        Notice.of(Addressee.TICKET, Step.ACCEPTED, 2, "", NOW).marker(id));
  }

  private static Notice notice(Addressee to) {
    return Notice.of(to, Step.ACCEPTED, 1, "", NOW);
  }
}
