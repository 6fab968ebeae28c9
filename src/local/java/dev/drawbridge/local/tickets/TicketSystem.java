package dev.drawbridge.local.tickets;

import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A simulated ticketing system: its API on loopback, and the people who work in it.
 *
 * <p>What people do is told by webhook, as is what Drawbridge does by the API; see {@link
 * #deliveries}. Tickets live in memory, as long as this object.
 */
public final class TicketSystem implements AutoCloseable {
  private final Desk desk;
  private final Webhook webhook;
  private final Faults faults = new Faults();
  private final List<Hold> holds = new ArrayList<>();
  private final LocalServer server;
  private volatile boolean down;

  private TicketSystem(
      String name,
      int port,
      Desk desk,
      Webhook webhook,
      LocalServer.Handler api,
      Function<Fault, Response> envelope) {
    this.desk = desk;
    this.webhook = webhook;
    LocalServer.Handler faulty = faults.around(api, envelope);
    server = LocalServer.start(name, port, request -> answer(request, faulty));
  }

  static TicketSystem start(
      String name,
      int port,
      Desk desk,
      Webhook webhook,
      LocalServer.Handler api,
      Function<Fault, Response> envelope) {
    return new TicketSystem(name, port, desk, webhook, api, envelope);
  }

  /** {@code http://127.0.0.1:port}, without a slash at its end: what the vendor's host would be. */
  public URI uri() {
    return server.uri();
  }

  /** Where its webhooks go from now on. Until then nobody is told. */
  public void sendTo(URI webhookAddress) {
    webhook.sendTo(webhookAddress);
  }

  /**
   * Opens a ticket, which waits for approval. Nobody is told.
   *
   * @param by a user's name, such as {@code ana}, or e-mail address
   * @param form the request's fields by the names that Drawbridge's API has for them; each system
   *     has those in its form that examples/webhooks/sources.json maps
   * @return the ticket's id, as it appears in webhooks and Drawbridge's operations
   * @throws IllegalArgumentException if this system's form lacks one of the fields
   */
  public String open(String by, String summary, Map<String, String> form) {
    return desk.open(by, summary, form);
  }

  /**
   * Approves a ticket, and waits until its webhook is answered.
   *
   * @throws IllegalStateException if there is no address to send it to
   * @throws java.util.concurrent.CompletionException if there is no answer; the ticket is approved
   */
  public Delivery approve(String ticket, String by) {
    return told(() -> desk.approve(ticket, by));
  }

  /** Closes a ticket as done, which Zendesk calls solved. As {@link #approve}. */
  public Delivery close(String ticket, String by) {
    return told(() -> desk.close(ticket, by));
  }

  /** Has somebody comment on a ticket. As {@link #approve}. */
  public Delivery comment(String ticket, String by, boolean isPublic, String text) {
    return told(() -> desk.comment(ticket, by, isPublic, text));
  }

  /** All comments of a ticket, oldest first. */
  public List<Comment> conversation(String ticket) {
    return desk.conversation(ticket);
  }

  /** The ticket's status as the system words it. */
  public String state(String ticket) {
    return desk.state(ticket);
  }

  /**
   * The webhooks sent so far, first things first. One that comes from a call of the API is here
   * before the call is answered; it may be answered later, or never, which makes it end
   * exceptionally.
   */
  public List<CompletableFuture<Delivery>> deliveries() {
    return webhook.deliveries();
  }

  /** Faults that are put around every call of the API, before anything else is looked at. */
  public Faults faults() {
    return faults;
  }

  /**
   * Holds the answer to the next matching call back, after the call had its effect.
   *
   * @param method a regular expression for the whole method, in upper case
   * @param path a regular expression that is found somewhere in the undecoded path and query
   * @param atMost after which time of the machine's the answer goes without {@link Hold#release}
   */
  public Hold hold(String method, String path, Duration atMost) {
    Hold hold = new Hold(method, path, atMost);
    synchronized (holds) {
      holds.add(hold);
    }
    return hold;
  }

  /** Whether every connection is closed without an answer, until said otherwise. */
  public void setDown(boolean isDown) {
    down = isDown;
  }

  @Override
  public void close() {
    server.close();
  }

  private Response answer(Request request, LocalServer.Handler handler) throws Exception {
    if (down) {
      throw new Faults.ConnectionLost();
    }
    Response response = handler.handle(request);
    taken(request).ifPresent(TicketSystem::holdBack);
    return response;
  }

  private Optional<Hold> taken(Request request) {
    synchronized (holds) {
      Optional<Hold> first = holds.stream().filter(hold -> hold.matches(request)).findFirst();
      first.ifPresent(holds::remove);
      return first;
    }
  }

  private static void holdBack(Hold hold) {
    try {
      hold.holdBack();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Faults.ConnectionLost(); // the system is being closed
    }
  }

  private Delivery told(Supplier<Optional<CompletableFuture<Delivery>>> deed) {
    if (webhook.address().isEmpty()) {
      throw new IllegalStateException("There is no address for webhooks: use sendTo first");
    }
    return deed.get().orElseThrow().join();
  }
}
