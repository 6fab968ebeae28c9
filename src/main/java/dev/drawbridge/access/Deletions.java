package dev.drawbridge.access;

import java.time.Instant;
import java.util.Optional;

/**
 * The calls that delete an assignment. Azure deletes whatever has the name by then, on no
 * condition; so nothing of the name is made anew while one of them may still take effect.
 *
 * @param open how many were begun whose end is not known
 * @param begunAt when the last of them was begun
 * @param refused how many were refused in a row
 * @param cause why the last one was, in one line; empty if it was not
 * @param foreign whether an assignment of the name was seen that is not ours: if it is not seen any
 *     more it is gone, and nothing is deleted unseen
 */
public record Deletions(
    int open, Optional<Instant> begunAt, int refused, String cause, boolean foreign) {
  public static final Deletions NONE = new Deletions(0, Optional.empty(), 0, "", false);

  public Deletions {
    cause = OneLine.of(cause);
  }

  Deletions begun(Instant now) {
    return new Deletions(open + 1, Optional.of(now), refused, cause, foreign);
  }

  Deletions over() {
    return new Deletions(Math.max(0, open - 1), begunAt, 0, "", false);
  }

  Deletions refusedFor(String why) {
    return new Deletions(Math.max(0, open - 1), begunAt, refused + 1, why, foreign);
  }

  /** None may be made: what has the name is not ours. */
  Deletions foreign(String why) {
    return new Deletions(open, begunAt, refused + 1, why, true);
  }

  /**
   * @param settled what was begun until then can no longer take effect
   */
  boolean areOver(Instant settled) {
    return open == 0 || begunAt.map(at -> !at.isAfter(settled)).orElse(true);
  }
}
