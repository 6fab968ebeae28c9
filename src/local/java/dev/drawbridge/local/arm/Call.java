package dev.drawbridge.local.arm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that a service answered.
 *
 * @param at by the local Azure's clock
 * @param service arm, graph or identity
 * @param path undecoded, without the query
 * @param query undecoded; empty without one
 * @param principal the caller's display name, or null if its token is unknown
 * @param status 0 if a fault closed the connection without an answer
 * @param errorCode the code in the error envelope, or null
 * @param traceparent the trace that the caller says it belongs to, or null
 */
public record Call(
    Instant at,
    String service,
    String method,
    String path,
    String query,
    @Nullable String apiVersion,
    @Nullable String principal,
    int status,
    @Nullable String errorCode,
    @Nullable String traceparent) {

  /** Method and path in one, for assertions: {@code GET /subscriptions/…}. */
  public String line() {
    return method + " " + path;
  }
}
