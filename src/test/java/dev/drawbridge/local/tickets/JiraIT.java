package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.tickets.Caller.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated Jira by both its APIs. */
class JiraIT {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final String ADF =
      """
      {"body":{"type":"doc","version":1,"content":[
        {"type":"paragraph","content":[{"type":"text","text":"%s"}]}]}}""";

  private final LocalTickets tickets =
      LocalTickets.start(LocalClock.standingAt(NOW), LocalTickets.Ports.ANY);
  private final Caller caller = Caller.jira(tickets);
  private final String key = tickets.jira().open("ana", "Connect us", Map.of("type", "vhub"));
  private final String issue = "/rest/api/3/issue/" + key;
  private final String request = "/rest/servicedeskapi/request/" + key + "/comment";

  @AfterEach
  void stop() {
    tickets.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rest/api/3/issue/OPS-7", "/rest/servicedeskapi/request/OPS-7/comment"})
  void get_whenTheTokenIsAnother_then401(String path) throws Exception {
    Answer answer = new Caller(tickets.jira(), "drawbridge@contoso.example", "another").get(path);

    assertEquals(401, answer.status());
    assertTrue(answer.text("/errorMessages/0").contains("not authenticated"));
    assertTrue(answer.body().path("errors").isObject());
  }

  @Test
  void get_whenThereIsTheIssue_thenItsState() throws Exception {
    Answer answer = caller.get(issue);

    assertEquals(200, answer.status());
    assertEquals(key, answer.text("/key"));
    assertEquals("Waiting for approval", answer.text("/fields/status/name"));
    assertEquals("vhub", answer.text("/fields/customfield_10101/value"));
    assertEquals(key, caller.get("/rest/api/3/issue/" + answer.text("/id")).text("/key"));
  }

  @Test
  void get_whenThereIsNoIssue_then404() throws Exception {
    Answer answer = caller.get("/rest/api/3/issue/OPS-99/comment");

    assertEquals(404, answer.status());
    assertEquals(
        "Issue does not exist or you do not have permission to see it.",
        answer.text("/errorMessages/0"));
    assertEquals(404, caller.get("/rest/servicedeskapi/request/OPS-99/comment").status());
  }

  @Test
  void post_whenAdf_thenTheConversationHasItsText() throws Exception {
    Answer made = caller.send("POST", issue + "/comment", ADF.formatted("Access granted"));

    assertEquals(201, made.status());
    assertEquals(
        List.of(new Comment(NOW, "Drawbridge", true, "Access granted")),
        tickets.jira().conversation(key));
    Answer read = caller.get(issue + "/comment");
    assertEquals(made.text("/id"), read.text("/comments/0/id"));
    assertEquals("Access granted", read.text("/comments/0/body/content/0/content/0/text"));
    assertEquals("2026-03-02T09:00:00.000+0000", read.text("/comments/0/created"));
    assertEquals("Drawbridge", read.text("/comments/0/author/displayName"));
  }

  @Test
  void post_whenTheServiceDesksPropertySaysInternal_thenTheCustomerDoesNotSeeIt() throws Exception {
    String internal =
        ADF.formatted("For agents")
            .replace(
                "{\"body\"",
                "{\"properties\":[{\"key\":\"sd.public.comment\",\"value\":{\"internal\":true}}],\"body\"");

    assertEquals(201, caller.send("POST", issue + "/comment", internal).status());

    assertFalse(tickets.jira().conversation(key).get(0).isPublic());
    assertEquals(0, caller.get(request + "?internal=false").body().path("size").asInt(-1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"body\":\"plain text\"}",
        "{\"body\":{\"type\":\"doc\",\"content\":[]}}",
        "{\"body\":{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}",
        "{\"body\":{\"type\":\"doc\",\"version\":1,\"content\":[]}}",
        "{\"body\":",
        "{}"
      })
  void post_whenItIsNoAdf_then400(String body) throws Exception {
    Answer answer = caller.send("POST", issue + "/comment", body);

    assertEquals(400, answer.status());
    assertTrue(answer.body().path("errorMessages").isArray());
    assertEquals(List.of(), tickets.jira().conversation(key));
  }

  @Test
  void post_whenTooLong_then400() throws Exception {
    Answer answer = caller.send("POST", issue + "/comment", ADF.formatted("x".repeat(32_768)));

    assertEquals(400, answer.status());
    assertTrue(answer.text("/errors/comment").contains("32,767"));
  }

  @Test
  void comments_whenPaged_thenEachOnceNewestFirst() throws Exception {
    for (int i = 1; i <= 5; i++) {
      caller.send("POST", issue + "/comment", ADF.formatted("Step " + i));
    }
    List<String> found = new ArrayList<>();
    for (int from = 0; from < 5; from += 2) {
      Answer page =
          caller.get(issue + "/comment?orderBy=-created&startAt=" + from + "&maxResults=2");
      assertEquals(5, page.body().path("total").asInt());
      assertEquals(from, page.body().path("startAt").asInt());
      page.body()
          .path("comments")
          .forEach(comment -> found.add(comment.at("/body/content/0/content/0/text").asText()));
    }

    assertEquals(List.of("Step 5", "Step 4", "Step 3", "Step 2", "Step 1"), found);
    assertEquals(400, caller.get(issue + "/comment?orderBy=author").status());
    assertEquals(400, caller.get(issue + "/comment?startAt=x").status());
  }

  @Test
  void requestComment_whenMade_thenThePlatformHasItAsAdf() throws Exception {
    Answer made =
        caller.send("POST", request, "{\"body\":\"Access granted\\nuntil noon\",\"public\":false}");

    assertEquals(201, made.status());
    assertFalse(made.body().path("public").asBoolean(true));
    Answer read = caller.get(issue + "/comment");
    assertEquals(made.text("/id"), read.text("/comments/0/id"));
    assertEquals("hardBreak", read.text("/comments/0/body/content/0/content/1/type"));
    assertFalse(read.body().at("/comments/0/jsdPublic").asBoolean(true));
    assertEquals(
        List.of(new Comment(NOW, "Drawbridge", false, "Access granted\nuntil noon")),
        tickets.jira().conversation(key));
  }

  @Test
  void requestComment_whenItIsWrong_thenRefused() throws Exception {
    assertEquals(400, caller.send("POST", request, "{\"public\":true}").status());
    assertEquals(400, caller.send("POST", request, "{").status());
    assertEquals(415, caller.sending("text/plain").send("POST", request, "{}").status());
    assertEquals(List.of(), tickets.jira().conversation(key));
  }

  @Test
  void requestComments_whenPaged_thenTheLastSaysSo() throws Exception {
    for (int i = 1; i <= 3; i++) {
      caller.send("POST", request, "{\"body\":\"Step %d\",\"public\":true}".formatted(i));
    }

    Answer first = caller.get(request + "?start=0&limit=2");
    Answer last = caller.get(first.text("/_links/next"));

    assertEquals(2, first.body().path("size").asInt());
    assertFalse(first.body().path("isLastPage").asBoolean(true));
    assertEquals("Step 3", last.text("/values/0/body"));
    assertTrue(last.body().path("isLastPage").asBoolean());
  }

  @Test
  void fault_whenForbidden_thenInJirasEnvelope() throws Exception {
    tickets.jira().faults().add(Fault.of("POST", "/comment", 403, "Forbidden", 1));

    Answer answer = caller.send("POST", issue + "/comment", ADF.formatted("Access granted"));

    assertEquals(403, answer.status());
    assertEquals("Forbidden", answer.text("/errorMessages/0"));
    assertEquals(List.of(), tickets.jira().conversation(key));
  }
}
