package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import dev.drawbridge.access.TraceContext;
import java.util.Optional;

/** The distributed trace that a request belongs to. */
final class IncomingTrace {
  private IncomingTrace() {}

  /**
   * The trace of the request's {@code traceparent}, else the one that the host has begun, else a
   * new one. Where the host has taken the header's up, its own part of that trace is the nearer
   * one, by which Application Insights knows the function.
   */
  static TraceContext of(HttpRequestMessage<?> request, ExecutionContext context) {
    Optional<TraceContext> host = ofHost(context);
    Optional<TraceContext> caller =
        TraceContext.parse(request.getHeaders().getOrDefault(TraceContext.NAME, ""));
    return caller
        .filter(sent -> host.filter(own -> own.traceId().equals(sent.traceId())).isEmpty())
        .or(() -> host)
        .orElseGet(TraceContext::random);
  }

  /** The host gives none where it has nowhere to report to, whatever the worker's types say. */
  private static Optional<TraceContext> ofHost(ExecutionContext context) {
    return Optional.ofNullable(context.getTraceContext())
        .map(com.microsoft.azure.functions.TraceContext::getTraceparent)
        .flatMap(TraceContext::parse);
  }
}
