package dev.drawbridge.ledger;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.InMemoryLedger;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AuditedLedgerTest {
  private final List<String> lines = new ArrayList<>();
  private final AuditedLedger ledger =
      new AuditedLedger(new InMemoryLedger(new Calls()), this::log);
  private final Operation operation = Samples.operation();

  /** A log that is another one each time, as each invocation of a function has its own. */
  private Logger log() {
    Logger log = Logger.getAnonymousLogger();
    log.setUseParentHandlers(false);
    log.setLevel(Level.ALL);
    log.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            lines.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    return log;
  }

  private List<String> logged() {
    List<String> events = lines.stream().map(line -> json(line).path("event").asText()).toList();
    lines.clear();
    return events;
  }

  private static JsonNode json(String line) {
    assertTrue(line.startsWith("audit {"), line);
    try {
      return new ObjectMapper().readTree(line.substring("audit ".length()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void create_whenTaken_thenTheEventIsALine() {
    assertTrue(ledger.create(operation).isPresent());
    assertEquals(
        List.of(
            "audit {\"event\":\"accepted\",\"operation\":\"%s\",\"ticket\":\"zendesk/12345\","
                    .formatted(operation.id())
                + "\"at\":\"2026-03-01T10:00:00Z\","
                + "\"detail\":\"from ticket zendesk/12345 by api\",\"chain\":\"%s\"}"
                    .formatted(operation.trail().head())),
        lines);
  }

  @Test
  void create_whenItIsPartOfATrace_thenEachLineHasItsId() {
    TraceContext trace = TraceContext.random();
    Versioned<Operation> created =
        ledger.create(operation.tracedBy(Optional.of(trace))).orElseThrow();
    ledger.update(created, created.value().sent(NOW));
    for (String line : lines) {
      assertEquals(trace.traceId(), json(line).path("trace").asText());
      assertFalse(line.contains(trace.spanId()), line);
    }
    assertEquals(List.of("accepted", "queued"), logged());
  }

  @Test
  void create_whenThereIsOneAlready_thenNothingIsLogged() {
    assertTrue(ledger.create(operation).isPresent());
    logged();
    assertTrue(ledger.create(operation).isEmpty());
    assertEquals(List.of(), lines);
  }

  @Test
  void update_whenTaken_thenOnlyWhatIsNewIsLogged() {
    Versioned<Operation> created = ledger.create(operation).orElseThrow();
    logged();
    Versioned<Operation> seen =
        ledger.update(
            created,
            operation.sent(NOW).with(Event.of(NOW, "assignmentCreated", "\"a\"\n{b}", "call")));
    JsonNode line = json(lines.get(1));
    assertEquals("call", line.path("correlationId").asText());
    assertEquals("\"a\" {b}", line.path("detail").asText());
    assertEquals(List.of("queued", "assignmentCreated"), logged());
    ledger.update(seen, seen.value().recognizes("x"));
    assertEquals(List.of(), logged());
  }

  @Test
  void update_whenAnotherWasFaster_thenNothingIsLogged() {
    Versioned<Operation> created = ledger.create(operation).orElseThrow();
    ledger.update(created, operation.sent(NOW));
    logged();
    assertThrows(ConflictException.class, () -> ledger.update(created, operation.sees("x", NOW)));
    assertEquals(List.of(), lines);
  }

  @Test
  void close_whenItEnds_thenSaysAsWhatAndWhy() {
    Versioned<Operation> created = ledger.create(operation).orElseThrow();
    logged();
    Operation ended =
        operation.endsAs(new Ending(Status.FAILED, "expired", "too late", NOW)).ended(NOW, false);
    ledger.close(created, ended);
    assertFalse(json(lines.get(0)).has("status"));
    JsonNode line = json(lines.get(1));
    assertEquals("Failed", line.path("status").asText());
    assertEquals("expired", line.path("code").asText());
    assertEquals(List.of("expired", "ended"), logged());
  }
}
