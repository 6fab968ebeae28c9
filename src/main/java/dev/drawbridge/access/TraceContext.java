package dev.drawbridge.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a distributed trace, as it goes from one service to the next in a {@code traceparent}.
 *
 * @param traceId names the whole trace: 32 hexadecimal digits in lower case, not all zero
 * @param spanId names the caller's part of it: 16 such digits
 * @param sampled whether the caller may have recorded its part
 * @see <a href="https://www.w3.org/TR/trace-context-1/#traceparent-header">W3C Trace Context</a>
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
  /** The header, and the message property, that carries it. */
  public static final String NAME = "traceparent";

  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "((?!ff)[0-9a-f]{2})-(%s)-(%s)-([0-9a-f]{2})(-.*)?".formatted(TRACE_ID, SPAN_ID));
  private static final int SAMPLED = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  public TraceContext {
    Names.check(traceId, TRACE_ID, "a trace id");
    Names.check(spanId, SPAN_ID, "a span id");
  }

  /**
   * What a header says, or nothing if it is not one: who can't be understood is as if it had said
   * nothing. Of a version above 00 only what 00 has is read.
   */
  public static Optional<TraceContext> parse(String header) {
    Matcher fields = TRACEPARENT.matcher(header);
    if (!fields.matches() || (fields.group(1).equals("00") && fields.group(5) != null)) {
      return Optional.empty();
    }
    int flags = HexFormat.fromHexDigits(fields.group(4));
    return Optional.of(
        new TraceContext(fields.group(2), fields.group(3), (flags & SAMPLED) == SAMPLED));
  }

  /** The beginning of a new trace. */
  public static TraceContext random() {
    return random(RANDOM);
  }

  static TraceContext random(RandomGenerator random) {
    return new TraceContext(id(16, random), id(8, random), true);
  }

  /** A part of its own in the same trace. */
  public TraceContext child() {
    return child(RANDOM);
  }

  TraceContext child(RandomGenerator random) {
    return new TraceContext(traceId, id(8, random), sampled);
  }

  private static String id(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    String id;
    do {
      random.nextBytes(bytes);
      id = HexFormat.of().formatHex(bytes);
    } while (id.matches("0+"));
    return id;
  }

  /** The header's value, of version 00. */
  public String traceparent() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }
}
