package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  @Test
  void timeSpan_whenNegative_thenRefuses() {
    assertThrows(IllegalArgumentException.class, () -> HostJson.timeSpan("-00:00:01"));
  }
}
