package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Zendesk's Ticketing API, as far as reading and updating tickets goes.
 *
 * @see <a href="https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/">Tickets</a>
 * @see <a href="https://developer.zendesk.com/api-reference/introduction/rate-limits/">Rate
 *     limits</a>
 */
final class ZendeskApi {
  static final int UPDATES_A_MINUTE = 100;
  static final int UPDATES_OF_A_TICKET = 30;

  private static final Pattern TICKET = Pattern.compile("/api/v2/tickets/([^/]+?)(?:\\.json)?");
  private static final Pattern COMMENTS =
      Pattern.compile("/api/v2/tickets/([^/]+)/comments(?:\\.json)?");

  private final Zendesk desk;
  private final Account account;
  private final Clock clock;
  private final RateLimit updates = new RateLimit(UPDATES_A_MINUTE, Duration.ofMinutes(1));
  private final Map<Long, RateLimit> updatesOfTickets = new HashMap<>();

  ZendeskApi(Zendesk desk, Account account, Clock clock) {
    this.desk = desk;
    this.account = account;
    this.clock = clock;
  }

  Response handle(Request request) {
    synchronized (desk) {
      try {
        return route(request);
      } catch (Refusal e) {
        return e.response();
      }
    }
  }

  Response fault(Fault fault) {
    return error(fault.status(), fault.code(), "Put in for a test");
  }

  private Response route(Request request) throws Refusal {
    if (!account.signed(request, "/token")) {
      return Response.json(401, Map.of("error", "Couldn't authenticate you"));
    }
    String host = "http://" + request.header("Host").orElse("");
    Matcher comments = COMMENTS.matcher(request.path());
    if (request.method().equals("GET") && comments.matches()) {
      return Response.json(
          200, ZendeskPages.of(ticket(comments.group(1)).comments(), request, host));
    }
    Matcher ticket = TICKET.matcher(request.path());
    if (request.method().equals("GET") && ticket.matches()) {
      return Response.json(200, Json.object().set("ticket", ticket(ticket.group(1)).toJson(host)));
    }
    if (request.method().equals("PUT") && ticket.matches()) {
      return update(ticket(ticket.group(1)), request, host);
    }
    return Response.json(
        404,
        Map.of(
            "error",
            Map.of(
                "title", "Not Found", "message", "There is no such endpoint: " + request.path())));
  }

  private ZendeskTicket ticket(String id) throws Refusal {
    return desk.find(id).orElseThrow(() -> new Refusal(error(404, "RecordNotFound", "Not found")));
  }

  private Response update(ZendeskTicket ticket, Request request, String host) throws Refusal {
    limit(ticket);
    if (!Json.isSent(request)) {
      throw new Refusal(error(415, "UnsupportedMediaType", "Content-Type must be JSON"));
    }
    ObjectNode body =
        Json.body(request)
            .orElseThrow(
                () ->
                    new Refusal(error(422, "Unprocessable Entity", "Server could not parse JSON")));
    if (!(body.get("ticket") instanceof ObjectNode changes)) {
      throw new Refusal(invalidAttribute("Invalid parameter: ticket is required"));
    }
    if (ticket.status().equals("closed")) {
      throw new Refusal(invalidRecord("status", "Status: closed prevents ticket update"));
    }
    Person self = Person.of(account.user());
    ZendeskChanges.check(changes);
    Optional<ZendeskTicket.Remark> comment =
        ZendeskChanges.comment(changes)
            .map(said -> desk.comment(self, said.isPublic(), said.text()));
    ZendeskChanges.apply(changes, ticket);
    comment.ifPresent(ticket::add);
    desk.updated(ticket, self);
    ObjectNode answer = Json.object();
    answer.set("ticket", ticket.toJson(host));
    ObjectNode audit = answer.putObject("audit");
    audit.put("ticket_id", ticket.id()).put("author_id", self.number());
    audit.set(
        "events",
        Json.array(comment.map(ZendeskTicket.Remark::toJson).map(List::of).orElse(List.of())));
    return Response.json(200, answer);
  }

  private void limit(ZendeskTicket ticket) throws Refusal {
    Instant now = clock.instant();
    RateLimit ofTicket =
        updatesOfTickets.computeIfAbsent(
            ticket.id(), id -> new RateLimit(UPDATES_OF_A_TICKET, Duration.ofMinutes(10)));
    Optional<Long> wait = updates.wait(now).or(() -> ofTicket.wait(now));
    if (wait.isPresent()) {
      throw new Refusal(
          error(429, "TooManyRequests", "Number of allowed ticket updates exceeded")
              .with("Retry-After", Long.toString(wait.get())));
    }
    updates.take(now);
    ofTicket.take(now);
  }

  static Response error(int status, String error, String description) {
    return Response.json(status, Map.of("error", error, "description", description));
  }

  static Response invalidAttribute(String message) {
    return Response.json(
        400, Map.of("error", Map.of("title", "Invalid attribute", "message", message)));
  }

  static Response invalidRecord(String attribute, String description) {
    JsonNode detail = Json.object().put("description", description);
    return Response.json(
        422,
        Map.of(
            "error",
            "RecordInvalid",
            "description",
            "Record validation errors",
            "details",
            Map.of(attribute, List.of(detail))));
  }
}
