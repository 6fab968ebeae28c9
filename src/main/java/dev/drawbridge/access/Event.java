package dev.drawbridge.access;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened to an operation.
 *
 * @param what a stable word, such as {@code assignmentCreated}
 * @param correlationId Azure Resource Manager's, to find the call in the activity log
 */
public record Event(Instant at, String what, String detail, Optional<String> correlationId) {
  public static Event of(Instant at, String what, String detail) {
    return new Event(at, what, OneLine.of(detail), Optional.empty());
  }

  public static Event of(Instant at, String what, String detail, String correlationId) {
    return new Event(at, what, OneLine.of(detail), Optional.of(OneLine.of(correlationId)));
  }
}
