package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.tickets.Caller.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated Zendesk by its API. */
class ZendeskIT {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final String NOTE =
      """
      {"ticket":{"comment":{"body":"%s","public":false}}}""";

  private final LocalClock clock = LocalClock.standingAt(NOW);
  private final LocalTickets tickets = LocalTickets.start(clock, LocalTickets.Ports.ANY);
  private final Caller caller = Caller.zendesk(tickets);
  private final String id = open();
  private final String path = "/api/v2/tickets/" + id + ".json";
  private final String comments = "/api/v2/tickets/" + id + "/comments.json";

  private String open() {
    return tickets.zendesk().open("ana", "Connect us", Map.of("type", "vnet"));
  }

  @AfterEach
  void stop() {
    tickets.close();
  }

  @ParameterizedTest
  @CsvSource({
    "drawbridge@contoso.example,local-zendesk-token",
    "drawbridge@contoso.example/token,another-token",
    "ana@contoso.example/token,local-zendesk-token"
  })
  void get_whenTheAccountIsAnother_then401(String user, String secret) throws Exception {
    Answer answer = new Caller(tickets.zendesk(), user, secret).get(path);

    assertEquals(401, answer.status());
    assertEquals("Couldn't authenticate you", answer.text("/error"));
  }

  @Test
  void get_whenThereIsTheTicket_thenItsState() throws Exception {
    Answer answer = caller.get(path);

    assertEquals(200, answer.status());
    assertEquals(id, answer.text("/ticket/id"));
    assertEquals("open", answer.text("/ticket/status"));
    assertEquals("vnet", answer.text("/ticket/custom_fields/0/value"));
    assertEquals("2026-03-02T09:00:00Z", answer.text("/ticket/created_at"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v2/tickets/99.json", "/api/v2/tickets/x/comments.json"})
  void get_whenThereIsNoTicket_then404(String none) throws Exception {
    Answer answer = caller.get(none);

    assertEquals(404, answer.status());
    assertEquals("RecordNotFound", answer.text("/error"));
  }

  @Test
  void put_whenItComments_thenTheConversationHasIt() throws Exception {
    clock.advance(Duration.ofMinutes(1));

    Answer answer = caller.send("PUT", path, NOTE.formatted("Access <granted>"));

    assertEquals(200, answer.status());
    assertEquals("Access <granted>", answer.text("/audit/events/0/body"));
    assertEquals(
        List.of(
            new Comment(NOW, "Ana", true, "Connect us"),
            new Comment(NOW.plusSeconds(60), "Drawbridge", false, "Access <granted>")),
        tickets.zendesk().conversation(id));
    JsonNode comment = caller.get(comments).body().at("/comments/1");
    assertEquals("Access <granted>", comment.path("plain_body").asText());
    assertTrue(comment.path("html_body").asText().contains("Access &lt;granted&gt;"));
    assertFalse(comment.path("public").asBoolean(true));
    assertEquals("2026-03-02T09:01:00Z", comment.path("created_at").asText());
    assertTrue(comment.path("author_id").isNumber());
  }

  @Test
  void put_whenItSetsFields_thenTheTicketHasThem() throws Exception {
    Answer answer =
        caller.send(
            "PUT",
            path,
            """
            {"ticket":{"status":"solved","tags":["drawbridge"],
              "custom_fields":[{"id":360000000106,"value":"rg-other"}]}}""");

    assertEquals(200, answer.status());
    assertEquals("solved", tickets.zendesk().state(id));
    assertEquals("drawbridge", answer.text("/ticket/tags/0"));
    assertEquals("rg-other", answer.text("/ticket/custom_fields/5/value"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ticket\":{\"status\":\"no\"}} | 422",
        "{\"ticket\":{\"comment\":{\"body\":\" \"}}} | 422",
        "{\"ticket\" | 422",
        "{\"comment\":{}} | 400",
        "{\"ticket\":{\"tags\":1}} | 400"
      })
  void put_whenItIsWrong_thenRefusedAndNothingChanges(String body, int status) throws Exception {
    assertEquals(status, caller.send("PUT", path, body).status());
    assertEquals("open", tickets.zendesk().state(id));
    assertEquals(1, tickets.zendesk().conversation(id).size());
  }

  @Test
  void put_whenTheTicketIsClosed_then422() throws Exception {
    caller.send("PUT", path, "{\"ticket\":{\"status\":\"closed\"}}");

    Answer answer = caller.send("PUT", path, NOTE.formatted("Too late"));

    assertEquals(422, answer.status());
    assertEquals("RecordInvalid", answer.text("/error"));
    assertEquals(
        "Status: closed prevents ticket update", answer.text("/details/status/0/description"));
  }

  @Test
  void comments_whenByCursor_thenEachOnceNewestFirst() throws Exception {
    for (int i = 1; i <= 4; i++) {
      caller.send("PUT", path, NOTE.formatted("Step " + i));
    }
    List<String> found = new ArrayList<>();
    Answer page = caller.get(comments + "?page[size]=2&sort=-created_at");
    page.body().path("comments").forEach(comment -> found.add(comment.path("body").asText()));
    caller.send("PUT", path, NOTE.formatted("While reading"));
    while (page.body().at("/meta/has_more").asBoolean()) {
      assertFalse(page.text("/meta/after_cursor").isEmpty());
      page = caller.get(page.text("/links/next"));
      page.body().path("comments").forEach(comment -> found.add(comment.path("body").asText()));
    }

    assertEquals(List.of("Step 4", "Step 3", "Step 2", "Step 1", "Connect us"), found);
    assertTrue(page.body().at("/links/next").isNull());
  }

  @Test
  void comments_whenByOffset_thenPagesByNumber() throws Exception {
    caller.send("PUT", path, NOTE.formatted("Step 1"));

    Answer page = caller.get(comments + "?per_page=1&sort_order=desc");

    assertEquals("Step 1", page.text("/comments/0/body"));
    assertEquals(2, page.body().path("count").asInt());
    assertEquals("Connect us", caller.get(page.text("/next_page")).text("/comments/0/body"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"page[size]=101", "page[size]=1&page[after]=x", "sort=id"})
  void comments_whenThePageIsNone_then400(String query) throws Exception {
    assertEquals(400, caller.get(comments + "?" + query).status());
  }

  @Test
  void put_whenOver100AMinute_then429UntilTheClockSaysSo() throws Exception {
    List<String> others = List.of(open(), open(), open(), open());
    for (int i = 0; i < ZendeskApi.UPDATES_A_MINUTE; i++) {
      String other = "/api/v2/tickets/%s.json".formatted(others.get(i % 4));
      assertEquals(200, caller.send("PUT", other, NOTE.formatted("Step " + i)).status());
    }
    clock.advance(Duration.ofSeconds(20));

    Answer answer = caller.send("PUT", path, NOTE.formatted("One more"));

    assertEquals(429, answer.status());
    assertEquals("40", answer.header("Retry-After"));
    assertEquals(1, tickets.zendesk().conversation(id).size());
    assertEquals(200, caller.get(path).status());
    clock.advance(Duration.ofSeconds(40));
    assertEquals(200, caller.send("PUT", path, NOTE.formatted("One more")).status());
  }

  @Test
  void put_whenOver30ToATicketInTenMinutes_then429() throws Exception {
    for (int i = 0; i < ZendeskApi.UPDATES_OF_A_TICKET; i++) {
      assertEquals(200, caller.send("PUT", path, NOTE.formatted("Step " + i)).status());
    }

    Answer answer = caller.send("PUT", path, NOTE.formatted("One more"));

    assertEquals(429, answer.status());
    assertEquals("600", answer.header("Retry-After"));
    String other = "/api/v2/tickets/%s.json".formatted(open());
    assertEquals(200, caller.send("PUT", other, NOTE.formatted("Step 1")).status());
  }

  @Test
  void open_whenTheFormLacksAField_thenSaysWhich() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> tickets.zendesk().open("ana", "Connect us", Map.of("groupId", "registry")));

    assertTrue(String.valueOf(refusal.getMessage()).contains("groupId"));
  }
}
