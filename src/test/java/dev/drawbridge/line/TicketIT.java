package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.astro.SupportRequest;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.tickets.Comment;
import dev.drawbridge.local.tickets.Delivery;
import dev.drawbridge.local.tickets.LocalTickets;
import dev.drawbridge.local.tickets.TicketSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ticket from its approval to the comment that its access is gone. */
final class TicketIT {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> ALL =
      List.of("accepted", "accessGranted", "connected", "accessRevoked");

  /** The systems, each with its sample ticket and what a comment is written with. */
  enum Vendor {
    ZENDESK(LocalTickets::zendesk, "PUT", "/api/v2/tickets/"),
    JIRA(LocalTickets::jira, "POST", "/comment"),
    SERVICENOW(LocalTickets::serviceNow, "PATCH", "/api/now/table/");

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
    private final Function<LocalTickets, TicketSystem> of;

    private final String method;
    private final String path;

    Vendor(Function<LocalTickets, TicketSystem> of, String method, String path) {
      this.of = of;
      this.method = method;
      this.path = path;
    }

    TicketSystem in(Line line) {
      return of.apply(line.azure.tickets());
    }

    String ticket(Line line) {
      return switch (this) {
        case ZENDESK -> line.tickets.vnet();
        case JIRA -> line.tickets.vhub();
        case SERVICENOW -> line.tickets.privateLink();
      };
    }

    Fault fault(int status, int times) {
      return Fault.of(method, path, status, "TestFault", times);
    }
  }

  private final Line line = Line.start();

  @AfterEach
  void stop() {
    line.close();
  }

  @ParameterizedTest
  @EnumSource
  void ticket_whenItIsApproved_thenReadsEachStepOnceToTheEnd(Vendor system) throws IOException {
    String id = approve(system);
    connect(id);
    line.tell();
    assertEquals("Succeeded", line.status(id));
    List<String> told = steps(system);
    assertEquals(ALL, told.stream().filter(step -> !step.startsWith("waiting")).toList());
    List<Comment> conversation = system.in(line).conversation(system.ticket(line));
    assertTrue(
        conversation.stream()
            .anyMatch(
                comment ->
                    comment.text().contains("Astro Cluster ID: clz4q8v1k000108l5d2x9f7ah")
                        && comment.text().contains("/accessGranted]")),
        "the text for Astronomer's support");
    String operation = line.operation(id).toString();
    assertTrue(operation.contains("\"outcome\":\"told\""), operation);
    line.tell();
    assertEquals(told, steps(system), "nothing is told twice");
    line.settle();
    assertEquals(1, line.api.get("/operations").body().path("operations").size(), "no loop");
  }

  @ParameterizedTest
  @EnumSource
  void ticket_whenItsSystemIsDown_thenAccessComesAndGoesAndItIsToldLater(Vendor system)
      throws IOException {
    String id = approve(system, () -> system.in(line).setDown(true));
    connect(id);
    assertEquals("Succeeded", line.status(id));
    assertEquals(List.of(), line.temporaryAssignments());
    assertEquals(List.of(), steps(system));
    system.in(line).setDown(false);
    for (int i = 0; i < 30; i++) {
      line.advance(Duration.ofMinutes(2));
      line.tell();
    }
    assertTrue(steps(system).containsAll(ALL), steps(system).toString());
  }

  @ParameterizedTest
  @EnumSource
  void ticket_whenTheAnswerToACommentIsLost_thenItIsNotWrittenAgain(Vendor system)
      throws IOException {
    approve(system, () -> system.in(line).faults().add(system.fault(0, 1).losingTheAnswer()));
    assertEquals(List.of("accepted"), steps(system), "written, but nobody knows");
    line.advance(Duration.ofMinutes(2));
    line.tell();
    assertEquals(List.of("accepted", "accessGranted"), steps(system));
  }

  @ParameterizedTest
  @EnumSource
  void ticket_whenItsSystemAsksToWait_thenIsLeftAloneForSoLong(Vendor system) throws IOException {
    approve(system, () -> system.in(line).faults().add(system.fault(429, 1).retryAfter("300")));
    assertEquals(List.of(), steps(system));
    line.advance(Duration.ofSeconds(299));
    line.tell();
    assertEquals(List.of(), steps(system));
    line.advance(Duration.ofSeconds(1));
    line.tell();
    assertEquals(List.of("accepted", "accessGranted"), steps(system));
  }

  @Test
  void ticket_whenNothingCanBeToldForADay_thenTheOperationSaysSoAndIsPutAway() throws IOException {
    Vendor system = Vendor.ZENDESK;
    String id = approve(system, () -> system.in(line).faults().add(system.fault(503, 9_999)));
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(1));
    assertEquals("Canceled", line.status(id));
    for (Duration passed = Duration.ZERO;
        passed.compareTo(DAY.plusHours(2)) < 0;
        passed = passed.plusMinutes(20)) {
      line.advance(Duration.ofMinutes(20));
      line.tell();
    }
    JsonNode operation = line.operation(id);
    List<String> outcomes =
        Stream.iterate(0, i -> i < operation.path("notices").size(), i -> i + 1)
            .map(i -> operation.path("notices").get(i).path("outcome").asText())
            .distinct()
            .toList();
    assertEquals(List.of("givenUp"), outcomes);
    assertTrue(line.events(id).contains("notTold"));
    assertTrue(
        line.log.stream()
            .anyMatch(text -> text.startsWith("SEVERE") && text.contains("is never told")));
  }

  @Test
  void ticket_whenItIsClosed_thenItsAccessIsTakenAwayAndItReadsSo() throws IOException {
    Vendor system = Vendor.ZENDESK;
    String id = approve(system);
    assertFalse(line.temporaryAssignments().isEmpty());
    Delivery closed = system.in(line).close(system.ticket(line), "bo");
    assertEquals(202, closed.status(), closed.answer());
    line.run(Duration.ofMinutes(1));
    line.tell();
    assertEquals("Canceled", line.status(id));
    assertEquals(List.of(), line.temporaryAssignments());
    assertEquals(List.of("accepted", "accessGranted", "canceled", "accessRevoked"), steps(system));
  }

  @Test
  void secrets_whenAllIsTold_thenAreInNoLogAndNoRecord() throws IOException {
    for (Vendor system : Vendor.values()) {
      String id = approve(system, () -> system.in(line).faults().add(system.fault(401, 1)));
      line.advance(Duration.ofMinutes(5));
      line.tell();
      String all = String.join("\n", line.log) + line.operation(id);
      for (String secret :
          List.of(
              "local-zendesk-token",
              "local-jira-token",
              "local-servicenow-password",
              "local-zendesk-secret",
              "Basic ")) {
        assertFalse(all.contains(secret), secret);
      }
    }
  }

  private List<String> steps(Vendor system) {
    return Line.steps(system.in(line).conversation(system.ticket(line)));
  }

  private String approve(Vendor system) throws IOException {
    return approve(system, () -> {});
  }

  /**
   * Approves the system's ticket, and waits for its access.
   *
   * @param first what happens between the approval and the grant, so that no comment is before it
   */
  private String approve(Vendor system, Runnable first) throws IOException {
    first.run();
    Delivery delivery = system.in(line).approve(system.ticket(line), "ana");
    assertEquals(202, delivery.status(), delivery.answer());
    line.settle();
    return new ObjectMapper().readTree(delivery.answer()).path("id").asText();
  }

  /** Astronomer connects, as the operation's support text asks it to. */
  private void connect(String id) {
    int status =
        line.astro.tryNow(
            SupportRequest.read(line.operation(id).path("supportText").asText(), "astro"));
    assertTrue(status < 300, "Astronomer was answered with " + status);
    line.run(Duration.ofMinutes(4));
  }
}
