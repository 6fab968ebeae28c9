package dev.drawbridge.access;

import java.time.Instant;

/**
 * Nothing is granted until it is lifted: somebody has pulled the emergency brake.
 *
 * @param reason theirs, in one line
 */
public record Stop(Instant since, String reason) {
  public Stop {
    reason = OneLine.of(reason);
  }
}
