package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.putNull;
import static dev.drawbridge.access.Samples.ticket;
import static dev.drawbridge.access.Samples.valid;
import static dev.drawbridge.access.Samples.violations;
import static dev.drawbridge.access.Samples.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's ticket: an object within it. */
class TicketTest {

  @Test
  void parse_whenTheTicketIsNoObject_thenSaysSo() {
    for (Object ticket : List.of("zendesk/1", 5, List.of(), true)) {
      assertEquals(Map.of("/ticket", "must be an object"), violations(with("ticket", ticket)));
    }
    Map<String, Object> fields = Samples.fields();
    putNull(fields, "ticket");
    assertEquals(Map.of("/ticket", "is required"), violations(fields));
  }

  @Test
  void parse_whenTheTicketHasOtherMembers_thenEachIsNamed() {
    Map<String, Object> ticket = ticket(5, List.of());
    ticket.put("a/b~c", null);
    assertEquals(
        Map.of(
            "/ticket/system", "must be a string",
            "/ticket/id", "must be a string",
            "/ticket/a~1b~0c", "is not a field of this request"),
        violations(with("ticket", ticket)));
    assertEquals(
        Map.of("/ticket/system", "is required", "/ticket/id", "is required"),
        violations(with("ticket", Map.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "a, 1",
    "service-now, INC0012345",
    "jira, OPS-7",
    "zendesk9, 9",
    "x, a.b_c-d",
    "github, x"
  })
  void parse_whenTheTicketIsWellFormed_thenIsRead(String system, String id) {
    assertEquals(
        new Ticket(system, id), valid(with("ticket", ticket(system, id))).terms().ticket());
  }

  @Test
  void parse_whenTheTicketIsAtTheLongest_thenIsTakenAndOneMoreIsNot() {
    valid(with("ticket", ticket("s".repeat(32), "1".repeat(100))));
    assertEquals(
        Set.of("/ticket/system", "/ticket/id"),
        violations(with("ticket", ticket("s".repeat(33), "1".repeat(101)))).keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-1", ".", "..", "a/b", "1\n", "1 2", "#1", "<b>", "é", "a\u202eb"})
  void parse_whenTheTicketIdIsHostile_thenIsRefused(String id) {
    assertEquals(Set.of("/ticket/id"), violations(with("ticket", ticket("zendesk", id))).keySet());
  }
}
