package dev.drawbridge.line;

import static dev.drawbridge.line.Line.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhooks as ticketing systems meet them, with the settings and payloads of the examples. */
final class WebhookIT {
  private static Line line;

  @BeforeAll
  static void start() {
    line = Line.start();
  }

  @AfterAll
  static void stop() {
    line.close();
  }

  @AfterEach
  void endFaults() {
    line.azure.tables().faults().clear();
    line.azure.serviceBus().refuseSends(0);
  }

  @Test
  void zendesk_whenATicketIsApproved_thenItIs202WithTheOperation() throws IOException {
    String body = example("zendesk");
    ApiClient.Answer answer = post("zendesk", body, Signer.zendesk(body, START));
    assertAccepted(answer, "vnet", "zendesk", "12345");
    assertEquals(
        line.azure.api() + "/operations/" + answer.body().path("id").asText(),
        answer.header("operation-location"));
  }

  @ParameterizedTest
  @CsvSource({"jira, OPS-7", "jira-automation, OPS-8", "jira-automation-issue, OPS-9"})
  void jira_whenTheAdminWebhookSigns_thenItIs202(String example, String ticket) throws IOException {
    String body = example(example).replace(ticket, ticket + "-signed");
    assertAccepted(post("jira", body, Signer.jira(body)), "vhub", "jira", ticket + "-signed");
  }

  @ParameterizedTest
  @CsvSource({"jira-automation, OPS-8", "jira-automation-issue, OPS-9"})
  void jira_whenARuleSendsTheSecret_thenItIs202(String example, String ticket) throws IOException {
    ApiClient.Answer answer = post("jira", example(example), Signer.secret(Signer.JIRA));
    assertAccepted(answer, "vhub", "jira", ticket);
  }

  @Test
  void servicenow_whenItSendsTheSecretOrSigns_thenItIsTheSameOperation() throws IOException {
    String body = example("servicenow");
    ApiClient.Answer sent = post("servicenow", body, Signer.secret(Signer.SERVICENOW));
    ApiClient.Answer signed =
        post("servicenow", body, Signer.standard(Signer.SERVICENOW_KEY, "m-1", START, body));

    assertAccepted(sent, "privateLink", "servicenow", "RITM0010042");
    assertEquals(202, signed.status());
    assertEquals(sent.body().path("id"), signed.body().path("id"));
  }

  @Test
  void standard_whenItIsSigned_thenItIs202() throws IOException {
    String body = example("standard");
    assertAccepted(
        post("standard", body, Signer.standard(Signer.STANDARD_KEY, "m-1", START, body)),
        "vnet",
        "standard",
        "CHG-42");
  }

  @Test
  void cloudevents_whenStructured_thenItIs202() throws IOException {
    Map<String, String> headers =
        Signer.secret(Signer.CLOUDEVENTS, "application/cloudevents+json; charset=utf-8");
    assertAccepted(
        post("cloudevents", example("cloudevents"), headers), "vnet", "cloudevents", "REQ-77");
  }

  @Test
  void cloudevents_whenBinary_thenItIs202() throws IOException {
    Map<String, String> headers = new HashMap<>(attributes());
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", "Bearer " + Signer.CLOUDEVENTS);
    assertAccepted(
        post("cloudevents", example("cloudevents-binary"), headers),
        "vnet",
        "cloudevents",
        "REQ-78");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/cloudevents-batch+json", "application/json", "text/plain"})
  void cloudevents_whenTheFormatIsAnother_thenItIs415(String contentType) throws IOException {
    Map<String, String> headers = Signer.secret(Signer.CLOUDEVENTS, contentType);
    assertProblem(
        post("cloudevents", example("cloudevents"), headers), 415, "unsupportedMediaType");
  }

  @Test
  void cloudevents_whenAttributesAreMissing_thenAllAreNamed() {
    Map<String, String> headers = Signer.secret(Signer.CLOUDEVENTS, "application/cloudevents+json");
    ApiClient.Answer answer = post("cloudevents", "{\"specversion\": \"0.3\"}", headers);
    assertProblem(answer, 400, "invalidEvent");
    assertEquals(Set.of("/id", "/source", "/type", "/specversion"), pointers(answer));
  }

  @Test
  void options_whenACloudEventsSenderAsks_thenItMaySend() {
    ApiClient.Answer answer = options("cloudevents", "eventemitter.example.com");
    assertEquals(200, answer.status());
    assertEquals("eventemitter.example.com", answer.header("webhook-allowed-origin"));
    assertEquals("120", answer.header("webhook-allowed-rate"));
    assertEquals(400, options("cloudevents", "<script>").status());
    assertEquals(404, options("zendesk", "eventemitter.example.com").status());
    assertEquals(404, options("unknown", "eventemitter.example.com").status());
  }

  @Test
  void generic_whenItSendsTheSecret_thenItIs202() throws IOException {
    assertAccepted(
        post("generic", example("generic"), Signer.secret(Signer.GENERIC)),
        "vnet",
        "generic",
        "T-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "Zendesk", "off"})
  void post_whenTheSourceIsUnknownOrOff_thenItIs404(String source) {
    assertProblem(
        line.api.post("/webhooks/" + source, "{}", Signer.secret(Signer.GENERIC)),
        404,
        "sourceNotFound");
  }

  @Test
  void post_whenASourceHasNoSecret_thenItIsOff() throws IOException {
    try (Line off = Line.start(options -> options.withSetting("WEBHOOK_SECRET_GENERIC", " "))) {
      assertProblem(
          off.api.post("/webhooks/generic", example("generic"), Signer.secret("")),
          404,
          "sourceNotFound");
    }
  }

  @Test
  void post_whenTheBodyIsTooLarge_thenItIs413BeforeAllElse() {
    String body = "{\"x\": \"" + "y".repeat(64 * 1024) + "\"}";
    assertProblem(post("generic", body, Signer.secret("wrong")), 413, "tooLarge");
  }

  @Test
  void post_whenItIsNotAuthentic_thenItIs401WhateverTheBody() throws IOException {
    String body = example("zendesk");
    Map<String, String> headers = Signer.zendesk(body, START);
    assertProblem(
        post("zendesk", body.replace("vnet-data", "vnet-x"), headers), 401, "notAuthentic");
    assertProblem(post("zendesk", "not JSON", headers), 401, "notAuthentic");
    assertProblem(post("zendesk", "", headers), 401, "notAuthentic");
    assertProblem(post("generic", "{}", Signer.secret("wrong")), 401, "notAuthentic");
    assertProblem(post("standard", "{}", Signer.secret(Signer.STANDARD_KEY)), 401, "notAuthentic");
  }

  @Test
  void post_whenASignedCallIsReplayedLater_thenItIsStaleAndNothingHappens() throws IOException {
    String body = example("zendesk").replace("12345", "replayed");
    Map<String, String> headers = Signer.zendesk(body, START.minus(Duration.ofSeconds(301)));
    ApiClient.Answer answer = post("zendesk", body, headers);
    assertProblem(answer, 401, "stale");
    assertTrue(answer.body().path("detail").asText().contains("stale"));
    assertEquals(Set.of(), operationsOf("replayed"));
  }

  @Test
  void post_whenTheEventIsNotOurs_thenItIs200AndToldWhy() throws IOException {
    String waiting = example("zendesk").replace("\"approved\"", "\"waiting\"");
    String own = example("zendesk").replace("ana@contoso", "drawbridge@contoso");
    for (String body : List.of(waiting, own, "", "{}")) {
      ApiClient.Answer answer = post("zendesk", body, Signer.zendesk(body, START));
      assertEquals(200, answer.status(), answer.body().toString());
      assertFalse(answer.body().path("ignored").asText().isEmpty());
    }
  }

  @Test
  void post_whenACommentCarriesOurMarker_thenItIsIgnored() throws IOException {
    String body =
        example("jira").replaceFirst("\\{", "{\"comment\": {\"body\": \"done [drawbridge:1]\"},");
    ApiClient.Answer answer = post("jira", body, Signer.jira(body));
    assertEquals(200, answer.status(), answer.body().toString());
    assertTrue(answer.body().has("ignored"));
  }

  @Test
  void post_whenFieldsAreWrong_thenItIs400AndEachIsToldWithItsOrigin() throws IOException {
    String body = example("generic").replace("vnet-data", "").replace("rg-network", "rg.");
    ApiClient.Answer answer = post("generic", body, Signer.secret(Signer.GENERIC));
    assertProblem(answer, 400, "invalidRequest");
    assertEquals(Set.of("/vnetName", "/resourceGroup"), pointers(answer));
    String text = answer.body().path("errors").toString();
    assertTrue(text.contains("is required (it is read from /request/vnetName)"), text);
  }

  @Test
  void post_whenTheSubscriptionIsNotAllowed_thenItIs403() throws IOException {
    String body =
        example("generic").replace(SampleWorld.SUBSCRIPTION, SampleWorld.OTHER_SUBSCRIPTION);
    assertProblem(post("generic", body, Signer.secret(Signer.GENERIC)), 403, "notAllowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "\u0000",
        "{\"id\": \"\\ud800\", \"state\": NaN}",
        "\"text\"",
      })
  void post_whenTheBodyIsNoEvent_thenItIs400(String body) {
    ApiClient.Answer answer = post("generic", body, Signer.secret(Signer.GENERIC));
    assertEquals(400, answer.status(), answer.body().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"state\": \"approved\"}",
        "{\"state\": \"approved\", \"id\": {\"a\": [1]}, \"request\": []}",
        "{\"state\": \"approved\", \"id\": [[[]]], \"request\": {\"type\": {\"x\": 1}}}",
        "{\"state\": \"approved\", \"id\": 1e999, \"request\": {\"type\": \"vnet\"}}",
        "{\"state\": \"approved\", \"id\": \"a\\nSEVERE forged\", \"request\": {\"type\": \"vnet\"}}",
      })
  void post_whenTheEventIsHostile_thenItIs400AndNothingOfItIsLogged(String body) {
    assertProblem(post("generic", body, Signer.secret(Signer.GENERIC)), 400, "invalidRequest");
    assertFalse(logged().contains("forged"));
  }

  @Test
  void post_whenTheBodyIsVeryDeep_thenItIs400() {
    String body = "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    assertProblem(post("generic", body, Signer.secret(Signer.GENERIC)), 400, "malformedJson");
  }

  @Test
  void post_whenTheLedgerIsAway_thenItIs503AndARedeliveryIsTaken() throws IOException {
    line.settle(); // or what an event before is still doing would meet the fault instead
    String body = example("zendesk").replace("12345", "ledger-away");
    line.azure.tables().faults().add(Fault.of("POST", "", 503, "ServerBusy", 3));
    ApiClient.Answer answer = post("zendesk", body, Signer.zendesk(body, START));
    assertProblem(answer, 503, "ledgerUnavailable");
    assertEquals("30", answer.header("retry-after"));

    assertEquals(202, post("zendesk", body, Signer.zendesk(body, START)).status());
  }

  @Test
  void post_whenTheQueueIsAway_thenItIs503AndARedeliveryIsTaken() throws IOException {
    String body = example("zendesk").replace("12345", "queue-away");
    line.azure.serviceBus().refuseSends(Integer.MAX_VALUE);
    ApiClient.Answer answer = post("zendesk", body, Signer.zendesk(body, START));
    assertProblem(answer, 503, "notQueued");
    assertEquals("30", answer.header("retry-after"));

    line.azure.serviceBus().refuseSends(0);
    assertEquals(202, post("zendesk", body, Signer.zendesk(body, START)).status());
  }

  @Test
  void post_whenTheLedgerRefuses_thenItIs503AndNot500() throws IOException {
    line.settle(); // or what an event before is still doing would meet the fault instead
    String body = example("zendesk").replace("12345", "ledger-refuses");
    line.azure.tables().faults().add(Fault.of("POST", "", 403, "AuthorizationFailure", 1));
    ApiClient.Answer answer = post("zendesk", body, Signer.zendesk(body, START));
    assertEquals(503, answer.status(), answer.body().toString());
    assertEquals("30", answer.header("retry-after"));
  }

  @Test
  void post_whenAnEventIsDelivered200TimesAtOnce_thenItIsOneOperation() throws Exception {
    String body = example("zendesk").replace("12345", "redelivered");
    Map<String, String> headers = Signer.zendesk(body, START);
    Set<String> ids = ConcurrentHashMap.newKeySet();
    ExecutorService senders = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> sent =
          IntStream.range(0, 200)
              .<Future<?>>mapToObj(
                  i ->
                      senders.submit(
                          () -> {
                            ApiClient.Answer answer = post("zendesk", body, headers);
                            assertEquals(202, answer.status(), answer.body().toString());
                            ids.add(answer.body().path("id").asText());
                          }))
              .toList();
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      senders.shutdownNow();
    }
    assertEquals(1, ids.size());
    assertEquals(ids, operationsOf("redelivered"));
  }

  @Test
  void post_whenTheTicketIsClosed_thenItsOperationEndsAndItsAccessIsGone() throws IOException {
    try (Line own = Line.start()) {
      String approved = example("zendesk");
      String id =
          own.api
              .post("/webhooks/zendesk", approved, Signer.zendesk(approved, START))
              .body()
              .path("id")
              .asText();
      own.settle();
      assertEquals("granted", own.phase(id));
      assertFalse(own.vendorAssignments().isEmpty());

      // By the time it is closed, the ticket may say something else than it did.
      String closed = approved.replace("\"open\"", "\"solved\"").replace("vnet-data", "vnet-x");
      ApiClient.Answer answer =
          own.api.post("/webhooks/zendesk", closed, Signer.zendesk(closed, START));
      assertEquals(202, answer.status(), answer.body().toString());
      assertEquals(id, answer.body().path("canceled").path(0).asText());
      own.sweep();

      assertEquals("Canceled", own.status(id));
      assertTrue(own.vendorAssignments().isEmpty());
      ApiClient.Answer again =
          own.api.post("/webhooks/zendesk", closed, Signer.zendesk(closed, START));
      assertEquals(200, again.status());
      assertTrue(again.body().has("ignored"));
      assertEquals(
          id,
          own.api
              .post("/webhooks/zendesk", approved, Signer.zendesk(approved, START))
              .body()
              .path("id")
              .asText());
      own.settle();
      assertTrue(own.vendorAssignments().isEmpty(), "a late redelivery grants nothing anew");
    }
  }

  @Test
  void post_whenTwoTicketsAskForTheSame_thenTheyHoldOneGrant() throws IOException {
    try (Line own = Line.start()) {
      for (String ticket : List.of("one", "two")) {
        String body = example("zendesk").replace("12345", ticket);
        assertEquals(
            202, own.api.post("/webhooks/zendesk", body, Signer.zendesk(body, START)).status());
      }
      own.settle();
      assertEquals(1, own.vendorAssignments().size());
      assertEquals(2, own.api.get("/operations?status=Running").body().path("operations").size());
    }
  }

  @Test
  void keys_whenTheyAreRequired_thenWebhooksNeedNone() throws IOException {
    try (Line strict = Line.start(options -> options.withKeys(true))) {
      assertEquals(
          202,
          strict
              .api
              .post("/webhooks/generic", example("generic"), Signer.secret(Signer.GENERIC))
              .status());
    }
  }

  @Test
  void log_whenCallsAreRefused_thenHoldsNoSecretAndNoSignature() throws IOException {
    String body = example("zendesk");
    Map<String, String> headers = new HashMap<>(Signer.zendesk(body, START));
    String signature = headers.getOrDefault("X-Zendesk-Webhook-Signature", "");
    ApiClient.Answer forged = post("zendesk", body + " ", headers);
    ApiClient.Answer wrong = post("generic", "{}", Signer.secret("sent-instead-of-the-secret"));

    String told = logged() + forged.body() + wrong.body();
    assertTrue(logged().contains("WARNING webhook zendesk: refused"), logged());
    for (String secret :
        List.of(signature, Signer.ZENDESK, Signer.GENERIC, "sent-instead-of-the-secret")) {
      assertFalse(told.contains(secret), told);
    }
  }

  private static ApiClient.Answer post(String source, String body, Map<String, String> headers) {
    return line.api.post("/webhooks/" + source, body, headers);
  }

  private static String example(String name) throws IOException {
    return Files.readString(Path.of("examples", "webhooks", name + ".json"));
  }

  private static Map<String, String> attributes() {
    return Map.of(
        "ce-specversion", "1.0",
        "ce-id", "5f2d",
        "ce-source", "/contoso/requests%20in",
        "ce-type", "example.contoso.connection.approved");
  }

  private static ApiClient.Answer options(String source, String origin) {
    return line.api.options("/webhooks/" + source, Map.of("WebHook-Request-Origin", origin));
  }

  private static String logged() {
    return String.join("\n", List.copyOf(line.log));
  }

  private static Set<String> operationsOf(String ticket) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode one : line.api.get("/operations?top=1000").body().path("operations")) {
      if (one.path("ticket").path("id").asText().equals(ticket)) {
        ids.add(one.path("id").asText());
      }
    }
    return ids;
  }

  private static void assertAccepted(
      ApiClient.Answer answer, String kind, String system, String ticket) {
    assertEquals(202, answer.status(), answer.body().toString());
    assertEquals(kind, answer.body().path("kind").asText());
    assertEquals(system, answer.body().path("ticket").path("system").asText());
    assertEquals(ticket, answer.body().path("ticket").path("id").asText());
  }

  private static Set<String> pointers(ApiClient.Answer answer) {
    Set<String> pointers = new TreeSet<>();
    answer.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    return pointers;
  }

  private static void assertProblem(ApiClient.Answer answer, int status, String type) {
    assertEquals(status, answer.status(), answer.body().toString());
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals("urn:drawbridge:problem:" + type, answer.body().path("type").asText());
    assertFalse(answer.body().path("detail").asText().isEmpty());
  }
}
