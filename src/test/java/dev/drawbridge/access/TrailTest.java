package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrailTest {
  private static final OperationId ID = Samples.id(1);
  private static final Trail TRAIL =
      Trail.EMPTY
          .with(ID, Event.of(NOW, "one", "größe"))
          .with(ID, Event.of(NOW, "two", "", "call"))
          .with(ID, Event.of(NOW, "three", "x"))
          .with(ID, Event.of(NOW.plusSeconds(1), "four", "x"));

  static IntStream places() {
    return IntStream.range(0, TRAIL.entries().size());
  }

  private static Trail changed(List<Trail.Entry> entries) {
    return new Trail(entries, TRAIL.head());
  }

  private static void assertBroken(Trail trail) {
    assertEquals(Trail.State.BROKEN, trail.check(ID));
    Trail more = trail.with(ID, Event.of(NOW, "five", "")).with(ID, Event.of(NOW, "six", ""));
    assertEquals(Trail.State.BROKEN, more.check(ID), "what is added must not mend it");
  }

  /** Made by another implementation of what {@link Trail} says of its hashes. */
  @Test
  void with_whenEventsAreAdded_thenTheirHashesAreAsDocumented() {
    assertEquals(
        Optional.of("e7fb28df5aaa34bbe8e735b5f02230075c86f05a0a0bf56da48d7c2e608c4ba1"),
        TRAIL.entries().get(0).chain());
    assertEquals(
        Optional.of("697f959720a065ee615b8174b8e4632ff347deee1bf58550c3165826ca8f86ab"),
        TRAIL.entries().get(1).chain());
    assertEquals(TRAIL.entries().get(3).chain(), Optional.of(TRAIL.head()));
    assertEquals(Trail.State.INTACT, TRAIL.check(ID));
  }

  @ParameterizedTest
  @MethodSource("places")
  void check_whenAFieldOfAnEventIsChanged_thenIsBroken(int place) {
    Trail.Entry entry = TRAIL.entries().get(place);
    Event event = entry.event();
    Stream.of(
            new Event(event.at().plusNanos(1), event.what(), event.detail(), event.correlationId()),
            new Event(event.at(), event.what() + "x", event.detail(), event.correlationId()),
            new Event(event.at(), event.what(), event.detail() + " ", event.correlationId()),
            new Event(event.at(), event.what(), event.detail(), Optional.of("")),
            new Event(event.at(), event.what(), event.detail(), Optional.of("other")))
        .map(forged -> new Trail.Entry(forged, entry.chain()))
        .forEach(
            forged -> {
              List<Trail.Entry> entries = new ArrayList<>(TRAIL.entries());
              entries.set(place, forged);
              assertBroken(changed(entries));
            });
  }

  @ParameterizedTest
  @MethodSource("places")
  void check_whenAnEventIsRemoved_thenIsBroken(int place) {
    List<Trail.Entry> entries = new ArrayList<>(TRAIL.entries());
    entries.remove(place);
    assertBroken(changed(entries));
    assertBroken(changed(TRAIL.entries().subList(0, place)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void check_whenAnEventIsAdded_thenIsBroken(int place) {
    Event event = Event.of(NOW, "accessGone", "");
    for (Optional<String> chain : List.of(Optional.of(TRAIL.head()), Optional.<String>empty())) {
      List<Trail.Entry> entries = new ArrayList<>(TRAIL.entries());
      entries.add(place + 1, new Trail.Entry(event, chain));
      assertBroken(changed(entries));
    }
    List<Trail.Entry> first = new ArrayList<>(TRAIL.entries());
    first.add(0, new Trail.Entry(event, Optional.empty()));
    assertBroken(changed(first));
  }

  @Test
  void check_whenEventsAreReordered_thenIsBroken() {
    for (int i = 1; i < TRAIL.entries().size(); i++) {
      List<Trail.Entry> entries = new ArrayList<>(TRAIL.entries());
      Collections.swap(entries, i - 1, i);
      assertBroken(changed(entries));
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void check_whenAHashIsChanged_thenIsBroken(int place) {
    Event event = TRAIL.entries().get(place).event();
    for (String chain : List.of("", "0".repeat(64), "x")) {
      List<Trail.Entry> entries = new ArrayList<>(TRAIL.entries());
      entries.set(place, new Trail.Entry(event, Optional.of(chain)));
      assertBroken(changed(entries));
    }
  }

  @Test
  void check_whenTheHeadIsTakenOutOrChanged_thenIsBroken() {
    assertBroken(new Trail(TRAIL.entries(), ""));
    assertBroken(new Trail(TRAIL.entries(), "0".repeat(64)));
    assertBroken(new Trail(List.of(), TRAIL.head()));
  }

  @Test
  void check_whenItIsAnotherOperations_thenIsBroken() {
    assertEquals(Trail.State.BROKEN, TRAIL.check(Samples.id(2)));
  }

  @Test
  void check_whenTextMovesFromAFieldToTheNext_thenIsBroken() {
    Trail one = Trail.EMPTY.with(ID, Event.of(NOW, "ab", "c"));
    assertNotEquals(one.head(), Trail.EMPTY.with(ID, Event.of(NOW, "a", "bc")).head());
    assertNotEquals(one.head(), Trail.EMPTY.with(ID, Event.of(NOW, "ab", "", "c")).head());
  }

  @Test
  void check_whenWrittenBeforeThereWereHashes_thenIsUnchainedAndWhatIsAddedCoversAll() {
    List<Trail.Entry> entries =
        TRAIL.events().stream().map(event -> new Trail.Entry(event, Optional.empty())).toList();
    Trail old = new Trail(entries, "");
    assertEquals(Trail.State.UNCHAINED, old.check(ID));
    Trail more = old.with(ID, Event.of(NOW, "five", "")).with(ID, Event.of(NOW, "six", ""));
    assertEquals(Trail.State.INTACT, more.check(ID));
    for (int i = 0; i < entries.size(); i++) {
      List<Trail.Entry> forged = new ArrayList<>(more.entries());
      forged.remove(i);
      assertEquals(Trail.State.BROKEN, new Trail(forged, more.head()).check(ID));
    }
  }

  @Test
  void trailState_whenAnOperationRuns_thenIsIntact() {
    Operation operation = Samples.operation().sent(NOW).sees("x", NOW);
    for (int i = 0; i < 300; i++) {
      operation = operation.sees("state " + i, NOW);
    }
    assertEquals(
        Trail.State.INTACT,
        operation
            .endsAs(new Ending(Status.CANCELED, "canceled", "", NOW))
            .ended(NOW, true)
            .trailState());
  }
}
