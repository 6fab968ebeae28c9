package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.arm.Call;
import dev.drawbridge.local.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One trace from the request over the queue to the calls that give and take access. */
final class TraceIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String HEADER = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final Line line = Line.start();

  @AfterEach
  void stop() {
    line.close();
  }

  private String accept(String route, Map<String, String> headers, String... example)
      throws IOException {
    String body = Files.readString(Path.of("examples", example));
    Map<String, String> all = new HashMap<>(headers);
    all.put("traceparent", HEADER);
    ApiClient.Answer answer = line.api.post(route, body, all);
    assertEquals(202, answer.status(), answer.body().toString());
    assertEquals(TRACE, answer.body().path("traceId").asText());
    return answer.body().path("id").asText();
  }

  private String acceptPeering() throws IOException {
    return accept("/peerings", Map.of("Content-Type", "application/json"), "vnet-peering.json");
  }

  /** The calls of the app since the last clear; each has to be there, in a place of its own. */
  private List<String> callsInTheTrace() {
    List<Call> calls =
        line.azure.arm().calls().calls().stream()
            .filter(call -> !call.service().equals("identity"))
            .filter(call -> "id-drawbridge".equals(call.principal()))
            .toList();
    Set<String> spans = new HashSet<>();
    for (Call call : calls) {
      TraceContext sent = TraceContext.parse(String.valueOf(call.traceparent())).orElseThrow();
      assertEquals(TRACE, sent.traceId(), call.line());
      assertTrue(spans.add(sent.spanId()), call.line());
    }
    return calls.stream().map(call -> call.service() + " " + call.method()).toList();
  }

  /** The one message that waits on the queue. */
  private ServiceBusReceivedMessage waiting() {
    try (ServiceBusReceiverClient receiver =
        new ServiceBusClientBuilder()
            .connectionString(line.azure.serviceBus().connectionString())
            .receiver()
            .queueName(Line.PEERINGS)
            .buildClient()) {
      List<ServiceBusReceivedMessage> all = receiver.peekMessages(10).stream().toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }

  private void throttleOnce() {
    line.azure.arm().armFaults().add(Fault.of("PUT", "roleAssignments", 429, "TooManyRequests", 1));
  }

  @Test
  void trace_whenAWebhookBringsOne_thenItGoesOverTheQueueToAzureAndIntoTheLog() throws IOException {
    throttleOnce();
    String body = Files.readString(Path.of("examples", "webhooks", "zendesk.json"));
    String id =
        accept("/webhooks/zendesk", Signer.zendesk(body, Line.START), "webhooks", "zendesk.json");
    line.settle();
    ServiceBusReceivedMessage retry = waiting();
    assertEquals(id + "/1", retry.getMessageId());
    assertEquals(HEADER, retry.getApplicationProperties().get("traceparent"));
    assertEquals(HEADER, retry.getApplicationProperties().get("Diagnostic-Id"));
    line.advance(Duration.ofMinutes(10));
    assertEquals("granted", line.phase(id));
    List<String> granted = callsInTheTrace();
    assertTrue(granted.containsAll(List.of("graph GET", "arm GET", "arm PUT")), granted.toString());

    line.clearCalls();
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.sweep();
    line.tell();
    assertEquals("Canceled", line.status(id));
    List<String> revoked = callsInTheTrace();
    assertTrue(revoked.containsAll(List.of("arm GET", "arm DELETE")), revoked.toString());

    List<String> audit = line.log.stream().filter(text -> text.contains(" audit {")).toList();
    assertEquals(line.events(id).size(), audit.size());
    audit.forEach(text -> assertTrue(text.contains("\"trace\":\"" + TRACE + "\""), text));
  }

  @Test
  void trace_whenTheRequestHasNone_thenIsTheHostsOrANewOne() throws IOException {
    String body = Files.readString(Path.of("examples", "vnet-peering.json"));
    String first = line.operation(line.accept(body)).path("traceId").asText();
    assertTrue(first.matches("[0-9a-f]{32}"), first);
    String other =
        line.operation(line.accept(body.replace("12345", "12346"))).path("traceId").asText();
    assertNotEquals(first, other);
  }

  @Test
  void trace_whenTheHeaderIsTooLong_thenTheRequestIsAcceptedInANewOne() throws IOException {
    String body = Files.readString(Path.of("examples", "vnet-peering.json"));
    ApiClient.Answer answer =
        line.api.post(
            "/peerings",
            body,
            Map.of(
                "Content-Type",
                "application/json",
                "traceparent",
                HEADER + "-" + "x".repeat(10_240)));
    assertEquals(202, answer.status(), answer.body().toString());
    assertNotEquals(TRACE, answer.body().path("traceId").asText());
    line.settle();
    assertFalse(line.log.toString().contains("xxx"));
  }

  /** As a version before has written it. */
  @Test
  void trace_whenTheRowHasNone_thenTheOperationRunsAndItsCallsSayNothing() throws IOException {
    throttleOnce();
    String id = acceptPeering();
    line.settle();
    LedgerRow row = LedgerRow.operation(line, id);
    row.setDocument(row.document().replaceFirst(",\"trace\":\"[^\"]+\"", ""));
    line.clearCalls();
    line.advance(Duration.ofMinutes(10));
    assertEquals("granted", line.phase(id));
    assertFalse(line.operation(id).has("traceId"));
    assertFalse(line.calls().isEmpty());
    line.azure.arm().calls().calls().forEach(call -> assertNull(call.traceparent(), call.line()));
  }
}
