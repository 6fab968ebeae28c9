package dev.drawbridge.access;

import java.time.Instant;

/**
 * One operation's hold on a grant.
 *
 * @param expiresAt when the operation's time is over
 * @param released whether the operation no longer needs the access
 */
public record Hold(Instant expiresAt, Progress progress, boolean released) {

  /**
   * How far the operation's own calls that make the assignment have come. A call in doubt is one of
   * an attempt that another attempt has overtaken: nobody will tell how it ended.
   */
  public enum Progress {
    /** A call may be under way, and may still take effect. */
    IN_FLIGHT,
    /** As in flight, and so may be another, in doubt. */
    IN_DOUBT,
    /** It is over and was refused, or was never sent. */
    NOT_MADE,
    /** It succeeded: the assignment is known for ours. */
    MADE,
    /** Made, and a call is under way that makes it again. */
    MADE_IN_FLIGHT,
    /** Made, and a call in doubt may make it again. */
    MADE_IN_DOUBT;

    boolean isMade() {
      return this == MADE || this == MADE_IN_FLIGHT || this == MADE_IN_DOUBT;
    }

    /** Whether nothing can still take effect. */
    boolean isSettled() {
      return this == MADE || this == NOT_MADE;
    }

    /** A call is about to be made. */
    Progress begun() {
      return switch (this) {
        case NOT_MADE -> IN_FLIGHT;
        case MADE -> MADE_IN_FLIGHT;
        case IN_FLIGHT, IN_DOUBT -> IN_DOUBT;
        case MADE_IN_FLIGHT, MADE_IN_DOUBT -> MADE_IN_DOUBT;
      };
    }

    /** The call has made the assignment. */
    Progress made() {
      return this == IN_DOUBT || this == MADE_IN_DOUBT ? MADE_IN_DOUBT : MADE;
    }

    /** The call is over and made nothing. */
    Progress notMade() {
      return switch (this) {
        case IN_FLIGHT -> NOT_MADE;
        case MADE_IN_FLIGHT -> MADE;
        case IN_DOUBT, NOT_MADE, MADE, MADE_IN_DOUBT -> this;
      };
    }
  }

  Hold with(Progress changed) {
    return new Hold(expiresAt, changed, released);
  }

  Hold release() {
    return new Hold(expiresAt, progress, true);
  }
}
