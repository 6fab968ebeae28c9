package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Faults;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnobsIT {
  private static final String VNET = SampleWorld.VNET_ID + "?api-version=2025-03-01";

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void clock_whenAdvanced_thenItTellsTheNewTime() {
    assertEquals("2026-11-24T08:00:00Z", now(azure.knob("GET", "clock", "")));

    assertEquals("2026-11-24T08:05:00Z", now(azure.knob("POST", "clock", "{\"by\":\"PT5M\"}")));

    assertEquals(ArmFixture.START.plus(Duration.ofMinutes(5)), azure.clock.instant());
  }

  private static String now(HttpResponse<String> response) {
    assertEquals(200, response.statusCode());
    return ArmFixture.json(response).path("now").asText();
  }

  @Test
  void faults_whenAdded_thenTheyHitAndCanBeCleared() {
    String fault =
        "{\"method\":\"GET\",\"path\":\"vnet\",\"status\":429,\"code\":\"Slow\",\"retryAfter\":7,\"times\":2}";

    assertEquals(200, azure.knob("POST", "faults", fault).statusCode());

    HttpResponse<String> hit = azure.get(VNET, azure.strangersToken());
    assertEquals(429, hit.statusCode());
    assertEquals("Slow", ArmFixture.errorCode(hit));
    assertEquals("7", hit.headers().firstValue("Retry-After").orElseThrow());
    JsonNode waiting = ArmFixture.json(azure.knob("GET", "faults", "")).path("arm").path(0);
    assertEquals(1, waiting.path("times").asInt());
    assertEquals(204, azure.knob("DELETE", "faults", "").statusCode());
    assertEquals(403, azure.get(VNET, azure.strangersToken()).statusCode());
  }

  @Test
  void faults_whenForAnotherService_thenTheyReachIt() {
    Faults tables = new Faults();
    azure.arm.registerFaults("tables", tables);

    azure.knob(
        "POST",
        "faults",
        "{\"service\":\"tables\",\"status\":0,\"afterEffect\":true,\"path\":\"ledger\"}");

    Fault waiting = tables.waiting().get(0);
    assertEquals(0, waiting.status());
    assertTrue(waiting.afterEffect());
    assertEquals("ledger", waiting.path().pattern());
    assertEquals(1, waiting.times());
  }

  @Test
  void replicationDelay_whenSet_thenForAllOrForOne() {
    azure.knob("PUT", "replication-delay", "{\"delay\":\"PT1M\",\"access\":\"PT2M\"}");

    JsonNode delays = ArmFixture.json(azure.knob("GET", "replication-delay", ""));
    assertEquals("PT1M", delays.path("principals").asText());
    assertEquals("PT2M", delays.path("access").asText());
    azure.knob("PUT", "replication-delay", "{\"lists\":\"PT0S\"}");
    assertEquals(Duration.ZERO, azure.world.delay(Replication.LISTS));
    assertEquals(Duration.ofMinutes(1), azure.world.delay(Replication.ROLE_DEFINITIONS));
  }

  @Test
  void calls_whenMade_thenToldAndForgottenOnDemand() {
    azure.get(VNET, azure.strangersToken());

    JsonNode calls = ArmFixture.json(azure.knob("GET", "calls", "")).path("value");
    assertEquals(2, calls.size());
    JsonNode last = calls.path(1);
    assertEquals("arm", last.path("service").asText());
    assertEquals("GET", last.path("method").asText());
    assertEquals(SampleWorld.VNET_ID, last.path("path").asText());
    assertEquals("2025-03-01", last.path("apiVersion").asText());
    assertEquals("stranger", last.path("principal").asText());
    assertEquals(403, last.path("status").asInt());
    assertEquals("AuthorizationFailed", last.path("errorCode").asText());
    assertEquals(204, azure.knob("DELETE", "calls", "").statusCode());
    assertEquals(0, azure.arm.calls().calls().size());
  }

  @Test
  void access_whenAsked_thenWhoHoldsWhat() {
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Owner", SampleWorld.VNET_ID);

    JsonNode table = ArmFixture.json(azure.knob("GET", "access", "")).path("value");

    JsonNode last = table.path(table.size() - 1);
    assertEquals(7, table.size());
    assertEquals("stranger", last.path("principal").asText());
    assertEquals("Owner", last.path("role").asText());
    assertEquals(SampleWorld.VNET_ID, last.path("scope").asText());
    assertEquals("2026-11-24T08:00:00Z", last.path("from").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | clock | | The body is not a JSON object",
        "POST | clock | {} | 'by' is missing",
        "POST | clock | {\"by\":\"5m\"} | 'by' is not an ISO-8601 duration: 5m",
        "POST | clock | {\"by\":\"-PT5M\"} | 'by' is negative",
        "POST | clock | {\"by\":\"PT5M\",\"to\":1} | Unknown: [to]",
        "POST | faults | {} | 'status'",
        "POST | faults | {\"status\":200} | 'status'",
        "POST | faults | {\"status\":500,\"times\":0} | 'times'",
        "POST | faults | {\"status\":500,\"path\":\"(\"} | 'path' is not a regular expression",
        "POST | faults | {\"status\":500,\"service\":\"x\"} | There is no service 'x'",
        "PUT | replication-delay | {} | Nothing to set",
        "PUT | replication-delay | {\"access\":1} | 'access' is missing or not a text",
        "PUT | replication-delay | {\"delay\":\"PT1M\",\"x\":1} | Unknown: [x]",
      })
  void knob_whenInputIsBad_then400SayingWhy(
      String method, String knob, String body, String expected) {
    HttpResponse<String> response = azure.knob(method, knob, body == null ? "" : body);

    assertEquals(400, response.statusCode());
    String error = ArmFixture.json(response).path("error").asText();
    assertTrue(error.contains(expected), error);
  }

  @Test
  void knob_whenThereIsNone_then404() {
    assertEquals(404, azure.knob("GET", "nothing", "").statusCode());
    assertEquals(404, azure.knob("DELETE", "clock", "").statusCode());
  }
}
