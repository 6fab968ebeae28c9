package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.CallbackUrl;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Tells tickets and callbacks. */
public final class Outbound implements Messenger, AutoCloseable {
  private final Tickets tickets;
  private final Wording wording;
  private final Http toTickets;
  private final Http toCallbacks;
  private final Callback callback;

  /**
   * @param publicUrl the address of the app that people see
   */
  public Outbound(
      Tickets tickets, CallbackSettings callbacks, Optional<URI> publicUrl, Clock clock) {
    this(
        tickets,
        callbacks,
        new Wording(publicUrl),
        Http.open(clock),
        Http.guarded(clock, callbacks.allowed()),
        clock);
  }

  Outbound(
      Tickets tickets,
      CallbackSettings callbacks,
      Wording wording,
      Http toTickets,
      Http toCallbacks,
      Clock clock) {
    this.tickets = tickets;
    this.wording = wording;
    this.toTickets = toTickets;
    this.toCallbacks = toCallbacks;
    this.callback = new Callback(callbacks, toCallbacks, clock);
  }

  @Override
  public Set<Addressee> addressees(ConnectionRequest request) {
    Set<Addressee> addressees = EnumSet.noneOf(Addressee.class);
    if (tickets.account(request.terms().ticket().system()).isPresent()) {
      addressees.add(Addressee.TICKET);
    }
    if (request.terms().callbackUrl().isPresent()) {
      addressees.add(Addressee.CALLBACK);
    }
    return addressees;
  }

  @Override
  public String line(Operation operation, Addressee to) {
    return switch (to) {
      case TICKET -> operation.request().terms().ticket().system();
      case CALLBACK -> "callback to " + url(operation).uri().getAuthority();
    };
  }

  @Override
  public boolean hasTold(Operation operation, Notice notice) {
    return switch (notice.to()) {
      case TICKET ->
          system(operation).hasComment(ticket(operation).id(), notice.marker(operation.id()));
      case CALLBACK -> false;
    };
  }

  @Override
  public void tell(Operation operation, Notice notice) {
    String text = wording.of(operation, notice);
    switch (notice.to()) {
      case TICKET -> system(operation).comment(ticket(operation).id(), text);
      case CALLBACK -> callback.send(url(operation), operation, notice, text);
    }
  }

  private TicketSystem system(Operation operation) {
    String system = ticket(operation).system();
    Account account =
        tickets
            .account(system)
            .orElseThrow(
                () ->
                    new PassingFault(
                        "unknownSystem",
                        "The setting %s has no system named %s any more."
                            .formatted(Tickets.SETTING, system)));
    return account.system(toTickets);
  }

  private static Ticket ticket(Operation operation) {
    return operation.request().terms().ticket();
  }

  private static CallbackUrl url(Operation operation) {
    return operation
        .request()
        .terms()
        .callbackUrl()
        .orElseThrow(() -> new IllegalArgumentException("The request names no callback"));
  }

  @Override
  public void close() {
    toTickets.close();
    toCallbacks.close();
  }
}
