package dev.drawbridge.local.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.local.servicebus.SendFaults.Fate;
import org.junit.jupiter.api.Test;

class SendFaultsTest {
  private final SendFaults faults = new SendFaults();

  @Test
  void next_whenNothingIsWrong_thenStored() {
    assertEquals(Fate.STORED, faults.next());
  }

  @Test
  void next_whenBoth_thenFirstRefusedAndThenLost() {
    faults.refuse(1);
    faults.loseAnswers(2);
    assertEquals(Fate.REFUSED, faults.next());
    assertEquals(Fate.STORED_ANSWER_LOST, faults.next());
    assertEquals(Fate.STORED_ANSWER_LOST, faults.next());
    assertEquals(Fate.STORED, faults.next());
  }

  @Test
  void next_whenUntilFurtherNotice_thenUntilThen() {
    faults.refuse(Integer.MAX_VALUE);
    for (int i = 0; i < 1000; i++) {
      assertEquals(Fate.REFUSED, faults.next());
    }
    faults.refuse(0);
    assertEquals(Fate.STORED, faults.next());
  }
}
