package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drawbridge.local.tickets.Comment;
import dev.drawbridge.local.tickets.TicketSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of one request of the demo, as its operation tells it. */
final class Story {

  /** One line of the demo. */
  record News(Instant at, String about, String what, String detail) {}

  private final String about;
  private final String id;
  private final TicketSystem system;
  private final String ticket;
  private JsonNode operation = MissingNode.getInstance();
  private int told;
  private boolean supportTold;

  /**
   * @param about what the request is for, in a word
   * @param id the operation's
   */
  Story(String about, String id, TicketSystem system, String ticket) {
    this.about = about;
    this.id = id;
    this.system = system;
    this.ticket = ticket;
  }

  String ticket() {
    return ticket;
  }

  List<Comment> conversation() {
    return system.conversation(ticket);
  }

  /** Looks at the operation, and gives what has happened since the last look. */
  List<News> look(ApiClient api) {
    operation = api.get("/operations/" + id).body();
    List<News> news = new ArrayList<>();
    JsonNode events = operation.path("events");
    for (; told < events.size(); told++) {
      JsonNode event = events.get(told);
      news.add(
          new News(
              Instant.parse(event.path("at").asText()),
              about,
              event.path("what").asText(),
              event.path("detail").asText()));
    }
    return news;
  }

  /** The text for Astronomer's support, once, when access stands. */
  Optional<String> supportText() {
    if (supportTold || !operation.path("phase").asText().equals("granted")) {
      return Optional.empty();
    }
    supportTold = true;
    return Optional.of(operation.path("supportText").asText());
  }

  /** Whether it has ended, and its ticket knows. */
  boolean isOver() {
    boolean told = operation.has("endedAt");
    for (JsonNode notice : operation.path("notices")) {
      told &= notice.has("outcome");
    }
    return told;
  }

  boolean succeeded() {
    return operation.path("status").asText().equals("Succeeded");
  }

  String about() {
    return about;
  }

  /** Who got access: an object id. */
  String principal() {
    return operation.path("access").path("principalId").asText();
  }

  String role() {
    return operation.path("access").path("role").asText();
  }

  String scope() {
    return operation.path("access").path("scope").asText();
  }

  String outcome() {
    return operation.path("status").asText() + ", " + operation.path("observed").asText();
  }

  /** When something happened first. */
  Instant timeOf(String what) {
    for (JsonNode event : operation.path("events")) {
      if (event.path("what").asText().equals(what)) {
        return Instant.parse(event.path("at").asText());
      }
    }
    throw new IllegalStateException("%s: nothing was %s".formatted(about, what));
  }
}
