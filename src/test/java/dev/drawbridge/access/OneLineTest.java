package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

  @ParameterizedTest
  @ValueSource(
      chars = {
        '\n', '\r', '\t', '\0', '\u000b', '\f', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028',
        '\u2029'
      })
  void of_whenACharacterCouldBreakTheLine_thenIsASpace(char breaking) {
    assertEquals("a b", OneLine.of("a" + breaking + "b"));
    assertEquals("a", OneLine.of(breaking + "a" + breaking));
  }

  @Test
  void of_whenALogLineIsForged_thenStaysInItsLine() {
    assertEquals("x  SEVERE: all access is gone", OneLine.of("x\r\nSEVERE: all access is gone"));
  }

  @Test
  void of_whenLong_thenIsCutAtALength() {
    assertEquals("x".repeat(1000), OneLine.of("x".repeat(1000)));
    assertEquals("x".repeat(1000) + "…", OneLine.of("x".repeat(1001)));
  }

  @Test
  void of_whenCutInTheMiddleOfACharacter_thenLeavesItOut() {
    String cut = OneLine.of("x".repeat(999) + "𠀀");
    assertEquals("x".repeat(999) + "…", cut);
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(cut));
    assertEquals("x".repeat(998) + "𠀀" + "…", OneLine.of("x".repeat(998) + "𠀀𠀀"));
  }

  @Test
  void event_whenMadeOfTextFromElsewhere_thenIsOneLine() {
    assertEquals(
        new Event(NOW, "what", "a b", Optional.of("c d")), Event.of(NOW, "what", "a\nb", "c\nd"));
    assertEquals(new Event(NOW, "what", "a b", Optional.empty()), Event.of(NOW, "what", "a\nb"));
  }
}
