package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String HEADER = "00-" + TRACE + "-" + SPAN + "-01";
  private static final TraceContext PARSED = new TraceContext(TRACE, SPAN, true);

  @Test
  void parse_whenOfVersion00_thenIsReadAndWrittenTheSame() {
    assertEquals(Optional.of(PARSED), TraceContext.parse(HEADER));
    assertEquals(HEADER, PARSED.traceparent());
    String unsampled = HEADER.replaceFirst("01$", "00");
    assertEquals(
        Optional.of(unsampled), TraceContext.parse(unsampled).map(TraceContext::traceparent));
  }

  /** The specification has no meaning for any other flag and wants none passed on. */
  @Test
  void parse_whenItHasUnknownFlags_thenOnlyTheKnownOneIsTakenOver() {
    assertEquals(Optional.of(PARSED), TraceContext.parse(HEADER.replaceFirst("01$", "ff")));
    assertEquals(
        Optional.of(false),
        TraceContext.parse(HEADER.replaceFirst("01$", "fe")).map(TraceContext::sampled));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-what-the-future-brings", "-01-\t\"x\", y"})
  void parse_whenOfALaterVersion_thenItsFirstFourFieldsAreRead(String more) {
    assertEquals(Optional.of(PARSED), TraceContext.parse(HEADER.replaceFirst("^00", "01") + more));
    assertEquals(Optional.of(PARSED), TraceContext.parse(HEADER.replaceFirst("^00", "fe") + more));
  }

  static Stream<String> others() {
    String later = HEADER.replaceFirst("^00", "01");
    return Stream.of(
        "",
        "-",
        "00",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-",
        "00-" + TRACE + "-" + SPAN + "-1",
        HEADER + "-",
        HEADER + "-00",
        HEADER + "0",
        " " + HEADER,
        HEADER + " ",
        HEADER + "\n",
        HEADER + "\r\nx-admin: 1",
        HEADER + "," + HEADER,
        HEADER + ", " + HEADER,
        later + "," + later,
        later + "-x\r\nx-admin: 1",
        later + "0",
        HEADER.replaceFirst("^00", "ff"),
        HEADER.replaceFirst("^00", "FE"),
        HEADER.replaceFirst("^00", "0g"),
        HEADER.toUpperCase(Locale.ROOT),
        HEADER.replace(TRACE, "0".repeat(32)),
        HEADER.replace(SPAN, "0".repeat(16)),
        HEADER.replace(TRACE, TRACE + "0"),
        HEADER.replace(TRACE, TRACE.substring(1)),
        HEADER.replace(SPAN, SPAN.substring(1)),
        HEADER.replace('-', '_'),
        HEADER.replace("0af7", "\u0660af7"), // a digit of another script
        "00-".repeat(4000),
        "0".repeat(10_240),
        HEADER + "-" + "a".repeat(10_240));
  }

  @ParameterizedTest
  @MethodSource("others")
  void parse_whenItIsNoTrace_thenIsNothing(String header) {
    assertEquals(Optional.empty(), TraceContext.parse(header));
  }

  @Test
  void new_whenAnIdIsNone_thenIsRefused() {
    String zeros = "0".repeat(32);
    assertThrows(IllegalArgumentException.class, () -> new TraceContext(zeros, SPAN, true));
    assertThrows(IllegalArgumentException.class, () -> new TraceContext(TRACE, "x", true));
    assertThrows(
        IllegalArgumentException.class, () -> new TraceContext(TRACE, zeros.substring(16), true));
  }

  @Test
  void child_whenMade_thenIsInTheSameTraceUnderAnIdOfItsOwn() {
    Random random = new Random(42);
    Set<String> spans = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      TraceContext child = PARSED.child(random);
      assertEquals(TRACE, child.traceId());
      assertTrue(child.sampled());
      spans.add(child.spanId());
    }
    assertEquals(1000, spans.size());
    assertNotEquals(PARSED.child(), PARSED.child());
    assertFalse(new TraceContext(TRACE, SPAN, false).child().sampled());
  }

  @Test
  void random_whenMade_thenCanBeReadAndDiffers() {
    TraceContext trace = TraceContext.random();
    assertEquals(Optional.of(trace), TraceContext.parse(trace.traceparent()));
    assertNotEquals(trace.traceId(), TraceContext.random().traceId());
  }

  /** One time in 2 to the 64th. */
  @Test
  void random_whenItComesToAllZeros_thenIsMadeAgain() {
    byte[] next = {0};
    RandomGenerator zerosFirst =
        new RandomGenerator() {
          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, next[0]++);
          }

          @Override
          public long nextLong() {
            throw new AssertionError();
          }
        };
    assertEquals(
        "00-%s-%s-01".formatted("01".repeat(16), "02".repeat(8)),
        TraceContext.random(zerosFirst).traceparent());
  }
}
