package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

  @ParameterizedTest
  @CsvSource({"PT5M, PT5M", "P3D, P3D", "PT5M, P3650D"})
  void constructor_whenTheDefaultIsWithin_thenIsTaken(Duration usual, Duration longest) {
    assertEquals(usual, new Limits(usual, longest).defaultExpiry());
  }

  @ParameterizedTest
  @CsvSource({"PT4M59.999S, P1D", "PT0S, P1D", "-P1D, P1D", "PT24H0.001S, P1D", "PT5M, PT4M"})
  void constructor_whenTheDefaultIsOutside_thenIsRefused(Duration usual, Duration longest) {
    assertThrows(IllegalArgumentException.class, () -> new Limits(usual, longest));
  }
}
