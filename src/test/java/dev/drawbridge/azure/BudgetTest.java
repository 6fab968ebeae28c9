package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.azure.Budget.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BudgetTest {
  private static final Lane ONE = new Lane("one", false);
  private static final Lane OTHER = new Lane("other", false);

  private final SetClock clock = new SetClock();
  private final Budget budget = new Budget(clock);

  @ParameterizedTest
  @CsvSource({"READ, 250, 25", "WRITE, 200, 10", "DELETE, 200, 10"})
  void take_whenAsManyAsPossibleAreTaken_thenTwoLanesStayBelowAzuresBuckets(
      Kind kind, int size, int perSecond) {
    int atOnce = takeAll(ONE, kind);
    clock.advance(Duration.ofSeconds(10));
    int inTenSeconds = takeAll(ONE, kind);

    assertEquals(kind.size, atOnce);
    assertTrue(2 * atOnce < size, atOnce + " at once");
    assertTrue(inTenSeconds > 0);
    assertTrue(2 * inTenSeconds < 10 * perSecond, inTenSeconds + " in ten seconds");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void take_whenALaneIsSpent_thenItIsRefusedAsPassingUntilThereIsOneMore(Kind kind) {
    takeAll(ONE, kind);

    PassingFault refused = refusal(ONE, kind).orElseThrow();
    assertEquals("throttledHere", refused.code());
    assertEquals(
        "GET /x: not called for 1 s, the budget of such calls is spent", refused.getMessage());
    assertFalse(refused.effectUnknown());
    assertEquals(Optional.of(Duration.ofSeconds(1)), refused.retryAfter());

    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), refusal(ONE, kind));
  }

  @Test
  void take_whenALaneIsSpent_thenOtherLanesAndKindsAreNot() {
    takeAll(ONE, Kind.READ);

    assertEquals(Kind.READ.size, takeAll(OTHER, Kind.READ));
    assertEquals(Kind.READ.size, takeAll(new Lane("one", true), Kind.READ));
    assertEquals(Kind.DELETE.size, takeAll(ONE, Kind.DELETE));
  }

  @Test
  void take_whenALaneWasQuietForLong_thenItHasNoMoreThanItsBucket() {
    takeAll(ONE, Kind.READ);
    clock.advance(Duration.ofDays(1));

    assertEquals(Kind.READ.size, takeAll(ONE, Kind.READ));
  }

  @Test
  void take_whenTheClockIsSetBack_thenNothingIsHeldBackForLongerThanWithout() {
    takeAll(ONE, Kind.READ);
    budget.pause(OTHER, Duration.ofMinutes(10));
    clock.advance(Duration.ofHours(-1));

    assertEquals(
        Optional.of(Duration.ofMinutes(10)), refusal(OTHER, Kind.READ).orElseThrow().retryAfter());

    assertTrue(refusal(ONE, Kind.READ).isPresent());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), refusal(ONE, Kind.READ));
    clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertEquals(Optional.empty(), refusal(OTHER, Kind.READ));
  }

  @Test
  void pause_whenAzureAsksForOne_thenThatLaneIsNotCalledBeforeAndAllOthersAre() {
    budget.pause(ONE, Duration.ofSeconds(90));

    for (Kind kind : Kind.values()) {
      PassingFault refused = refusal(ONE, kind).orElseThrow();
      assertEquals("throttledHere", refused.code());
      assertFalse(refused.effectUnknown());
      assertEquals(Optional.of(Duration.ofSeconds(90)), refused.retryAfter());
      assertEquals(Optional.empty(), refusal(OTHER, kind));
    }
    clock.advance(Duration.ofSeconds(90).minusNanos(1));
    assertEquals(
        Optional.of(Duration.ofSeconds(1)), refusal(ONE, Kind.READ).orElseThrow().retryAfter());
    clock.advance(Duration.ofNanos(1));
    assertEquals(Kind.READ.size, takeAll(ONE, Kind.READ)); // a refused call took nothing
  }

  @Test
  void pause_whenAzureAsksForADay_thenItIsTenMinutes() {
    budget.pause(ONE, Duration.ofDays(1));

    assertEquals(
        Optional.of(Duration.ofMinutes(10)), refusal(ONE, Kind.READ).orElseThrow().retryAfter());
    clock.advance(Duration.ofMinutes(10));
    assertEquals(Optional.empty(), refusal(ONE, Kind.READ));
  }

  @Test
  void pause_whenAnotherAnswerAsksForLess_thenTheLongerOneStands() {
    budget.pause(ONE, Duration.ofSeconds(90));
    budget.pause(ONE, Duration.ofSeconds(5));

    assertEquals(
        Optional.of(Duration.ofSeconds(90)), refusal(ONE, Kind.READ).orElseThrow().retryAfter());
  }

  @Test
  void take_whenThereAreVeryManyLanes_thenTheQuietestIsForgottenAndTheBusyOnesAreNot() {
    budget.pause(ONE, Duration.ofMinutes(10));
    budget.pause(OTHER, Duration.ofMinutes(10));
    for (int i = 0; i < 999; i++) {
      budget.take(new Lane("s" + i, false), Kind.READ, "GET /x");
      assertTrue(refusal(OTHER, Kind.READ).isPresent());
    }

    assertEquals(Optional.empty(), refusal(ONE, Kind.READ));
  }

  @Test
  void take_whenManyThreadsTake_thenTheyGetNoMoreThanThereIs()
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> taken = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        taken.add(threads.submit(() -> takeAll(ONE, Kind.READ)));
      }
      int all = 0;
      for (Future<Integer> one : taken) {
        all += one.get();
      }
      assertEquals(Kind.READ.size, all);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Takes calls until one is refused. */
  private int takeAll(Lane lane, Kind kind) {
    int taken = 0;
    while (refusal(lane, kind).isEmpty()) {
      taken++;
    }
    return taken;
  }

  private Optional<PassingFault> refusal(Lane lane, Kind kind) {
    try {
      budget.take(lane, kind, "GET /x");
      return Optional.empty();
    } catch (PassingFault fault) {
      return Optional.of(fault);
    }
  }

  /** A clock that can be set back. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");

    synchronized void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
