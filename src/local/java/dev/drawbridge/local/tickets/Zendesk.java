package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Zendesk's tickets, and a trigger that calls a webhook on each update of one.
 *
 * <p>The trigger's body is the template of examples/webhooks/zendesk.json; a form field that is
 * empty is an empty text there.
 */
final class Zendesk implements Desk {
  static final String APPROVAL = "approval";

  private final Clock clock;
  private final Webhook webhook;
  private final Map<Long, ZendeskTicket> tickets = new LinkedHashMap<>();
  private long nextTicket = 12_345;
  private long nextComment = 9_001_001;

  Zendesk(Clock clock, Webhook webhook) {
    this.clock = clock;
    this.webhook = webhook;
  }

  @Override
  public synchronized String open(String by, String summary, Map<String, String> form) {
    ZendeskTicket ticket = new ZendeskTicket(nextTicket, Person.of(by), summary, clock.instant());
    form.forEach(ticket::set);
    ticket.set(APPROVAL, "requested");
    ticket.add(comment(Person.of(by), true, summary)); // Zendesk's first comment describes
    tickets.put(nextTicket, ticket);
    return Long.toString(nextTicket++);
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> approve(String id, String by) {
    get(id).set(APPROVAL, "approved");
    return updated(get(id), Person.of(by));
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> close(String id, String by) {
    get(id).setStatus("solved");
    return updated(get(id), Person.of(by));
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> comment(
      String id, String by, boolean isPublic, String text) {
    get(id).add(comment(Person.of(by), isPublic, text));
    return updated(get(id), Person.of(by));
  }

  @Override
  public synchronized List<Comment> conversation(String id) {
    return get(id).comments().stream().map(ZendeskTicket.Remark::toComment).toList();
  }

  @Override
  public synchronized String state(String id) {
    return get(id).status();
  }

  Optional<ZendeskTicket> find(String id) {
    return id.matches("\\d{1,18}")
        ? Optional.ofNullable(tickets.get(Long.parseLong(id)))
        : Optional.empty();
  }

  /** A comment with the next id, made now. */
  ZendeskTicket.Remark comment(Person author, boolean isPublic, String text) {
    return new ZendeskTicket.Remark(nextComment++, clock.instant(), author, isPublic, text);
  }

  /** What every update ends with, by whomever: the trigger. */
  Optional<CompletableFuture<Delivery>> updated(ZendeskTicket ticket, Person by) {
    ticket.touch(clock.instant());
    return webhook.send(trigger(ticket, by));
  }

  private ZendeskTicket get(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("Zendesk has no ticket " + id));
  }

  private static ObjectNode trigger(ZendeskTicket ticket, Person by) {
    ObjectNode event = Json.object();
    event
        .putObject("ticket")
        .put("id", Long.toString(ticket.id()))
        .put("status", ticket.status())
        .put(APPROVAL, ticket.field(APPROVAL))
        .put("type", ticket.field("type"));
    event.put("actor", by.email());
    put(event.putObject("astro"), ticket, "clusterId", "clusterType");
    put(
        event.putObject("azure"),
        ticket,
        "tenantId",
        "subscriptionId",
        "resourceGroup",
        "vnetName");
    put(event, ticket, "expiresIn");
    return event;
  }

  private static void put(ObjectNode into, ZendeskTicket ticket, String... fields) {
    for (String field : fields) {
      into.put(field, ticket.field(field));
    }
  }
}
