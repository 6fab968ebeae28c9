package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.tickets.Caller.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated ServiceNow by its Table API. */
class ServiceNowIT {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final String TABLE = "/api/now/table/sc_req_item";

  private final LocalClock clock = LocalClock.standingAt(NOW);
  private final LocalTickets tickets = LocalTickets.start(clock, LocalTickets.Ports.ANY);
  private final Caller caller = Caller.serviceNow(tickets);
  private final String number =
      tickets.serviceNow().open("ana", "Connect us", Map.of("groupId", "registry"));

  private Answer query(String table, String query, String more) throws Exception {
    return caller.get(
        "/api/now/table/%s?sysparm_query=%s%s"
            .formatted(table, URLEncoder.encode(query, StandardCharsets.UTF_8), more));
  }

  private String row() throws Exception {
    Answer found =
        query("sc_req_item", "number=" + number, "&sysparm_fields=sys_id&sysparm_limit=1");
    assertEquals(1, found.body().at("/result/0").size());
    return TABLE + "/" + found.text("/result/0/sys_id");
  }

  @AfterEach
  void stop() {
    tickets.close();
  }

  @Test
  void get_whenThePasswordIsAnother_then401() throws Exception {
    Answer answer = new Caller(tickets.serviceNow(), "drawbridge", "another").get(TABLE);

    assertEquals(401, answer.status());
    assertEquals("failure", answer.text("/status"));
    assertEquals("User is not authenticated", answer.text("/error/message"));
    assertEquals("Basic realm=\"Service-now\"", answer.header("WWW-Authenticate"));
  }

  @Test
  void list_whenTheNumberIsAnothers_thenNothing() throws Exception {
    Answer found = query("sc_req_item", "number=RITM0000001", "");

    assertEquals(200, found.status());
    assertTrue(found.body().path("result").isArray());
    assertEquals(0, found.body().path("result").size());
    assertEquals("0", found.header("X-Total-Count"));
  }

  @Test
  void get_whenThereIsTheRow_thenItsStateWithoutJournals() throws Exception {
    caller.send("PATCH", row(), "{\"work_notes\":\"Access granted\"}");

    Answer answer = caller.get(row());

    assertEquals(200, answer.status());
    assertEquals("requested", answer.text("/result/approval"));
    assertEquals("drawbridge", answer.text("/result/sys_updated_by"));
    assertEquals("", answer.text("/result/work_notes"));
    assertEquals(
        "2026-03-02 09:00:00 - Drawbridge (Work notes)\nAccess granted\n\n",
        caller.get(row() + "?sysparm_display_value=true").text("/result/work_notes"));
  }

  @Test
  void get_whenThereIsNoRow_then404() throws Exception {
    Answer answer = caller.get(TABLE + "/0123");

    assertEquals(404, answer.status());
    assertEquals("No Record found", answer.text("/error/message"));
    assertEquals(404, caller.send("PATCH", TABLE + "/0123", "{\"comments\":\"x\"}").status());
  }

  @Test
  void patch_whenTwice_thenTheJournalsHaveBoth() throws Exception {
    String row = row();
    assertEquals(200, caller.send("PATCH", row, "{\"work_notes\":\"Step 1\"}").status());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(200, caller.send("PATCH", row, "{\"work_notes\":\"Step 1\"}").status());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(200, caller.send("PATCH", row, "{\"comments\":\"Done\"}").status());

    assertEquals(
        List.of(
            new Comment(NOW, "Drawbridge", false, "Step 1"),
            new Comment(NOW.plusSeconds(1), "Drawbridge", false, "Step 1"),
            new Comment(NOW.plusSeconds(2), "Drawbridge", true, "Done")),
        tickets.serviceNow().conversation(number));
  }

  @Test
  void journal_whenAMarkerIsLookedFor_thenItsEntryOnly() throws Exception {
    String row = row();
    String sysId = row.substring(row.lastIndexOf('/') + 1);
    caller.send("PATCH", row, "{\"work_notes\":\"Access granted [drawbridge op/granted]\"}");
    clock.advance(Duration.ofSeconds(1));
    caller.send("PATCH", row, "{\"comments\":\"Revoked [drawbridge op/revoked]\"}");

    Answer one =
        query(
            "sys_journal_field",
            "element_id=%s^valueLIKE[drawbridge op/granted]".formatted(sysId),
            "");
    Answer all =
        query("sys_journal_field", "element_id=" + sysId + "^ORDERBYDESCsys_created_on", "");
    Answer another = query("sys_journal_field", "element_id=0^valueLIKE[drawbridge", "");

    assertEquals(1, one.body().path("result").size());
    assertEquals("work_notes", one.text("/result/0/element"));
    assertEquals("2026-03-02 09:00:00", one.text("/result/0/sys_created_on"));
    assertEquals("Revoked [drawbridge op/revoked]", all.text("/result/0/value"));
    assertEquals(2, all.body().path("result").size());
    assertEquals(0, another.body().path("result").size());
  }

  @Test
  void list_whenLimited_thenPagesByOffset() throws Exception {
    String second = tickets.serviceNow().open("ana", "Connect us, too", Map.of());

    Answer page = query("sc_req_item", "ORDERBYnumber", "&sysparm_limit=1&sysparm_offset=1");

    assertEquals(1, page.body().path("result").size());
    assertEquals(second, page.text("/result/0/number"));
    assertEquals("2", page.header("X-Total-Count"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/now/table/sys_user",
        "/api/now/table/sc_req_item?sysparm_query=nummer=1",
        "/api/now/table/sc_req_item?sysparm_query=numberBETWEEN1",
        "/api/now/stats/sc_req_item"
      })
  void get_whenItIsNotKnown_then400(String path) throws Exception {
    Answer answer = caller.get(path);

    assertEquals(400, answer.status());
    assertEquals("failure", answer.text("/status"));
  }

  @Test
  void patch_whenItIsNoJson_thenRefused() throws Exception {
    assertEquals(400, caller.send("PATCH", row(), "{").status());
    assertEquals(415, caller.sending("text/plain").send("PATCH", row(), "{}").status());
    assertEquals(List.of(), tickets.serviceNow().conversation(number));
  }
}
