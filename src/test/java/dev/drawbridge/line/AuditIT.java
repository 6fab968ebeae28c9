package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit trail in the log, beside the one in the ledger. */
final class AuditIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "INFO audit ";

  private final Line line = Line.start();

  @AfterEach
  void stop() {
    line.close();
  }

  @Test
  void log_whenAnOperationRunsAndEnds_thenHasEachEventOfItsTrailOnce() throws IOException {
    String body = Files.readString(Path.of("examples", "webhooks", "zendesk.json"));
    ApiClient.Answer answer =
        line.api.post("/webhooks/zendesk", body, Signer.zendesk(body, Line.START));
    assertEquals(202, answer.status(), answer.body().toString());
    String id = answer.body().path("id").asText();
    line.settle();
    assertEquals("granted", line.phase(id));
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.sweep();
    line.tell();
    line.sweep();

    JsonNode operation = line.operation(id);
    assertEquals("Canceled", operation.path("status").asText());
    assertEquals("intact", operation.path("trail").asText());
    assertEquals(
        "from ticket zendesk/12345 by webhook zendesk", operation.at("/events/0/detail").asText());
    assertEquals(expected(operation), audit());
  }

  /** What the API shows of the trail, as the log has it. */
  private static List<JsonNode> expected(JsonNode operation) {
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode event : operation.path("events")) {
      ObjectNode expected = event.deepCopy();
      expected.set("event", expected.remove("what"));
      expected.set("operation", operation.path("id"));
      expected.put("ticket", "zendesk/12345");
      expected.set("trace", operation.path("traceId"));
      if (expected.path("event").asText().equals("ended")) {
        expected.put("status", "Canceled").put("code", "canceled");
      }
      lines.add(expected);
    }
    return lines;
  }

  private List<JsonNode> audit() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String text : line.log) {
      if (text.startsWith(PREFIX)) {
        assertFalse(text.contains("\n"), text);
        lines.add(JSON.readTree(text.substring(PREFIX.length())));
      }
    }
    return lines;
  }
}
