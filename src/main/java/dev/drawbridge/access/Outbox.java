package dev.drawbridge.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an operation has to tell, and to whom. It is a part of the operation's record, so that a
 * change and the news of it are one write.
 *
 * @param addressees who is told
 * @param notices in the order in which they are told to each
 */
public record Outbox(Set<Addressee> addressees, List<Notice> notices) {
  public static final Outbox NONE = new Outbox(Set.of(), List.of());

  /** What is seen may change for ever; nobody wants to read it for ever. */
  private static final int MOST_OF_A_STEP = 20;

  public Outbox {
    addressees = Set.copyOf(addressees);
    notices = List.copyOf(notices);
  }

  static Outbox to(Set<Addressee> addressees) {
    return new Outbox(addressees, List.of());
  }

  /** With one more step to tell to everyone. */
  Outbox with(Step step, String detail, Instant now) {
    Outbox more = this;
    for (Addressee to : Addressee.values()) {
      if (addressees.contains(to)) {
        more = more.with(to, step, detail, now);
      }
    }
    return more;
  }

  private Outbox with(Addressee to, Step step, String detail, Instant now) {
    int before =
        (int) notices.stream().filter(past -> past.to() == to && past.step() == step).count();
    if (before >= MOST_OF_A_STEP) {
      return this;
    }
    List<Notice> more = new ArrayList<>(notices);
    Optional<Notice> last = last(to);
    if (step == Step.WAITING && last.filter(Outbox::isOvertaken).isPresent()) {
      more.remove(last.get()); // the newer sight says it all
      before--;
    }
    more.add(Notice.of(to, step, before + 1, detail, now));
    return new Outbox(addressees, more);
  }

  private static boolean isOvertaken(Notice last) {
    return last.step() == Step.WAITING && last.isOpen() && last.attempts() == 0;
  }

  private Optional<Notice> last(Addressee to) {
    return notices.stream().filter(notice -> notice.to() == to).reduce((first, second) -> second);
  }

  /** What is to be told to somebody next: one after the other, so that it reads as it happened. */
  public Optional<Notice> next(Addressee to) {
    return notices.stream().filter(notice -> notice.to() == to && notice.isOpen()).findFirst();
  }

  /** Whether nothing is left to be told. */
  public boolean isDone() {
    return notices.stream().noneMatch(Notice::isOpen);
  }

  /** With one notice changed; the same if it is not there or its outcome is known. */
  Outbox changed(Notice notice, UnaryOperator<Notice> change) {
    return new Outbox(
        addressees,
        notices.stream()
            .map(now -> isSame(now, notice) && now.isOpen() ? change.apply(now) : now)
            .toList());
  }

  private static boolean isSame(Notice one, Notice other) {
    return one.to() == other.to() && one.key().equals(other.key());
  }
}
