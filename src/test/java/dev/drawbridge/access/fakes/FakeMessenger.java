package dev.drawbridge.access.fakes;

import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tickets whose comments can be read again, and callbacks where one can't look. */
public final class FakeMessenger implements Messenger {
  private final Calls calls;
  private final List<String> comments = new ArrayList<>();
  private boolean callbackIsDown;
  private Set<Addressee> addressees = Set.of(Addressee.TICKET);

  public FakeMessenger(Calls calls) {
    this.calls = calls;
  }

  public void tellsTo(Set<Addressee> changed) {
    addressees = Set.copyOf(changed);
  }

  public void callbackIsDown(boolean down) {
    callbackIsDown = down;
  }

  @Override
  public Set<Addressee> addressees(ConnectionRequest request) {
    return addressees;
  }

  @Override
  public String line(Operation operation, Addressee to) {
    return to == Addressee.TICKET ? operation.request().terms().ticket().system() : "callback";
  }

  @Override
  public boolean hasTold(Operation operation, Notice notice) {
    return calls.call(
        "messenger.hasTold",
        () -> notice.to() == Addressee.TICKET && comments.contains(comment(operation, notice)));
  }

  @Override
  public void tell(Operation operation, Notice notice) {
    if (callbackIsDown && notice.to() == Addressee.CALLBACK) {
      throw new PassingFault("down", "no connection");
    }
    calls.run("messenger.tell", () -> comments.add(comment(operation, notice)));
  }

  /** The keys of the notices that a ticket was told, in order, without a call. */
  public List<String> told(Ticket ticket) {
    return of(Addressee.TICKET + " " + ticket + " ");
  }

  /** As {@link #told}, what the callback of the ticket's request was. */
  public List<String> calledBack(Ticket ticket) {
    return of(Addressee.CALLBACK + " " + ticket + " ");
  }

  private List<String> of(String prefix) {
    return comments.stream()
        .filter(comment -> comment.startsWith(prefix))
        .map(comment -> comment.substring(prefix.length()))
        .toList();
  }

  private static String comment(Operation operation, Notice notice) {
    return "%s %s %s".formatted(notice.to(), operation.request().terms().ticket(), notice.key());
  }
}
