package dev.drawbridge.access;

import java.time.Instant;
import java.util.Optional;

/**
 * One step of an operation that somebody is told.
 *
 * @param number from 1; of steps that can come more than once, the how-manieth
 * @param detail what this time is about, in one line; empty where the operation says it all
 * @param attempts how many have been begun; one that was begun may have come through
 * @param dueAt not before this is the next attempt begun
 * @param outcome what became of it, once nothing more will be tried
 */
public record Notice(
    Addressee to,
    Step step,
    int number,
    String detail,
    Instant since,
    int attempts,
    Instant dueAt,
    Optional<Outcome> outcome) {

  /** How it ended. */
  public enum Outcome {
    TOLD,
    GIVEN_UP
  }

  public Notice {
    detail = OneLine.of(detail);
  }

  static Notice of(Addressee to, Step step, int number, String detail, Instant now) {
    return new Notice(to, step, number, detail, now, 0, now, Optional.empty());
  }

  /** What it is known by among the operation's to the same addressee. */
  public String key() {
    return number == 1 ? step.word() : step.word() + "-" + number;
  }

  /**
   * What a comment that tells it carries, so that it can be looked for before another is written,
   * and is known for ours if it comes back as an event.
   */
  public String marker(OperationId operation) {
    return "[drawbridge %s/%s]".formatted(operation, key());
  }

  public boolean isOpen() {
    return outcome.isEmpty();
  }

  Notice begun(Instant nextAt) {
    return new Notice(to, step, number, detail, since, attempts + 1, nextAt, outcome);
  }

  Notice dueAt(Instant at) {
    return new Notice(to, step, number, detail, since, attempts, at, outcome);
  }

  Notice ended(Outcome how) {
    return new Notice(to, step, number, detail, since, attempts, dueAt, Optional.of(how));
  }
}
