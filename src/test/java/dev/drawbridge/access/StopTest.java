package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StopTest {
  @Test
  void reason_whenItHasLines_thenIsOne() {
    Stop stop = new Stop(Samples.NOW, "stolen\r\nevent=forged");
    assertEquals(OneLine.of("stolen\r\nevent=forged"), stop.reason());
    assertEquals(-1, stop.reason().indexOf('\n'));
    assertEquals(Samples.NOW, stop.since());
  }
}
