package dev.drawbridge.access;

import java.time.Instant;

/**
 * How an operation is to end, once its access is gone.
 *
 * @param status Succeeded, Failed or Canceled
 * @param code a stable word for the reason, such as {@code expired}
 * @param message the reason for people: what happened and what to do
 * @param since when it was decided
 */
public record Ending(Status status, String code, String message, Instant since) {
  public Ending {
    message = OneLine.of(message);
    if (status == Status.NOT_STARTED || status == Status.RUNNING) {
      throw new IllegalArgumentException("An operation does not end as " + status);
    }
  }
}
