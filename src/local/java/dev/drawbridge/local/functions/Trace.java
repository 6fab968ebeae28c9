package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.TraceContext;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C trace that an invocation belongs to. */
record Trace(String traceparent, String tracestate) implements TraceContext {
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  /** The trace that came with the trigger, or a new one if none came or it is malformed. */
  static Trace of(@Nullable String traceparent, @Nullable String tracestate) {
    if (traceparent == null || !TRACEPARENT.matcher(traceparent).matches()) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      return new Trace(
          "00-%016x%016x-%016x-01"
              .formatted(random.nextLong(), random.nextLong(), random.nextLong()),
          "");
    }
    return new Trace(traceparent, tracestate == null ? "" : tracestate);
  }

  @Override
  public String getTraceparent() {
    return traceparent;
  }

  @Override
  public String getTracestate() {
    return tracestate;
  }

  @Override
  public Map<String, String> getAttributes() {
    return Map.of();
  }
}
