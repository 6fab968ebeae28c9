package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.LocalOptions;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is left behind, and what can't be taken away is said where people look. */
final class GuardIT {
  private static final String REVOKE = "{\"reason\": \"a leak\", \"dryRun\": false}";

  private final Line line = Line.start();

  @AfterEach
  void stop() {
    line.close();
  }

  @Test
  void orphanSweep_whenAGrantIsLostThatIsNeeded_thenItIsRestoredAndEndsAsItShould()
      throws IOException {
    String id = granted();
    RoleAssignment ours = line.vendorAssignments().get(0);
    lose(ours);
    line.azure.functions().runTimer("RemoveOrphans");
    assertTrue(logged("event=grantRestored assignment=" + ours.name()));
    assertEquals(1, line.vendorAssignments().size());
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(1));
    assertEquals("Canceled", line.status(id));
    assertEquals(List.of(), line.vendorAssignments());
  }

  @Test
  void sweep_whenAGrantIsLost_thenItsOperationDoesNotEndBeforeItsAccessIsSeenGone()
      throws IOException {
    String id = granted();
    lose(line.vendorAssignments().get(0));
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(2));
    assertEquals("Canceled", line.status(id));
    assertEquals(List.of(), line.vendorAssignments());
    assertTrue(line.events(id).contains("accessGone"), line.events(id).toString());
  }

  @Test
  void orphanSweep_whenNobodyNeedsAnAssignmentOfOurs_thenItGoes() throws IOException {
    String id = granted();
    RoleAssignment orphan = line.vendorAssignments().get(0);
    lose(orphan);
    table().deleteEntity("open", id);
    line.run(Duration.ofMinutes(1));
    assertEquals(1, line.vendorAssignments().size(), "the ledger knows nothing of it");
    line.azure.functions().runTimer("RemoveOrphans");
    assertTrue(logged("event=orphanFound assignment=" + orphan.name()));
    line.run(Duration.ofMinutes(1));
    assertEquals(List.of(), line.vendorAssignments());
  }

  @Test
  void orphanSweep_whenAnAssignmentOnlyLooksLikeOurs_thenIsLeftAlone() throws IOException {
    String id = granted();
    RoleAssignment ours = line.vendorAssignments().get(0);
    line.azure
        .world()
        .assign(ours.principalId(), ours.roleName(), SampleWorld.VNET_ID, ours.description());
    line.azure.functions().runTimer("RemoveOrphans");
    line.run(Duration.ofMinutes(1));
    assertEquals(2, line.vendorAssignments().size(), "it has our marker and another's name");
    assertFalse(logged("event=orphanFound"));
    assertEquals("granted", line.phase(id));
  }

  @Test
  void orphanSweep_whenSomebodyHasRemovedAnAssignment_thenItIsNotMadeAgainAndTheOperationSaysSo()
      throws IOException {
    String id = granted();
    assertTrue(line.azure.world().removeAssignment(line.vendorAssignments().get(0).name()));
    line.advance(Duration.ofMinutes(11));
    line.azure.functions().runTimer("RemoveOrphans");
    assertTrue(line.events(id).contains("assignmentMissing"), line.events(id).toString());
    line.run(Duration.ofMinutes(2));
    assertEquals(List.of(), line.vendorAssignments());
    line.tell();
    assertTrue(
        Line.steps(line.azure.tickets().zendesk().conversation(line.tickets.vnet()))
            .contains("attention"));
  }

  @Test
  void revocation_whenALockKeepsTheAssignment_thenThatIsToldAndItGoesOnceTheLockIsGone()
      throws IOException {
    String id = granted();
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.azure.world().lock("/subscriptions/" + SampleWorld.SUBSCRIPTION);
    line.run(Duration.ofMinutes(5));
    assertTrue(logged("event=accessOverdue"), String.join("\n", line.log));
    assertTrue(logged("event=revocationFailing"));
    JsonNode health = line.api.get("/health").body();
    assertEquals("overdue", health.path("status").asText(), health.toString());
    assertEquals(1, health.path("overdue").size(), health.toString());
    assertFalse(health.toString().contains("subscriptions"), "health needs no key: " + health);
    line.tell();
    assertTrue(
        line.azure.tickets().zendesk().conversation(line.tickets.vnet()).stream()
            .anyMatch(
                comment ->
                    comment.text().contains("/attention]")
                        && comment.text().contains("CanNotDelete")));
    assertEquals("Running", line.status(id));
    line.azure.world().unlock("/subscriptions/" + SampleWorld.SUBSCRIPTION);
    line.run(Duration.ofMinutes(1));
    assertEquals("Canceled", line.status(id));
    assertEquals(List.of(), line.vendorAssignments());
    assertEquals("ok", line.api.get("/health").body().path("status").asText());
  }

  @Test
  void revokeAll_whenItIsMeant_thenAllAccessIsGoneAndNoneIsGivenUntilItIsResumed()
      throws IOException {
    String id = granted();
    JsonNode planned = line.api.post("/manage/revoke-all", "{\"reason\": \"a drill\"}").body();
    assertEquals(id, planned.path("operations").path(0).asText());
    assertEquals(1, planned.path("assignments").size());
    assertEquals(1, line.vendorAssignments().size(), "a dry run changes nothing");

    JsonNode left = line.api.post("/manage/revoke-all", REVOKE).body();
    assertEquals(List.of(), line.vendorAssignments());
    assertEquals(0, left.path("assignments").size(), left.toString());
    assertEquals("allRevoked", line.errorCode(id));
    JsonNode health = line.api.get("/health").body();
    assertTrue(health.path("grantsStopped").has("since"), health.toString());
    assertFalse(health.toString().contains("a leak"), "health needs no key: " + health);
    ApiClient.Answer refused = line.api.post("/peerings", request("777"));
    assertEquals(503, refused.status());
    assertEquals("urn:drawbridge:problem:grantsStopped", refused.body().path("type").asText());

    assertEquals(200, line.api.post("/manage/resume", REVOKE).status());
    String again = line.accept(request("777"));
    line.settle();
    assertEquals("granted", line.phase(again));
  }

  @Test
  void revokeAll_whenARequestWaitsOnTheQueue_thenItIsNotGranted() throws IOException {
    line.azure.serviceBus().refuseSends(1_000);
    ApiClient.Answer written = line.api.post("/peerings", request("778"));
    assertEquals(503, written.status());
    line.azure.serviceBus().refuseSends(0);
    String id = line.api.get("/operations").body().path("operations").path(0).path("id").asText();
    assertEquals(200, line.api.post("/manage/revoke-all", REVOKE).status());
    line.sendAgain(Line.PEERINGS, id);
    line.settle();
    line.run(Duration.ofMinutes(16));
    assertEquals("allRevoked", line.errorCode(id));
    assertEquals(List.of(), line.vendorAssignments());
  }

  @Test
  void manage_whenOnlyAFunctionKeyIsGiven_thenIsRefused() throws IOException {
    try (Line strict = Line.start(options -> options.withKeys(true))) {
      for (String route : List.of("/manage/revoke-all", "/manage/resume")) {
        assertEquals(
            401,
            strict
                .api(Map.of("x-functions-key", LocalOptions.FUNCTION_KEY))
                .post(route, REVOKE)
                .status(),
            route);
        assertEquals(
            200,
            strict
                .api(Map.of("x-functions-key", LocalOptions.MASTER_KEY))
                .post(route, REVOKE)
                .status(),
            route);
      }
    }
  }

  private String granted() throws IOException {
    String id = line.accept(request(line.tickets.vnet()));
    line.settle();
    assertEquals(1, line.vendorAssignments().size());
    assertTrue(OperationId.ifValid(id).isPresent());
    return id;
  }

  /** Somebody deletes the grant's row. */
  private void lose(RoleAssignment assignment) {
    table().deleteEntity("grants", assignment.name());
  }

  private TableClient table() {
    return new TableClientBuilder()
        .connectionString(line.azure.tables().connectionString())
        .tableName("drawbridge")
        .buildClient();
  }

  private boolean logged(String text) {
    return line.log.stream().anyMatch(one -> one.contains(text));
  }

  private static String request(String ticket) throws IOException {
    return Files.readString(Path.of("examples", "vnet-peering.json")).replace("12345", ticket);
  }
}
