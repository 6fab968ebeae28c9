package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.functions.samples.timers.TimerSamples;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HostFixture fixture = new HostFixture();
  private final TimerSamples samples = new TimerSamples();
  private LocalFunctionsHost host = start(true);

  private LocalFunctionsHost start(boolean timers) {
    return fixture
        .options("timers", samples)
        .settings(Map.of("SCHEDULE", "0 * * * * *"))
        .timers(timers)
        .start();
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** By the end, what the advance made due has run. */
  private void advance(String duration) {
    fixture.clock.advance(Duration.parse(duration));
    host.awaitIdle(HostFixture.SOON);
  }

  @Test
  void advance_whenNothingIsDueYet_thenNothingRuns() {
    advance("PT59.999S");
    assertEquals(0, samples.sweeps().size());
  }

  @Test
  void advance_whenTheTimeComes_thenRunsOnceOnTime() throws Exception {
    advance("PT1M");
    assertEquals(1, samples.sweeps().size());
    assertEquals(
        JSON.readTree(
            """
            {"Schedule": {"AdjustForDST": true},
             "ScheduleStatus": {"Last": "0001-01-01T00:00:00+00:00",
               "Next": "2026-11-24T08:01:00+00:00", "LastUpdated": "0001-01-01T00:00:00+00:00"},
             "IsPastDue": false}"""),
        JSON.readTree(samples.sweeps().get(0)));
    advance("PT0S");
    assertEquals(1, samples.sweeps().size());
    advance("PT1M0.5S");
    assertEquals(
        JSON.readTree(
            """
            {"Last": "2026-11-24T08:01:00+00:00", "Next": "2026-11-24T08:02:00+00:00",
             "LastUpdated": "2026-11-24T08:01:00+00:00"}"""),
        JSON.readTree(samples.sweeps().get(1)).path("ScheduleStatus"));
    advance("PT59.5S");
    assertTrue(
        samples.sweeps().get(2).contains("\"Last\":\"2026-11-24T08:02:00.5+00:00\""),
        samples.sweeps()::toString);
  }

  @Test
  void advance_whenLateByLessThanASlot_thenIsNotPastDue() throws Exception {
    advance("PT1M59.999S");
    assertEquals(1, samples.sweeps().size());
    assertEquals("false", JSON.readTree(samples.sweeps().get(0)).path("IsPastDue").asText());
  }

  @Test
  void advance_whenOccurrencesWereMissed_thenRunsOncePastDueAndGoesOn() throws Exception {
    advance("PT2H");
    assertEquals(1, samples.sweeps().size());
    assertEquals("true", JSON.readTree(samples.sweeps().get(0)).path("IsPastDue").asText());
    assertEquals(1, samples.reports().size());
    assertEquals("false", JSON.readTree(samples.reports().get(0)).path("IsPastDue").asText());
    advance("PT1M");
    assertEquals("false", JSON.readTree(samples.sweeps().get(1)).path("IsPastDue").asText());
  }

  @Test
  void advance_whenARunIsUnderWay_thenTheNextWaitsForItsEnd() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    samples.during =
        () -> {
          started.countDown();
          HostFixture.awaitLatch(goOn);
        };
    fixture.clock.advance(Duration.ofMinutes(1));
    HostFixture.awaitLatch(started);
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.clock.advance(Duration.ofMinutes(1));
    assertEquals(1, samples.sweeps().size());
    assertThrows(IllegalStateException.class, () -> host.awaitIdle(Duration.ofMillis(1)));
    goOn.countDown();
    host.awaitIdle(HostFixture.SOON);
    assertEquals(2, samples.sweeps().size());
    assertEquals(1, samples.mostAtOnce());
  }

  @Test
  void advance_whenARunFails_thenTheNextStillComes() {
    samples.during =
        () -> {
          throw new IllegalStateException("no");
        };
    advance("PT1M");
    advance("PT1M");
    assertEquals(2, samples.sweeps().size());
    assertEquals(2, fixture.log.records().size());
  }

  @Test
  void advance_whenTimersAreOff_thenOnlyRunsByHand() {
    host.close();
    host = start(false);
    advance("PT2H");
    assertEquals(0, samples.sweeps().size());
    host.runTimer("sweep");
    assertEquals(1, samples.sweeps().size());
    assertEquals(0, samples.reports().size());
  }

  @Test
  void advance_whenHostIsClosed_thenNothingRuns() {
    host.close();
    fixture.clock.advance(Duration.ofHours(2));
    assertEquals(0, samples.sweeps().size());
  }

  @Test
  void runTimer_whenFunctionThrows_thenThrowsItWrapped() {
    IllegalStateException thrown = new IllegalStateException("no");
    samples.during =
        () -> {
          throw thrown;
        };
    FunctionFailedException failed =
        assertThrows(FunctionFailedException.class, () -> host.runTimer("Sweep"));
    assertSame(thrown, failed.getCause());
  }

  @Test
  void runTimer_whenThereIsNoSuchTimer_thenNamesThoseThereAre() {
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> host.runTimer("Sweeep"));
    assertEquals("No timer Sweeep: there are [Report, Sweep]", unknown.getMessage());
  }

  @Test
  void runTimer_whenAScheduledRunIsUnderWay_thenWaitsForIt() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    samples.during =
        () -> {
          started.countDown();
          HostFixture.awaitLatch(goOn);
        };
    fixture.clock.advance(Duration.ofMinutes(1));
    HostFixture.awaitLatch(started);
    Thread byHand = new Thread(() -> host.runTimer("Sweep"));
    byHand.start();
    HostFixture.await("waiting", () -> byHand.getState() == Thread.State.WAITING);
    assertEquals(1, samples.sweeps().size());
    goOn.countDown();
    byHand.join(HostFixture.SOON.toMillis());
    assertEquals(2, samples.sweeps().size());
    assertEquals(1, samples.mostAtOnce());
  }

  @Test
  void clock_whenItRuns_thenTimersComeDueByThemselves() {
    try (LocalFunctionsHost running =
        LocalFunctionsHost.Options.builder(
                LocalClock.running(), HostFixture.SAMPLES + "timers", HostFixture.HOST_JSON)
            .injector(new HostFixture.Giving(samples))
            .settings(Map.of("SCHEDULE", "* * * * * *"))
            .start()) {
      HostFixture.await("two runs", () -> samples.sweeps().size() >= 2);
      running.runTimer("Report");
    }
    assertEquals(1, samples.mostAtOnce());
  }
}
