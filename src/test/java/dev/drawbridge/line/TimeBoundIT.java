package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.azure.RoleTemplates;
import dev.drawbridge.local.arm.PrincipalSpec;
import dev.drawbridge.local.arm.PrincipalType;
import dev.drawbridge.local.arm.Replication;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import dev.drawbridge.local.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access that Azure itself ends at its time, by Privileged Identity Management. */
final class TimeBoundIT {
  private static final RoleTemplate ROLE =
      Objects.requireNonNull(RoleTemplates.load().get(ConnectionKind.VNET_PEERING));
  private static final String REQUESTS = "roleAssignmentScheduleRequests";

  /** What has to pass before Azure ends an assignment. */
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  private final Line line = Line.start(options -> options.withSetting("ASSIGNMENTS", "timeBound"));
  private final Administrator administrator = Administrator.of(line);

  @AfterEach
  void stop() {
    line.close();
  }

  private static String request(String ticket, String network, String expiresIn) {
    return """
        {"type": "vnet", "ticket": {"system": "zendesk", "id": "%s"}, "clusterId": "cluster-%s",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s", "vnetName": "%s",
         "expiresIn": "%s"}
        """
        .formatted(
            ticket,
            ticket,
            SampleWorld.TENANT,
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            network,
            expiresIn);
  }

  private String granted(String expiresIn) {
    String id = line.accept(request("1", SampleWorld.VNET, expiresIn));
    line.settle();
    assertEquals("granted", line.phase(id), line.operation(id)::toString);
    return id;
  }

  private RoleAssignment onlyAssignment() {
    List<RoleAssignment> all = line.vendorAssignments();
    assertEquals(1, all.size(), all.toString());
    return all.get(0);
  }

  /** What Astronomer is answered if it makes a peering now. */
  private int vendorTries(Line where) {
    where.astro.behave(Behaviour.connecting());
    return where.astro.tryNow(
        new PeeringRequest(
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            SampleWorld.VNET,
            "astro",
            SampleWorld.ASTRO_VNET_ID));
  }

  /** Drawbridge's calls that ask Privileged Identity Management for something. */
  private long asked() {
    return line.calls().stream().filter(call -> call.startsWith("PUT ")).count();
  }

  private List<String> requestTypes(RoleAssignment about) {
    List<String> types = new ArrayList<>();
    administrator
        .requests(about)
        .forEach(one -> types.add(one.path("properties").path("requestType").asText()));
    Collections.sort(types);
    return types;
  }

  @Test
  void request_whenTheVendorConnects_thenAccessComesAndGoes() {
    String id = granted("P1D");
    RoleAssignment assignment = onlyAssignment();
    assertNull(assignment.description(), "Azure's own, not ours");
    JsonNode made = administrator.requests(assignment).path(0).path("properties");
    assertEquals("2026-03-03T09:00:00Z", made.at("/scheduleInfo/expiration/endDateTime").asText());
    assertEquals(
        id, Marker.of(made.path("justification").asText()).orElseThrow().operation().toString());

    assertEquals(201, vendorTries(line));
    line.advance(SHORTEST);
    line.sweep();

    assertEquals("Succeeded", line.status(id), line.operation(id)::toString);
    assertEquals(List.of(), line.temporaryAssignments());
    assertFalse(line.roleIsDefined(ROLE.name()));
    assertEquals(403, vendorTries(line));
    assertEquals(List.of("AdminAssign", "AdminRemove"), requestTypes(assignment));
    assertEquals(
        List.of("connected", "assignmentDeleted", "accessGone", "roleDeleted", "ended"),
        line.events(id).subList(line.events(id).indexOf("connected"), line.events(id).size()));
  }

  /** The point of it: nothing of Drawbridge runs, and the access ends all the same. */
  @Test
  void expiry_whenNothingOfTheAppRuns_thenAzureHasEndedAccessAndTheNextSweepEndsTheOperation() {
    String id = granted("PT2H");
    line.azure.clock().advance(Duration.ofMinutes(119));
    assertEquals(201, vendorTries(line));
    assertTrue(
        line.azure
            .world()
            .removePeering(SampleWorld.VNET_ID, "astro")); // so that it does not confirm
    line.clearCalls();

    line.azure.clock().advance(Duration.ofMinutes(1));
    assertEquals(List.of(), line.calls());
    assertEquals(List.of(), line.vendorAssignments());
    assertEquals(403, vendorTries(line));

    line.sweep();
    assertEquals("Failed", line.status(id), line.operation(id)::toString);
    assertEquals("expired", line.errorCode(id));
    assertEquals("revoked", line.phase(id));
    assertTrue(line.events(id).contains("accessGone"));
    assertEquals(0, asked(), line.calls()::toString);
    assertFalse(line.roleIsDefined(ROLE.name()));
  }

  @Test
  void expiry_whenAssignmentsAreDirectAndNothingOfTheAppRuns_thenAccessStands() {
    try (Line direct = Line.start()) {
      String id = direct.accept(request("1", SampleWorld.VNET, "PT2H"));
      direct.settle();
      direct.azure.clock().advance(Duration.ofHours(3));
      assertEquals("granted", direct.phase(id));
      assertEquals(201, vendorTries(direct));
    }
  }

  @Test
  void cancel_whenAccessIsNotFiveMinutesOld_thenItWaitsWithoutAlarmAndIsThenTakenAway() {
    String id = granted("P1D");
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(SHORTEST.minusMinutes(1));
    assertEquals("Running", line.status(id));
    assertEquals(1, line.vendorAssignments().size());
    assertEquals(1, Collections.frequency(line.events(id), "revocationWaits"));

    line.run(Duration.ofMinutes(1));
    assertEquals("Canceled", line.status(id), line.operation(id)::toString);
    assertEquals(List.of(), line.vendorAssignments());
    assertEquals(List.of(), line.log.stream().filter(one -> one.startsWith("SEVERE")).toList());
    assertFalse(line.events(id).contains("accessOverdue"));
  }

  @Test
  void grant_whenAnotherNeedsItLonger_thenAzureEndsItAtTheLaterTime() {
    granted("PT1H");
    RoleAssignment first = onlyAssignment();
    String later = line.accept(request("2", "vnet-analytics", "PT3H"));
    line.settle();
    assertEquals("granted", line.phase(later), line.operation(later)::toString);
    assertEquals(first, onlyAssignment());
    assertEquals(List.of("AdminAssign", "AdminUpdate"), requestTypes(first));

    line.azure.clock().advance(Duration.ofHours(2));
    assertEquals(201, vendorTries(line));
    line.azure.clock().advance(Duration.ofHours(1));
    assertEquals(403, vendorTries(line));
  }

  /** The lists do not show the first yet: only the request's name tells that it is there. */
  @Test
  void grant_whenTheAnswerIsLostAndNoListShowsItYet_thenTheSameAgainDoesNotDouble() {
    line.azure.world().replicationDelay(Replication.LISTS, Duration.ofMinutes(2));
    line.azure.arm().armFaults().add(Fault.of("PUT", REQUESTS, 0, "", 1).losingTheAnswer());
    String id = line.accept(request("1", SampleWorld.VNET, "P1D"));
    line.settle();
    RoleAssignment made = onlyAssignment();

    line.run(Duration.ofMinutes(3));
    assertEquals("granted", line.phase(id), line.operation(id)::toString);
    assertEquals(made, onlyAssignment());
    assertEquals(List.of("AdminAssign"), requestTypes(made));
  }

  @Test
  void grant_whenItsMessageComesThreeTimesAtOnce_thenThereIsOneRequest() {
    String id = line.accept(request("1", SampleWorld.VNET, "P1D"));
    line.sendAgain(Line.PEERINGS, id);
    line.sendAgain(Line.PEERINGS, id);
    line.settle();
    assertEquals("granted", line.phase(id), line.operation(id)::toString);
    assertEquals(List.of("AdminAssign"), requestTypes(onlyAssignment()));
  }

  @Test
  void cancel_whenNoListShowsTheAssignmentYet_thenItIsTakenAwayAllTheSame() {
    line.azure.world().replicationDelay(Replication.LISTS, Duration.ofMinutes(30));
    String id = line.accept(request("1", SampleWorld.VNET, "P1D"));
    line.settle();
    assertEquals(1, line.vendorAssignments().size());
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());

    line.run(Duration.ofMinutes(8));
    assertEquals("Canceled", line.status(id), line.operation(id)::toString);
    assertEquals(List.of(), line.vendorAssignments());
  }

  /** Azure showed a revoked schedule for over three minutes in a test of others'. */
  @Test
  void end_whenTheListShowsItForAWhile_thenTheOperationWaitsForThat() {
    String id = granted("P1D");
    line.run(SHORTEST);
    line.azure.world().replicationDelay(Replication.LISTS, Duration.ofMinutes(4));
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.sweep();
    assertEquals("Running", line.status(id));
    assertEquals(List.of(), line.vendorAssignments());

    line.run(Duration.ofMinutes(5));
    assertEquals("Canceled", line.status(id), line.operation(id)::toString);
    assertFalse(line.events(id).contains("accessOverdue"));
  }

  @Test
  void orphan_whenTheLedgersRowsAreTakenOut_thenItIsFoundByItsRequestAndTakenAway() {
    String id = granted("P1D");
    LedgerRow.operation(line, id).delete();
    LedgerRow.onlyGrant(line).delete();
    line.advance(SHORTEST);
    line.azure.functions().runTimer("RemoveOrphans");
    line.sweep();
    assertEquals(List.of(), line.vendorAssignments());
    assertTrue(
        line.log.stream().anyMatch(one -> one.contains("event=orphanFound")), line.log.toString());
  }

  /** As Azure has it before the first request: the role, and the vendor's service principal. */
  private RoleAssignment foreign() {
    var world = line.azure.world();
    String vendor = "cccccccc-2222-3333-4444-dddddddddddd";
    world.addPrincipal(
        new PrincipalSpec(
            vendor,
            SampleWorld.ASTRONOMER_CLIENT_ID,
            "Astronomer",
            PrincipalType.APPLICATION,
            SampleWorld.ASTRONOMER_SECRET));
    String scope = "/subscriptions/" + SampleWorld.SUBSCRIPTION;
    String role =
        world
            .addCustomRole(ROLE.name(), "By hand.", List.copyOf(ROLE.actions()), List.of(scope))
            .name();
    RoleAssignment wanted = world.assign(vendor, role, scope);
    assertTrue(world.removeAssignment(wanted.name()));
    return wanted;
  }

  @Test
  void grant_whenSomebodyHasAssignedTheSameForATime_thenItIsRefusedAndNeverTouched() {
    administrator.request(
        "AdminAssign", foreign(), "for the migration", Line.START.plus(Duration.ofDays(30)));
    RoleAssignment theirs = onlyAssignment();
    String id = line.accept(request("1", SampleWorld.VNET, "PT1H"));
    line.settle();
    line.run(Duration.ofMinutes(8));

    assertEquals("Failed", line.status(id));
    assertEquals("foreignAssignment", line.errorCode(id));
    line.azure.clock().advance(Duration.ofHours(2));
    line.sweep();
    assertEquals(theirs, onlyAssignment());
    assertEquals(List.of("AdminAssign"), requestTypes(theirs));
    assertEquals(201, vendorTries(line));
  }

  @Test
  void grant_whenSomebodyHasAssignedTheSameForGood_thenItIsRefusedAndNeverTouched() {
    RoleAssignment wanted = foreign();
    line.azure.world().assign(wanted.principalId(), wanted.roleName(), wanted.scope().toString());
    RoleAssignment theirs = onlyAssignment();
    String id = line.accept(request("1", SampleWorld.VNET, "PT1H"));
    line.settle();
    line.run(Duration.ofMinutes(8));

    assertEquals("Failed", line.status(id));
    assertEquals("assignmentExists", line.errorCode(id));
    assertEquals(theirs, onlyAssignment());
    assertEquals(List.of(), requestTypes(theirs));
  }

  /** Also if the text is copied: a request of a person's has another name than ours. */
  @Test
  void revocation_whenSomebodyHasChangedTheSchedule_thenItIsNotTouchedAndTheOperationSaysSo() {
    String id = granted("P1D");
    RoleAssignment assignment = onlyAssignment();
    String ours =
        administrator
            .requests(assignment)
            .path(0)
            .path("properties")
            .path("justification")
            .asText();
    assertTrue(Marker.of(ours).isPresent());
    administrator.request("AdminUpdate", assignment, ours, Line.START.plus(Duration.ofDays(20)));
    line.run(SHORTEST);
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(2));

    assertEquals("Running", line.status(id));
    assertTrue(line.events(id).contains("revocationBlocked"), line.events(id).toString());
    assertEquals(assignment, onlyAssignment());
    assertEquals(List.of("AdminAssign", "AdminUpdate"), requestTypes(assignment));

    administrator.request("AdminRemove", assignment, "done", Line.START);
    line.run(Duration.ofMinutes(8));
    assertEquals("Canceled", line.status(id), line.operation(id)::toString);
  }

  @Test
  void grant_whenTheRolesSettingsForbidIt_thenItFailsAndNamesTheRuleAndTheWayOut() {
    line.azure
        .arm()
        .armFaults()
        .add(Fault.of("PUT", REQUESTS, 400, "RoleAssignmentRequestPolicyValidationFailed", 1));
    String id = line.accept(request("1", SampleWorld.VNET, "P1D"));
    line.settle();
    line.sweep();
    assertEquals("Failed", line.status(id));
    assertEquals("assignmentNotAllowed", line.errorCode(id));
    String message = line.operation(id).at("/error/message").asText();
    assertTrue(message.contains("ASSIGNMENTS=direct"), message);
    assertEquals(List.of(), line.temporaryAssignments());
  }
}
