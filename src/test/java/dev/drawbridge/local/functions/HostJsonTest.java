package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostJsonTest {
  @TempDir Path folder;
  private final List<String> problems = new ArrayList<>();

  private HostJson read(String json) throws IOException {
    return HostJson.read(Files.writeString(folder.resolve("host.json"), json), problems);
  }

  @Test
  void read_whenNothingIsSet_thenHasAzuresDefaults() throws IOException {
    assertEquals(new HostJson("api", 0, 16, Duration.ofMinutes(5), true), read("{}"));
    assertEquals(List.of(), problems);
  }

  @Test
  void read_whenAllIsSet_thenTakesIt() throws IOException {
    assertEquals(
        new HostJson("", 20, 2, Duration.ofMinutes(10), false),
        read(
            """
            {"extensions": {"http": {"routePrefix": ""}, "serviceBus": {"prefetchCount": 20,
              "maxConcurrentCalls": 2, "maxAutoLockRenewalDuration": "00:10:00",
              "autoCompleteMessages": false}}}"""));
    assertEquals(List.of(), problems);
  }

  @Test
  void read_whenValuesAreWrong_thenNamesEach() throws IOException {
    read(
        """
        {"extensions": {"serviceBus": {"maxConcurrentCalls": 0,
          "maxAutoLockRenewalDuration": "5 minutes"}}}""");
    assertEquals(2, problems.size());
    assertTrue(problems.get(0).contains("maxConcurrentCalls >= 1"), problems::toString);
    assertTrue(problems.get(1).contains("'5 minutes' is not a time span"), problems::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", ""})
  void read_whenFileIsNoJson_thenSaysSo(String json) throws IOException {
    read(json);
    assertEquals(1, problems.size(), problems::toString);
  }

  @Test
  void read_whenFileIsMissing_thenSaysSo() {
    HostJson.read(folder.resolve("none.json"), problems);
    assertTrue(problems.get(0).contains("none.json can't be read"), problems::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "00:05:00, PT5M",
    "1.00:00:01, PT24H1S",
    "00:00:00.5, PT0.5S",
    "00:00:00.0000001, PT0.0000001S"
  })
  void timeSpan_whenWellFormed_thenIsThatLong(String text, Duration duration) {
    assertEquals(duration, HostJson.timeSpan(text));
  }

  private static JsonNode production() throws IOException {
    return new ObjectMapper().readTree(Path.of("host.json").toFile());
  }

  /** What a grant takes for certain of a function that was cut off. */
  @Test
  void production_whenAFunctionRunsOut_thenNoCallOfItCountsAsOver() throws IOException {
    Duration timeout = HostJson.timeSpan(production().path("functionTimeout").asText());
    assertEquals(Duration.ofMinutes(5), timeout);
    assertTrue(
        timeout.plusMinutes(1).compareTo(Grant.IN_FLIGHT_AT_MOST) <= 0,
        "a call that was begun in the last second may take a minute");
  }

  /** Else another would get the message while it is still worked on. */
  @Test
  void production_whenAMessageIsWorkedOn_thenItStaysLockedAsLongAsThatMayTake() throws IOException {
    HostJson host = HostJson.read(Path.of("host.json"), problems);
    assertEquals(List.of(), problems);
    Duration timeout = HostJson.timeSpan(production().path("functionTimeout").asText());
    assertTrue(host.maxAutoLockRenewal().compareTo(timeout) >= 0, "renewed to the end");
    assertEquals(0, host.prefetchCount(), "a message that waits in an instance loses its lock");
    assertTrue(host.autoCompleteMessages(), "only what a function has ended with is done");
    assertEquals(4, host.maxConcurrentCalls(), "an instance; Resource Manager throttles writes");
  }

  /** The heartbeat, the events of the audit trail and the alerts' lines are traces. */
  @Test
  void production_whenThereIsMuchToLog_thenNoLineThatIsLookedForIsDropped() throws IOException {
    JsonNode logging = production().path("logging");
    JsonNode sampling = logging.path("applicationInsights").path("samplingSettings");
    List<String> kept = Arrays.asList(sampling.path("excludedTypes").asText().split(";", -1));
    assertTrue(kept.containsAll(List.of("Event", "Exception", "Request", "Trace")), kept::toString);
    for (String category : List.of("default", "Function", "Host.Results")) {
      assertEquals("Information", logging.path("logLevel").path(category).asText(), category);
    }
    assertEquals("Warning", logging.path("logLevel").path("Azure.Core").asText());
    assertTrue(production().path("telemetryMode").isMissingNode(), "see docs/decisions.md");
  }

  @Test
  void timeSpan_whenNegative_thenRefuses() {
    assertThrows(IllegalArgumentException.class, () -> HostJson.timeSpan("-00:00:01"));
  }
}
