package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody writes to the ledger's storage account or to the queue. The app's identity may assign
 * any role to anyone here: nothing but Drawbridge itself stands between the forgery and Azure.
 */
final class TamperedLedgerIT {
  private static final String ALLOWED =
      SampleWorld.SUBSCRIPTION + "," + SampleWorld.OTHER_SUBSCRIPTION;
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  private final Line line =
      Line.start(
          options ->
              options
                  .withSetting("ALLOWED_SUBSCRIPTIONS", ALLOWED)
                  .withSetting("GRANT_SCOPE", "target"));

  @AfterEach
  void stop() {
    line.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/access/principalId, " + SampleWorld.STRANGER_OBJECT_ID + ", recordDiffers",
    "/access/principalId, " + SampleWorld.DRAWBRIDGE_OBJECT_ID + ", recordDiffers",
    "/access/scope, /subscriptions/" + SampleWorld.SUBSCRIPTION + ", recordDiffers",
    "/access/scope, /subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION + ", recordDiffers",
    "/access/roleName, Owner, recordDiffers",
    "/access/roleId, " + OWNER + ", roleReplaced",
    "/request/subscriptionId, cccccccc-0000-1111-2222-dddddddddddd, notAllowed",
    "/request/tenantId, cccccccc-0000-1111-2222-dddddddddddd, notAllowed",
    "/expiresAt, 2036-03-02T09:00:00Z, notAllowed",
  })
  void grant_whenTheRowOfAWaitingOperationIsForged_thenNothingIsGivenAndItFails(
      String member, String value, String code) throws IOException {
    Set<String> before = assignments();
    String id = acceptedAndThrottled();
    LedgerRow.operation(line, id).set(member, value);

    line.advance(Duration.ofMinutes(20));
    assertEquals(before, assignments(), "something was given");
    line.run(Duration.ofMinutes(10));
    assertEquals(before, assignments());
    assertEquals(code, line.errorCode(id));
    assertEquals("Failed", line.status(id));
  }

  @Test
  void access_whenTheOperationsTimeIsPutOff_thenEndsWhenItWasToEnd() throws IOException {
    String id = granted();
    LedgerRow.operation(line, id).set("/expiresAt", "2036-03-02T09:00:00Z");
    line.advance(Duration.ofDays(3));
    line.sweep();
    assertEquals(List.of(), line.temporaryAssignments());
  }

  @Test
  void trail_whenAnEventIsForged_thenItIsToldAndAccessEndsAllTheSame() throws IOException {
    String id = granted();
    assertEquals("intact", line.operation(id).path("trail").asText());
    LedgerRow.operation(line, id).set("/events/0/detail", "from ticket zendesk/1 by nobody");
    assertEquals("broken", line.operation(id).path("trail").asText());
    assertTrue(line.log.contains("SEVERE event=auditBroken operation=" + id));

    assertEndsWithItsAccess(id);
    assertEquals(List.of(), line.temporaryAssignments());
    assertEquals("broken", line.operation(id).path("trail").asText());
  }

  @Test
  void access_whenTheOperationsRowIsTakenOut_thenEndsAtTheNextSweep() throws IOException {
    String id = granted();
    LedgerRow.operation(line, id).delete();
    line.sweep();
    assertEquals(List.of(), line.temporaryAssignments());
  }

  @Test
  void end_whenTheGrantsRowIsTakenOut_thenTheOperationEndsOnlyWithItsAccess() throws IOException {
    String id = granted();
    LedgerRow.onlyGrant(line).delete();
    assertEndsWithItsAccess(id);
  }

  @Test
  void end_whenTheGrantsRowSaysThatAccessIsGone_thenTheOperationEndsOnlyWithItsAccess()
      throws IOException {
    String id = granted();
    LedgerRow.onlyGrant(line).set("/goneAt", "2026-03-02T09:00:00Z");
    assertEndsWithItsAccess(id);
  }

  /** It is a person who has to look then: nothing is known of who holds the access. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null"})
  void end_whenTheGrantsRowCanNotBeRead_thenTheOperationDoesNotEndUntilTheRowIsRemoved(String row)
      throws IOException {
    String id = granted();
    LedgerRow grant = LedgerRow.onlyGrant(line);
    grant.setDocument(row);
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(3));
    assertEquals("Running", line.status(id));
    assertTrue(line.log.stream().anyMatch(text -> text.contains("left to the next sweep")));

    grant.delete();
    line.run(Duration.ofMinutes(3));
    assertEquals("Canceled", line.status(id));
    assertEquals(List.of(), line.temporaryAssignments());
  }

  @Test
  void revocation_whenTheGrantsRowNamesAForeignAssignment_thenThatIsNotTouched()
      throws IOException {
    Set<String> before = assignments();
    String id = granted();
    LedgerRow.onlyGrant(line).set("/access/principalId", SampleWorld.DRAWBRIDGE_OBJECT_ID);
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(10));
    assertTrue(assignments().containsAll(before), "a foreign assignment was deleted");
    assertEquals("Running", line.status(id));
  }

  @Test
  void message_whenItIsForged_thenNothingIsGiven() throws IOException {
    Set<String> before = assignments();
    String id = acceptedAndThrottled();
    String more = "\"scope\":\"/\",\"principalId\":\"" + SampleWorld.STRANGER_OBJECT_ID + "\"";
    send(Line.PEERINGS, "{\"version\":1,\"operation\":\"%s\",\"attempt\":0}".formatted(id));
    send(Line.PEERINGS, "{\"version\":1,\"operation\":\"%s\",\"attempt\":7}".formatted(id));
    send(Line.PRIVATE_LINKS, "{\"version\":1,\"operation\":\"%s\",\"attempt\":1}".formatted(id));
    send(
        Line.PEERINGS,
        "{\"version\":1,\"operation\":\"%s\",\"attempt\":0,%s}".formatted(OWNER, more));
    line.settle();
    assertEquals(before, assignments());

    send(
        Line.PEERINGS, "{\"version\":1,\"operation\":\"%s\",\"attempt\":1,%s}".formatted(id, more));
    line.settle();
    assertEquals("granted", line.phase(id), "the message is right, and brings it forward");
    assertEquals(List.of(SampleWorld.VNET_ID), scopes(line.temporaryAssignments()));
    assertEquals(List.of(SampleWorld.VNET_ID), scopes(line.vendorAssignments()));
  }

  private void assertEndsWithItsAccess(String id) {
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    for (int i = 0; i < 12 && !line.status(id).equals("Canceled"); i++) {
      line.run(Duration.ofMinutes(1));
      boolean ended = line.status(id).equals("Canceled");
      assertFalse(ended && !line.temporaryAssignments().isEmpty(), "ended, and access stands");
    }
    assertEquals("Canceled", line.status(id));
  }

  private String granted() throws IOException {
    String id = line.accept(request());
    line.settle();
    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());
    return id;
  }

  /** Its access is written down, and its first attempt to make it was put off. */
  private String acceptedAndThrottled() throws IOException {
    line.azure.arm().armFaults().add(Fault.of("PUT", "roleAssignments", 429, "TooManyRequests", 1));
    String id = line.accept(request());
    line.settle();
    assertEquals("queued", line.phase(id));
    return id;
  }

  private static String request() throws IOException {
    return Files.readString(Path.of("examples", "vnet-peering.json"));
  }

  private void send(String queue, String body) {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(line.azure.serviceBus().connectionString())
            .sender()
            .queueName(queue)
            .buildClient()) {
      sender.sendMessage(new ServiceBusMessage(body));
    }
  }

  private Set<String> assignments() {
    return line.azure.world().roleAssignments().stream()
        .map(one -> one.name() + " " + one.scope() + " " + one.principalId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> scopes(List<RoleAssignment> assignments) {
    return assignments.stream().map(one -> one.scope().toString()).toList();
  }
}
