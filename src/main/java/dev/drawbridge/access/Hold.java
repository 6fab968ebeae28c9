package dev.drawbridge.access;

import java.time.Instant;

/**
 * One operation's hold on a grant.
 *
 * @param expiresAt when the operation's time is over
 * @param released whether the operation no longer needs the access
 */
public record Hold(Instant expiresAt, Progress progress, boolean released) {

  /** How far the operation's own call that makes the assignment has come. */
  public enum Progress {
    /** It may be under way, and may still take effect. */
    IN_FLIGHT,
    /** It is over and was refused, or was never sent. */
    NOT_MADE,
    /** It succeeded: the assignment is known for ours. */
    MADE
  }

  Hold with(Progress changed) {
    return new Hold(expiresAt, changed, released);
  }

  Hold release() {
    return new Hold(expiresAt, progress, true);
  }
}
