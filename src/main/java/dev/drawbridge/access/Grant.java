package dev.drawbridge.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One temporary role assignment and who needs it. It goes when its last holder lets go; a released
 * hold stays until then, since an operation ends only when the assignment is gone.
 *
 * @param revokingSince when it was decided to take the assignment away; nobody joins from then on
 * @param deletions the calls that take it away
 * @param goneAt when Azure answered that the assignment is gone; only the role is left to tidy up
 */
public record Grant(
    Access access,
    Map<OperationId, Hold> holds,
    Optional<Instant> revokingSince,
    Deletions deletions,
    Optional<Instant> goneAt) {

  /**
   * How long a call that was under way may still take effect. Longer than a function may run (five
   * minutes, host.json), so that no function can outlive it.
   */
  public static final Duration IN_FLIGHT_AT_MOST = Duration.ofMinutes(6);

  /** What was in flight is over, two sweeps have passed, and a minute for each of them. */
  private static final Duration OVERDUE_AFTER = IN_FLIGHT_AT_MOST.plusMinutes(4);

  /** A revocation that is refused this often in a row has a cause that does not pass. */
  public static final int MOST_REFUSALS = 3;

  public Grant {
    holds =
        Collections.unmodifiableMap(new TreeMap<>(holds)); // in an order that is always the same
  }

  public static Grant intended(Access access, OperationId by, Instant expiresAt) {
    return new Grant(
        access,
        Map.of(by, new Hold(expiresAt, Hold.Progress.IN_FLIGHT, false)),
        Optional.empty(),
        Deletions.NONE,
        Optional.empty());
  }

  /** Of an assignment that is there, and whose grant was lost while operations need it. */
  public static Grant restored(Access access, Map<OperationId, Instant> expiries) {
    Map<OperationId, Hold> holds = new TreeMap<>();
    expiries.forEach((id, at) -> holds.put(id, new Hold(at, Hold.Progress.MADE, false)));
    return new Grant(access, holds, Optional.empty(), Deletions.NONE, Optional.empty());
  }

  /** With an operation that waits for the assignment's end, and no more. */
  public Grant awaitedBy(OperationId operation, Instant now) {
    return withHold(operation, new Hold(now, Hold.Progress.MADE, true));
  }

  /** Of an assignment whose grant was lost before it was seen gone for an operation. */
  public static Grant unverified(Access access, OperationId operation, Instant now) {
    return restored(access, Map.of()).awaitedBy(operation, now).revoking(now);
  }

  /** Of an assignment that is there and that nobody needs. */
  public static Grant orphan(Access access, Instant now) {
    return new Grant(access, Map.of(), Optional.of(now), Deletions.NONE, Optional.empty());
  }

  /**
   * Whether the assignment should be gone by now: more than two sweeps have tried, and nothing is
   * waited out any more; or it was refused again and again.
   */
  public boolean isOverdue(Instant now) {
    boolean late =
        revokingSince.map(since -> !now.isBefore(since.plus(OVERDUE_AFTER))).orElse(false);
    return goneAt.isEmpty() && (late || deletions.refused() >= MOST_REFUSALS);
  }

  public boolean isBeingRevoked() {
    return revokingSince.isPresent();
  }

  public boolean isNeeded() {
    return holds.values().stream().anyMatch(hold -> !hold.released());
  }

  public boolean isNeededBy(OperationId operation) {
    Hold hold = holds.get(operation);
    return hold != null && !hold.released();
  }

  public boolean isHeldBy(OperationId operation) {
    return holds.containsKey(operation);
  }

  /** When the last of those who need it is out of time. */
  public Instant expiresAt() {
    return holds.values().stream()
        .filter(hold -> !hold.released())
        .map(Hold::expiresAt)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Whether nothing that was under way when revocation began can still take effect. */
  public boolean isSettled(Instant now) {
    return holds.values().stream().allMatch(hold -> hold.progress().isSettled())
        || revokingSince.map(since -> !now.isBefore(since.plus(IN_FLIGHT_AT_MOST))).orElse(false);
  }

  /** Whether one of its holders has made the assignment, so that it is known for ours. */
  public boolean isMade() {
    return holds.values().stream().anyMatch(hold -> hold.progress().isMade());
  }

  /** Whether the assignment was made, as far as one can know; not if every call was refused. */
  public boolean mayHaveStood() {
    return holds.values().stream().anyMatch(hold -> hold.progress() != Hold.Progress.NOT_MADE);
  }

  /** With the hold of an operation that is about to make the assignment, or to prolong it. */
  public Grant heldBy(OperationId operation, Instant expires) {
    Hold known = holds.get(operation);
    Hold.Progress progress = known == null ? Hold.Progress.IN_FLIGHT : known.progress().begun();
    return withHold(operation, new Hold(expires, progress, false));
  }

  /** The operation's call has made the assignment. */
  public Grant madeBy(OperationId operation) {
    Hold hold = hold(operation);
    return withHold(operation, hold.with(hold.progress().made()));
  }

  /** The operation's call is over and made nothing that was not made before. */
  public Grant notMadeBy(OperationId operation) {
    Hold hold = hold(operation);
    return withHold(operation, hold.with(hold.progress().notMade()));
  }

  /** The operation no longer needs it. */
  public Grant releasedBy(OperationId operation) {
    return withHold(operation, hold(operation).release());
  }

  public Grant revoking(Instant now) {
    return isBeingRevoked() ? this : new Grant(access, holds, Optional.of(now), deletions, goneAt);
  }

  /** A call that deletes the assignment is about to be made. */
  public Grant deleting(Instant now) {
    return new Grant(access, holds, revokingSince, deletions.begun(now), goneAt);
  }

  /** A call that deletes the assignment is over. */
  public Grant deleted() {
    return new Grant(access, holds, revokingSince, deletions.over(), goneAt);
  }

  /** What has the assignment's name is not ours, and is not deleted. */
  public Grant replaced(String cause) {
    return new Grant(access, holds, revokingSince, deletions.foreign(cause), goneAt);
  }

  /** A call that deletes the assignment was refused. */
  public Grant notDeleted(String cause) {
    return new Grant(access, holds, revokingSince, deletions.refusedFor(cause), goneAt);
  }

  /** Whether no call that deletes the assignment can still take effect, on one made anew. */
  public boolean canBeForgotten(Instant now) {
    return deletions.areOver(now.minus(IN_FLIGHT_AT_MOST));
  }

  public Grant gone(Instant now) {
    return new Grant(access, holds, revokingSince, deletions, Optional.of(now));
  }

  private Hold hold(OperationId operation) {
    Hold hold = holds.get(operation);
    if (hold == null) {
      throw new IllegalArgumentException(operation + " does not hold this grant");
    }
    return hold;
  }

  private Grant withHold(OperationId operation, Hold hold) {
    Map<OperationId, Hold> more = new TreeMap<>(holds);
    more.put(operation, hold);
    return new Grant(access, more, revokingSince, deletions, goneAt);
  }
}
