package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each system's calls, to the letter, and what is made of its answers. */
class TicketSystemsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "s3cr3t/with+odd=characters";
  private static final String SYS_ID = "0123456789abcdef0123456789abcdef";
  private static final String MARKER = "[drawbridge 00000000-0000-0000-0000-000000000001/waiting]";
  private static final String TEXT = "One line.\nAnother: \"ü\".\n\n" + MARKER;

  private Stub stub;
  private Http http;

  @BeforeEach
  void start() throws IOException {
    stub = new Stub();
    http = Http.open(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC));
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    stub.close();
  }

  private TicketSystem system(Account.Type type, boolean isPublic) {
    return new Account(
            "desk",
            type,
            stub.uri("/base/"),
            "bot@acme.example",
            "sc_req_item",
            isPublic,
            "TICKET_SECRET_DESK",
            SECRET)
        .system(http);
  }

  private TicketSystem system(Account.Type type) {
    return system(type, false);
  }

  private void assertSeen(int number, String line, String body) throws IOException {
    Stub.Seen seen = stub.seen().get(number);
    assertEquals(line + " HTTP/1.1", seen.line());
    assertEquals(
        body.isEmpty() ? "" : JSON.readTree(body),
        body.isEmpty() ? seen.body() : JSON.readTree(seen.body()));
    assertEquals("application/json", seen.headers().get("accept"));
    assertEquals("application/json", seen.headers().get("content-type"));
  }

  private void assertAuthorized(String user) {
    String basic =
        Base64.getEncoder().encodeToString((user + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    assertEquals("Basic " + basic, stub.seen().get(0).headers().get("authorization"));
  }

  @Test
  void zendesk_whenItComments_thenUpdatesTheTicketWithAnInternalNote() throws IOException {
    stub.thenAnswers(200, "{\"ticket\":{}}");
    system(Account.Type.ZENDESK).comment("35436", TEXT);
    system(Account.Type.ZENDESK, true).comment("a.b_c-d", "x");
    assertSeen(
        0,
        "PUT /base/api/v2/tickets/35436.json",
        "{\"ticket\":{\"comment\":{\"body\":%s,\"public\":false}}}"
            .formatted(JSON.writeValueAsString(TEXT)));
    assertAuthorized("bot@acme.example/token");
    assertSeen(
        1,
        "PUT /base/api/v2/tickets/a.b_c-d.json",
        "{\"ticket\":{\"comment\":{\"body\":\"x\",\"public\":true}}}");
  }

  @Test
  void zendesk_whenItLooks_thenPagesFromTheNewestUntilFound() throws IOException {
    stub.thenAnswers(
            200,
            "{\"comments\":[{\"body\":\"x\"},{\"body\":\"%s\"}],\"meta\":{\"has_more\":true,\"after_cursor\":\"a=/+\"}}"
                .formatted(MARKER.replace("waiting", "waiting-2")))
        .thenAnswers(
            200,
            "{\"comments\":[{\"body\":\"text %s\"}],\"meta\":{\"has_more\":true}}"
                .formatted(MARKER));
    assertTrue(system(Account.Type.ZENDESK).hasComment("35436", MARKER));
    String first =
        "GET /base/api/v2/tickets/35436/comments.json?sort=-created_at&page%5Bsize%5D=100";
    assertEquals(2, stub.seen().size());
    assertSeen(0, first, "");
    assertSeen(1, first + "&page%5Bafter%5D=a%3D%2F%2B", "");
  }

  @Test
  void zendesk_whenThereIsNoEnd_thenStopsAfterTenPages() {
    stub.thenAnswers(200, "{\"comments\":[],\"meta\":{\"has_more\":true,\"after_cursor\":\"a\"}}");
    assertFalse(system(Account.Type.ZENDESK).hasComment("35436", MARKER));
    assertEquals(10, stub.seen().size());
  }

  @Test
  void jira_whenItComments_thenSendsADocumentForAgentsOnly() throws IOException {
    stub.thenAnswers(201, "{\"id\":\"10000\"}");
    system(Account.Type.JIRA).comment("OPS-7", TEXT);
    system(Account.Type.JIRA, true).comment("OPS-7", "x");
    String document =
        """
        {"type":"doc","version":1,"content":[
          {"type":"paragraph","content":[
            {"type":"text","text":"One line."},{"type":"hardBreak"},{"type":"text","text":"Another: \\"ü\\"."}]},
          {"type":"paragraph","content":[{"type":"text","text":"%s"}]}]}
        """
            .formatted(MARKER);
    assertSeen(
        0,
        "POST /base/rest/api/3/issue/OPS-7/comment",
        "{\"body\":%s,\"properties\":[{\"key\":\"sd.public.comment\",\"value\":{\"internal\":true}}]}"
            .formatted(document));
    assertAuthorized("bot@acme.example");
    assertSeen(
        1,
        "POST /base/rest/api/3/issue/OPS-7/comment",
        "{\"body\":{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]}}");
  }

  @Test
  void jira_whenItLooks_thenPagesFromTheNewestUntilFound() throws IOException {
    String other = Adf.of("nothing").toString();
    String ours = Adf.of(TEXT).toString();
    stub.thenAnswers(
            200,
            "{\"startAt\":0,\"total\":101,\"comments\":[%s{\"body\":%s}]}"
                .formatted("{\"body\":%s},".formatted(other).repeat(99), other))
        .thenAnswers(
            200, "{\"startAt\":100,\"total\":101,\"comments\":[{\"body\":%s}]}".formatted(ours));
    assertTrue(system(Account.Type.JIRA).hasComment("OPS-7", MARKER));
    String comments = "GET /base/rest/api/3/issue/OPS-7/comment?orderBy=-created&startAt=";
    assertSeen(0, comments + "0&maxResults=100", "");
    assertSeen(1, comments + "100&maxResults=100", "");
    assertEquals(2, stub.seen().size());
  }

  @Test
  void jira_whenThereIsNoComment_thenLooksOnce() {
    stub.thenAnswers(200, "{\"startAt\":0,\"total\":0,\"comments\":[]}");
    assertFalse(system(Account.Type.JIRA).hasComment("OPS-7", MARKER));
    assertEquals(1, stub.seen().size());
  }

  @Test
  void serviceDesk_whenItComments_thenKeepsTheBracketsFromBeingALink() throws IOException {
    stub.thenAnswers(201, "{\"id\":\"1000\"}");
    system(Account.Type.JIRA_SERVICE_DESK).comment("HELP-1", "a\n" + MARKER);
    assertSeen(
        0,
        "POST /base/rest/servicedeskapi/request/HELP-1/comment",
        JSON.createObjectNode()
            .put("body", "a\n\\" + MARKER.replace("]", "\\]"))
            .put("public", false)
            .toString());
    assertAuthorized("bot@acme.example");
  }

  @Test
  void serviceDesk_whenItLooks_thenFindsTheMarkerHoweverItsTextIsKept() throws IOException {
    for (String kept :
        new String[] {
          MARKER, MARKER.replaceAll("[\\[\\]]", ""), "\\" + MARKER.replace("]", "\\]")
        }) {
      stub.thenAnswers(200, "{\"total\":1,\"comments\":[{\"body\":%s}]}".formatted(Adf.of(kept)));
    }
    for (int i = 0; i < 3; i++) {
      assertTrue(system(Account.Type.JIRA_SERVICE_DESK).hasComment("HELP-1", MARKER));
      assertSeen(
          i,
          "GET /base/rest/api/3/issue/HELP-1/comment?orderBy=-created&startAt=0&maxResults=100",
          "");
    }
  }

  @Test
  void serviceNow_whenItComments_thenWritesTheJournal() throws IOException {
    stub.thenAnswers(200, "{\"result\":{}}");
    system(Account.Type.SERVICENOW).comment(SYS_ID, TEXT);
    system(Account.Type.SERVICENOW, true).comment(SYS_ID, "x");
    String record =
        "PATCH /base/api/now/table/sc_req_item/%s?sysparm_fields=sys_id".formatted(SYS_ID);
    assertSeen(0, record, "{\"work_notes\":%s}".formatted(JSON.writeValueAsString(TEXT)));
    assertAuthorized("bot@acme.example");
    assertSeen(1, record, "{\"comments\":\"x\"}");
  }

  @Test
  void serviceNow_whenTheTicketIsANumber_thenFindsItsRecordFirst() throws IOException {
    stub.thenAnswers(200, "{\"result\":[{\"sys_id\":\"%s\"}]}".formatted(SYS_ID))
        .thenAnswers(200, "{\"result\":{}}");
    system(Account.Type.SERVICENOW).comment("RITM0010001", "x");
    assertSeen(
        0,
        "GET /base/api/now/table/sc_req_item?sysparm_query=number%3DRITM0010001&sysparm_fields=sys_id&sysparm_limit=1",
        "");
    assertSeen(
        1,
        "PATCH /base/api/now/table/sc_req_item/%s?sysparm_fields=sys_id".formatted(SYS_ID),
        "{\"work_notes\":\"x\"}");
  }

  @Test
  void serviceNow_whenThereIsNoSuchNumber_thenSaysWhatToCheckAndWritesNothing() {
    stub.thenAnswers(200, "{\"result\":[]}");
    PassingFault fault =
        assertThrows(
            PassingFault.class, () -> system(Account.Type.SERVICENOW).comment("RITM0010001", "x"));
    assertEquals("ticketNotFound", fault.code());
    assertFalse(fault.effectUnknown());
    assertEquals(1, stub.seen().size());
  }

  @Test
  void serviceNow_whenItLooks_thenPagesThroughTheJournal() throws IOException {
    String entries = "{\"value\":\"x\"},".repeat(99) + "{\"value\":\"x\"}";
    stub.thenAnswers(200, "{\"result\":[%s]}".formatted(entries))
        .thenAnswers(200, "{\"result\":[{\"value\":\"text %s\"}]}".formatted(MARKER))
        .thenAnswers(200, "{\"result\":[{\"value\":\"x\"}]}");
    assertTrue(system(Account.Type.SERVICENOW).hasComment(SYS_ID, MARKER));
    String journal =
        "GET /base/api/now/table/sys_journal_field?sysparm_query=element_id%%3D%s%%5EelementINwork_notes%%2Ccomments%%5EORDERBYDESCsys_created_on&sysparm_fields=value&sysparm_limit=100&sysparm_offset="
            .formatted(SYS_ID);
    assertSeen(0, journal + "0", "");
    assertSeen(1, journal + "100", "");
    assertFalse(system(Account.Type.SERVICENOW).hasComment(SYS_ID, MARKER));
    assertEquals(3, stub.seen().size());
  }

  @ParameterizedTest
  @EnumSource(Account.Type.class)
  void all_whenTheyAreAskedTooOften_thenSayWhenToTryAgain(Account.Type type) {
    stub.thenAnswers(429, "{\"error\":\"TooManyRequests\"}", "Retry-After: 93");
    PassingFault fault = assertThrows(PassingFault.class, () -> system(type).comment(SYS_ID, TEXT));
    assertEquals(Optional.of(Duration.ofSeconds(93)), fault.retryAfter());
    assertFalse(fault.effectUnknown());
    assertThrows(PassingFault.class, () -> system(type).hasComment(SYS_ID, MARKER));
  }

  @ParameterizedTest
  @EnumSource(Account.Type.class)
  void all_whenTheyRefuse_thenTheirWordsAreToldInOneLineAndNoSecret(Account.Type type) {
    String user = type == Account.Type.ZENDESK ? "bot@acme.example/token" : "bot@acme.example";
    String basic =
        Base64.getEncoder().encodeToString((user + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    stub.thenAnswers(
            422,
            "{\"error\":\"closed\",\n\"echo\":\"%s %s\"} %s"
                .formatted(SECRET, basic, "x".repeat(999)))
        .thenAnswers(403, "<html>no</html>");
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> system(type).comment(SYS_ID, TEXT));
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("desk answers 422") && message.contains("\"closed\""), message);
    assertFalse(message.contains(SECRET) || message.contains(basic), message);
    assertFalse(message.contains("\n"), message);
    assertTrue(message.length() < 500, message);

    PassingFault forbidden =
        assertThrows(PassingFault.class, () -> system(type).comment(SYS_ID, TEXT));
    assertFalse(String.valueOf(forbidden.getMessage()).contains("<html>"));
  }

  @ParameterizedTest
  @EnumSource(Account.Type.class)
  void all_whenAPageComesInPlaceOfJson_thenTheCommentMayBeThereOrNot(Account.Type type) {
    stub.thenAnswers(200, "<html>Hibernating instance</html>");
    PassingFault look =
        assertThrows(PassingFault.class, () -> system(type).hasComment(SYS_ID, MARKER));
    PassingFault write = assertThrows(PassingFault.class, () -> system(type).comment(SYS_ID, TEXT));
    assertEquals("unreadableAnswer", look.code());
    assertEquals("unreadableAnswer", write.code());
    assertFalse(look.effectUnknown());
    assertTrue(write.effectUnknown());
  }
}
