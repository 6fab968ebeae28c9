package dev.drawbridge.functions;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Observation;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Preflight;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TraceContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationViewTest {
  private static final Operation NEW = Samples.operation();
  private static final Operation GRANTED =
      NEW.sent(NOW)
          .passed(new Preflight.Passed(Set.of("secret-peering"), Map.of()))
          .intends(Samples.access())
          .granted(NOW);

  @Test
  void summary_whenNew_thenHasWhatAListNeeds() {
    JsonNode view = OperationView.summary(NEW);
    assertEquals(
        Set.of(
            "id",
            "kind",
            "status",
            "phase",
            "ticket",
            "clusterId",
            "target",
            "acceptedAt",
            "expiresAt"),
        names(view));
    assertEquals("vnet", view.path("kind").asText());
    assertEquals("NotStarted", view.path("status").asText());
    assertEquals("queued", view.path("phase").asText());
    assertEquals("zendesk", view.path("ticket").path("system").asText());
    assertEquals("12345", view.path("ticket").path("id").asText());
    assertEquals("2026-03-01T10:00:00Z", view.path("acceptedAt").asText());
    assertEquals("2026-03-04T10:00:00Z", view.path("expiresAt").asText());
    assertEquals(NEW.request().target().toString(), view.path("target").asText());
  }

  @Test
  void full_whenItIsPartOfATrace_thenHasItsId() {
    TraceContext trace = TraceContext.random();
    Operation traced = NEW.tracedBy(Optional.of(trace));
    assertEquals(trace.traceId(), OperationView.full(traced).path("traceId").asText());
    assertFalse(OperationView.summary(traced).has("traceId"));
  }

  @Test
  void full_whenNew_thenHasItsSupportTextAndEvents() {
    JsonNode view = OperationView.full(NEW);
    Set<String> expected = new TreeSet<>(names(OperationView.summary(NEW)));
    expected.add("supportText");
    expected.add("trail");
    expected.add("events");
    expected.add("notices");
    assertEquals(expected, names(view));
    assertEquals(NEW.supportText(), view.path("supportText").asText());
    assertEquals("intact", view.path("trail").asText());
    assertEquals(NEW.trail().head(), view.path("events").path(0).path("chain").asText());
    assertEquals("accepted", view.path("events").path(0).path("what").asText());
    assertFalse(view.path("events").path(0).has("correlationId"));
  }

  @Test
  void full_whenConnectedAndEnded_thenSaysWhoHeldWhatAndWhatCameOfIt() {
    Operation ended =
        GRANTED
            .with(Event.of(NOW, "assignmentCreated", "made", "correlation"))
            .connectedBy(new Observation.Connected("to-astro", "stands"), NOW)
            .ended(NOW, true);
    JsonNode view = OperationView.full(ended);
    assertEquals("Succeeded", view.path("status").asText());
    assertEquals("revoked", view.path("phase").asText());
    assertEquals("stands", view.path("observed").asText());
    assertEquals("to-astro", view.path("result").path("connection").asText());
    assertEquals("2026-03-01T10:00:00Z", view.path("endedAt").asText());
    assertFalse(view.has("error"));
    JsonNode access = view.path("access");
    assertEquals(
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/providers"
            + "/Microsoft.Authorization/roleAssignments/239ee648-4f01-5c4b-8ed8-398f270b8c6b",
        access.path("assignmentId").asText());
    assertEquals(Samples.access().scope(), access.path("scope").asText());
    assertEquals(Samples.access().roleName(), access.path("role").asText());
    assertEquals(Samples.PRINCIPAL.toString(), access.path("principalId").asText());
    assertEquals("correlation", view.path("events").path(2).path("correlationId").asText());
    assertFalse(view.toString().contains("secret-peering"), "others' connections are not shown");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELED"})
  void summary_whenEnding_thenOnlyAFailureIsAnError(Status status) {
    Operation ending = GRANTED.endsAs(new Ending(status, "code", "why", NOW));
    for (Operation operation : Set.of(ending, ending.ended(NOW, true))) {
      JsonNode view = OperationView.summary(operation);
      assertEquals(status == Status.FAILED, view.has("error"));
      assertEquals(operation.endedAt().isPresent(), view.has("endedAt"));
      assertEquals(
          operation.endedAt().isPresent() ? status.word() : "Running",
          view.path("status").asText());
    }
    assertTrue(ending.endedAt().isEmpty());
  }

  private static Set<String> names(JsonNode view) {
    Set<String> names = new TreeSet<>();
    view.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
