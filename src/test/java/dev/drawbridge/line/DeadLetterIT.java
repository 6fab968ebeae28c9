package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.LocalOptions;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.servicebus.QueueCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the queues give up is kept, undone and put back. */
final class DeadLetterIT {
  private static final String UNKNOWN = "00000000-0000-0000-0000-000000000007";
  private static final String GO = "{\"reason\": \"mended\", \"dryRun\": false}";

  private final Line line = Line.start(options -> options.withKeys(true));
  private final ApiClient caller = client(LocalOptions.FUNCTION_KEY);
  private final ApiClient administrator = client(LocalOptions.MASTER_KEY);
  private String request;

  @BeforeEach
  void read() throws IOException {
    request = Files.readString(Path.of("examples", "vnet-peering.json"));
  }

  @AfterEach
  void close() {
    line.close();
  }

  @ParameterizedTest
  @CsvSource({
    Line.PEERINGS + ",no message of ours",
    Line.PRIVATE_LINKS + ",no message of ours",
    Line.PEERINGS + ",'{\"version\":2,\"operation\":\"" + UNKNOWN + "\",\"attempt\":0}'",
    Line.PEERINGS + ",'{\"version\":1,\"operation\":\"../x\",\"attempt\":0}'",
    Line.PEERINGS + ",''",
  })
  void message_whenItCantBeRead_thenItIsKeptAsEvidence(String queue, String body) {
    send(queue, body);
    untilParked(queue, 1);

    JsonNode kept = messages(replay("{\"reason\": \"a look\"}")).get(0);
    assertEquals("notReplayable", kept.path("result").asText());
    assertEquals(queue, kept.path("queue").asText());
    assertEquals(body, kept.path("body").asText());
    assertEquals("MaxDeliveryCountExceeded", kept.path("deadLetterReason").asText());
    assertEquals(
        "Message could not be consumed after 10 delivery attempts.",
        kept.path("deadLetterDescription").asText());
    assertEquals(Line.START.toString(), kept.path("parkedAt").asText());
    assertFalse(kept.has("failedOperation"));
    assertEquals(0, line.temporaryAssignments().size());
  }

  /** Such a message is stale and completed, unless the ledger can't say so for too long. */
  @Test
  void message_whenItNamesAnUnknownOperation_thenTheEvidenceSaysWhich() {
    line.azure.tables().faults().add(Fault.of("GET", UNKNOWN, 400, "InvalidInput", 10));
    send(Line.PEERINGS, "{\"version\":1,\"operation\":\"" + UNKNOWN + "\",\"attempt\":0}");
    untilParked(Line.PEERINGS, 1);

    JsonNode kept = messages(replay(GO)).get(0);
    assertEquals("notReplayable", kept.path("result").asText());
    assertEquals(UNKNOWN, kept.path("failedOperation").asText());
    assertEquals(0, kept.path("attempt").asInt(-1));
  }

  @Test
  void grant_whenItBreaksOffTenTimes_thenItIsUndoneAndPutBack() {
    String failed = givenUpWithAccess();
    line.run(Duration.ofMinutes(8));
    line.tell();

    JsonNode operation = operation(failed);
    assertEquals("Failed", operation.path("status").asText());
    assertEquals("deadLettered", operation.path("error").path("code").asText());
    assertEquals(0, line.temporaryAssignments().size());
    assertFalse(line.roleIsDefined("Astro VNET Peering Contributor"));
    assertEquals(List.of("accepted", "failed", "accessRevoked"), told());
    assertTrue(events(failed).containsAll(List.of("assignmentDeleted", "accessGone")));

    JsonNode dry = messages(replay("{\"reason\": \"a look\"}"));
    assertEquals("replayable", dry.get(0).path("result").asText());
    assertEquals(failed, dry.get(0).path("failedOperation").asText());
    assertEquals(1, operations());

    JsonNode replayed = messages(replay(GO)).get(0);
    assertEquals("replayed", replayed.path("result").asText(), replayed.toString());
    assertEquals("mended", replayed.path("replay").path("reason").asText());
    assertEquals("the master key", replayed.path("replay").path("by").asText());
    String anew = replayed.path("operation").asText();
    assertNotEquals(failed, anew);
    line.settle();
    assertEquals("granted", operation(anew).path("phase").asText());
    assertEquals(0, messages(replay(GO)).size());
    String again =
        "{\"reason\": \"x\", \"dryRun\": false, \"ids\": [\"%s\"]}"
            .formatted(replayed.path("id").asText());
    assertEquals("replayedBefore", messages(replay(again)).get(0).path("result").asText());
    assertEquals(anew, messages(replay(again)).get(0).path("operation").asText());

    line.astro.behave(Behaviour.connecting());
    assertEquals(
        201,
        line.astro.tryNow(
            new PeeringRequest(
                SampleWorld.SUBSCRIPTION,
                SampleWorld.RESOURCE_GROUP,
                SampleWorld.VNET,
                "astro",
                SampleWorld.ASTRO_VNET_ID)));
    line.sweep();
    assertEquals("Succeeded", operation(anew).path("status").asText());
    assertEquals("Failed", operation(failed).path("status").asText());
    assertEquals(0, line.temporaryAssignments().size());
    assertEquals(2, operations());
    assertTrue(logged("event=deadLettered operation=" + failed), line.log.toString());
    assertTrue(logged("event=replayed operation=" + anew), line.log.toString());
  }

  @Test
  void replay_whenTheKeyIsNotTheMasterKey_thenItIs401() {
    for (ApiClient other : List.of(line.api, caller, client("wrong"))) {
      assertEquals(401, other.post("/manage/replay", GO).status());
    }
    assertEquals(200, administrator.post("/manage/replay", GO).status());
  }

  @Test
  void replay_whenTheReasonIsMissing_thenItIs400() {
    ApiClient.Answer answer = administrator.post("/manage/replay", "{}");

    assertEquals(400, answer.status());
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals("/reason", answer.body().path("errors").get(0).path("pointer").asText());
  }

  @Test
  void replay_whenTheLedgerIsAway_thenItIs503() {
    line.azure.tables().faults().add(Fault.of("GET", "", 400, "InvalidInput", 1));
    ApiClient.Answer answer = administrator.post("/manage/replay", GO);

    assertEquals(503, answer.status());
    assertEquals("30", answer.header("retry-after"));
  }

  /** An operation whose assignment was made when the ledger began to refuse all that it writes. */
  private String givenUpWithAccess() {
    // The assignment is made, its look fails, and the attempt is put back on the queue.
    line.azure
        .arm()
        .armFaults()
        .add(Fault.of("PUT", "roleAssignments", 503, "ServiceUnavailable", 1).losingTheAnswer());
    ApiClient.Answer accepted = caller.post("/peerings", request);
    assertEquals(202, accepted.status(), accepted.body().toString());
    String id = accepted.body().path("id").asText();
    line.settle();
    assertEquals(1, line.temporaryAssignments().size());
    assertEquals("queued", operation(id).path("phase").asText());

    line.azure
        .tables()
        .faults()
        .add(Fault.of("PUT|MERGE|PATCH", id, 400, "InvalidInput", Integer.MAX_VALUE));
    line.azure.clock().advance(Duration.ofMinutes(2));
    // It is kept, but its operation can't be ended yet: it comes again and again.
    Line.until("it is parked", () -> logged("event=deadLettered operation=" + id));
    assertEquals(1, counts(Line.PEERINGS).deadLettered());
    line.azure.tables().faults().clear();
    untilParked(Line.PEERINGS, 1);
    return id;
  }

  private void untilParked(String queue, int messages) {
    Line.until(
        "messages are given up",
        () ->
            line.log.stream().filter(text -> text.contains("event=deadLettered")).count()
                >= messages);
    Line.until(
        "the queue and its dead letters are empty",
        () -> counts(queue).equals(new QueueCounts(0, 0, 0, 0, 0)));
  }

  private QueueCounts counts(String queue) {
    return line.azure.serviceBus().counts(queue);
  }

  private boolean logged(String text) {
    return line.log.stream().anyMatch(entry -> entry.contains(text));
  }

  private void send(String queue, String body) {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(line.azure.serviceBus().connectionString())
            .sender()
            .queueName(queue)
            .buildClient()) {
      sender.sendMessage(new ServiceBusMessage(body)); // without an id, as anyone may send it
    }
  }

  private ApiClient client(String key) {
    return new ApiClient(line.azure.api(), Map.of("x-functions-key", key));
  }

  private ApiClient.Answer replay(String order) {
    ApiClient.Answer answer = administrator.post("/manage/replay", order);
    assertEquals(200, answer.status(), answer.body().toString());
    return answer;
  }

  private static JsonNode messages(ApiClient.Answer answer) {
    return answer.body().path("messages");
  }

  private JsonNode operation(String id) {
    return caller.get("/operations/" + id).body();
  }

  private List<String> events(String id) {
    return operation(id).path("events").findValuesAsText("what");
  }

  private List<String> told() {
    return Line.steps(line.azure.tickets().zendesk().conversation(line.tickets.vnet()));
  }

  private int operations() {
    return caller.get("/operations").body().path("operations").size();
  }
}
