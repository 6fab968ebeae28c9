package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.LocalOptions;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API as callers meet it: what it takes, what it refuses and how it says so. */
final class ApiIT {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static Line line;
  private static String valid;

  @BeforeAll
  static void start() throws IOException {
    line = Line.start();
    valid = Files.readString(Path.of("examples", "vnet-peering.json"));
  }

  @AfterAll
  static void stop() {
    line.close();
  }

  @AfterEach
  void endFaults() {
    line.azure.tables().faults().clear();
  }

  @Test
  void post_whenTheRequestIsValid_thenItIs202WithTheOperation() {
    ApiClient.Answer answer = post(ticket("valid"));

    assertEquals(202, answer.status());
    String id = answer.body().path("id").asText();
    assertEquals(line.azure.api() + "/operations/" + id, answer.header("operation-location"));
    assertEquals("10", answer.header("retry-after"));
    assertEquals("vnet", answer.body().path("kind").asText());
    ApiClient.Answer monitor = line.api.get("/operations/" + id);
    assertEquals(200, monitor.status());
    assertEquals(id, monitor.body().path("id").asText());
  }

  @Test
  void post_whenManyFieldsAreWrong_thenAllAreNamedAtOnce() {
    ApiClient.Answer answer =
        post(
            """
            {"type": "vnet", "ticket": {"system": "Zen Desk", "extra": 1}, "clusterId": 7,
             "clusterType": "standard", "tenantId": "1-1-1-1-1", "subscriptionId": "../..",
             "resourceGroup": "rg.", "vnetName": "v", "expiresIn": "P1Y", "a/b~c": true}
            """);

    assertProblem(answer, 400, "invalidRequest");
    Set<String> pointers = new HashSet<>();
    answer.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    assertEquals(
        Set.of(
            "/ticket/system",
            "/ticket/id",
            "/ticket/extra",
            "/clusterId",
            "/clusterType",
            "/tenantId",
            "/subscriptionId",
            "/resourceGroup",
            "/vnetName",
            "/expiresIn",
            "/a~1b~0c"),
        pointers);
  }

  @ParameterizedTest
  @CsvSource({
    "{,400,malformedJson",
    "'',400,notAnObject",
    "[],400,notAnObject",
    "null,400,notAnObject",
    "'{}{}',400,malformedJson",
    "'{\"type\":\"vnet\",\"type\":\"vnet\"}',400,malformedJson",
    "'{}',400,invalidRequest",
    "'{\"type\":\"ftp\"}',400,invalidRequest",
  })
  void post_whenTheBodyIsNoRequest_thenItIsToldWhy(String body, int status, String type) {
    assertProblem(post(body), status, type);
  }

  @Test
  void post_whenTheBodyIsTooLarge_thenItIs413() {
    assertProblem(post("{\"x\": \"" + "y".repeat(64 * 1024) + "\"}"), 413, "tooLarge");
  }

  @Test
  void post_whenTheBodyIsTooDeep_thenItIs400() {
    assertProblem(
        post("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"), 400, "malformedJson");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/jsonp", ""})
  void post_whenTheContentIsNotJson_thenItIs415(String type) {
    Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", type);
    assertProblem(line.api.post("/peerings", valid, headers), 415, "unsupportedMediaType");
  }

  @Test
  void post_whenTheSubscriptionIsNotAllowed_thenItIs403AndNothingIsWritten() {
    int before = operations();
    ApiClient.Answer answer =
        post(valid.replace(SampleWorld.SUBSCRIPTION, SampleWorld.OTHER_SUBSCRIPTION));

    assertProblem(answer, 403, "notAllowed");
    assertEquals("/subscriptionId", answer.body().path("errors").get(0).path("pointer").asText());
    assertEquals(before, operations());
  }

  @Test
  void post_whenTheTenantIsAnother_thenItIs403() {
    ApiClient.Answer answer =
        post(valid.replace(SampleWorld.TENANT, "00000000-0000-0000-0000-000000000001"));
    assertProblem(answer, 403, "notAllowed");
  }

  @Test
  void post_whenTheIdempotencyKeyIsUsedAgain_thenItIsTheSameOperationOr422() {
    Map<String, String> key = headers("\"key-1\"");
    ApiClient.Answer first = line.api.post("/peerings", ticket("key-1"), key);
    ApiClient.Answer again = line.api.post("/peerings", ticket("key-1"), headers("key-1"));
    ApiClient.Answer other = line.api.post("/peerings", ticket("key-2"), key);

    assertEquals(202, first.status());
    assertEquals(first.body().path("id"), again.body().path("id"));
    assertProblem(other, 422, "idempotencyKeyReused");
    assertTrue(other.body().path("detail").asText().contains(first.body().path("id").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "a b", "a\"b"})
  void post_whenTheIdempotencyKeyIsNone_thenItIs400(String key) {
    assertProblem(
        line.api.post("/peerings", ticket("bad-key"), headers(key)), 400, "invalidIdempotencyKey");
  }

  @Test
  void post_whenTheLedgerIsAway_thenItIs503AndSafeToRepeat() {
    line.azure.tables().faults().add(Fault.of("POST", "", 503, "ServerBusy", 3));
    ApiClient.Answer answer = post(ticket("ledger-away"));
    assertProblem(answer, 503, "ledgerUnavailable");
    assertEquals("30", answer.header("retry-after"));

    assertEquals(202, post(ticket("ledger-away")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "nothing", "%2e%2e", "1-1-1-1-1"})
  void get_whenThereIsNoSuchOperation_thenItIs404(String id) {
    assertEquals(404, line.api.get("/operations/" + id).status());
    assertEquals(404, line.api.post("/operations/" + id + "/cancel", "").status());
  }

  @Test
  void list_whenThereAreMoreThanAsked_thenPagesHoldThemAllOnce() {
    for (int i = 0; i < 5; i++) {
      assertEquals(202, post(ticket("page-" + i)).status());
    }
    Map<String, Integer> seen = new TreeMap<>();
    String query = "/operations?top=2";
    int pages = 0;
    for (String next = query; !next.isEmpty(); pages++) {
      JsonNode page = line.api.get(next).body();
      assertTrue(page.path("operations").size() <= 2);
      page.path("operations").forEach(one -> seen.merge(one.path("id").asText(), 1, Integer::sum));
      next =
          page.has("continuation")
              ? query + "&continuation=" + page.path("continuation").asText()
              : "";
    }
    assertEquals(operations(), seen.size());
    assertTrue(seen.values().stream().allMatch(times -> times == 1), seen.toString());
    assertTrue(pages >= 3);
  }

  @Test
  void list_whenAStatusIsAsked_thenOnlyThose() {
    try (Line own = Line.start()) {
      String id = own.accept(ticket("to-cancel"));
      own.accept(ticket("to-keep"));
      own.settle();
      own.api.post("/operations/" + id + "/cancel", "");
      own.sweep();

      // The other still needs the same access, and a canceled one ends with its access gone.
      assertEquals("Canceled", own.operation(id).path("ending").path("status").asText());
      assertTrue(own.events(id).contains("accessShared"));
      assertEquals(0, ofStatus(own, "Canceled").size());
      assertEquals(2, ofStatus(own, "Running").size());

      own.advance(Duration.ofDays(3));
      own.sweep();
      assertEquals(1, ofStatus(own, "Canceled").size());
      assertEquals(id, ofStatus(own, "Canceled").get(0).path("id").asText());
      assertEquals(1, ofStatus(own, "Failed").size());
    }
  }

  private static JsonNode ofStatus(Line from, String status) {
    return from.api.get("/operations?status=" + status).body().path("operations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status=Unknown", "top=0", "top=1001", "top=x", "continuation=%21", "top=-1"})
  void list_whenTheQueryIsWrong_thenItIs400(String query) {
    assertProblem(line.api.get("/operations?" + query), 400, "invalidQuery");
  }

  @Test
  void health_whenSweepsAreMade_thenOkElse503() {
    line.sweep();
    assertEquals("ok", line.api.get("/health").body().path("status").asText());

    line.azure.clock().advance(Duration.ofMinutes(16));
    assertProblem(line.api.get("/health"), 503, "sweepOverdue");
    line.sweep();
    assertEquals(200, line.api.get("/health").status());
  }

  @Test
  void keys_whenTheyAreRequired_thenOnlyHealthNeedsNone() {
    try (Line strict = Line.start(options -> options.withKeys(true))) {
      assertEquals(401, strict.api.post("/peerings", valid).status());
      assertEquals(401, strict.api.get("/operations").status());
      assertEquals(200, strict.api.get("/health").status());
      ApiClient withKey = strict.api(Map.of("x-functions-key", LocalOptions.FUNCTION_KEY));
      ApiClient wrongKey = strict.api(Map.of("x-functions-key", "wrong"));

      assertEquals(401, wrongKey.post("/peerings", valid).status());
      assertEquals(202, withKey.post("/peerings", valid).status());
      strict.settle();
      String id = withKey.get("/operations").body().path("operations").get(0).path("id").asText();
      assertEquals("granted", withKey.get("/operations/" + id).body().path("phase").asText());
    }
  }

  @Test
  void log_whenACallerPutsLinesIntoItsFields_thenTheyReachNoLog() {
    post(valid.replace("12345", "1\\nSEVERE forged"));
    post(valid.replace("\"vnet\"", "\"x\\nSEVERE forged\""));
    assertFalse(line.log.stream().anyMatch(text -> text.contains("forged")), line.log.toString());
  }

  private static ApiClient.Answer post(String body) {
    return line.api.post("/peerings", body, JSON);
  }

  private static String ticket(String id) {
    return valid.replace("12345", id);
  }

  private static Map<String, String> headers(String idempotencyKey) {
    return Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey);
  }

  private static int operations() {
    return line.api.get("/operations?top=1000").body().path("operations").size();
  }

  private static void assertProblem(ApiClient.Answer answer, int status, String type) {
    assertEquals(status, answer.status(), answer.body().toString());
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals("urn:drawbridge:problem:" + type, answer.body().path("type").asText());
    assertEquals(status, answer.body().path("status").asInt());
    assertFalse(answer.body().path("detail").asText().isEmpty());
  }
}
