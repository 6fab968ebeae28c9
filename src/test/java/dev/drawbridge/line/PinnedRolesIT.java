package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.azure.RoleTemplates;
import dev.drawbridge.local.arm.Call;
import dev.drawbridge.local.arm.PrincipalSpec;
import dev.drawbridge.local.arm.PrincipalType;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.RoleDefinition;
import dev.drawbridge.local.arm.SampleWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The hardened deployment: infra makes the roles and names the vendor's principal. The app has no
 * right to write roles, and none in Microsoft Graph.
 */
final class PinnedRolesIT {
  private static final String VENDOR = "cccccccc-2222-3333-4444-dddddddddddd";
  private static final RoleTemplate PEERING = role(ConnectionKind.VNET_PEERING);
  private static final RoleTemplate APPROVER = role(ConnectionKind.PRIVATE_LINK);

  private final Line line =
      Line.start(
          options ->
              options
                  .withSetting("ROLE_DEFINITIONS", "pinned")
                  .withSetting("VENDOR_PRINCIPAL_ID", VENDOR));

  private static RoleTemplate role(ConnectionKind kind) {
    return Objects.requireNonNull(RoleTemplates.load().get(kind));
  }

  @BeforeEach
  void harden() {
    var world = line.azure.world();
    world.addPrincipal(
        new PrincipalSpec(
            VENDOR,
            SampleWorld.ASTRONOMER_CLIENT_ID,
            "Astronomer",
            PrincipalType.APPLICATION,
            SampleWorld.ASTRONOMER_SECRET));
    String writer =
        world.roleDefinitions().stream()
            .filter(role -> role.roleName().equals("Drawbridge Role Writer"))
            .map(RoleDefinition::name)
            .findFirst()
            .orElseThrow();
    for (RoleAssignment right : world.roleAssignments()) {
      if (right.roleName().equals(writer)) {
        assertTrue(world.removeAssignment(right.name()));
      }
    }
    assertFalse(
        world.permits(
            SampleWorld.DRAWBRIDGE_OBJECT_ID,
            "Microsoft.Authorization/roleDefinitions/write",
            SampleWorld.VNET_ID));
  }

  @AfterEach
  void stop() {
    line.close();
  }

  /** As infra does, under the id that Bicep's guid() gives. */
  private void deploy(RoleTemplate role) {
    line.azure
        .world()
        .addCustomRole(
            RoleTemplate.definitionId(UUID.fromString(SampleWorld.TENANT), role.name()),
            role.name(),
            role.description(),
            List.copyOf(role.actions()),
            List.of("/subscriptions/" + SampleWorld.SUBSCRIPTION));
  }

  private void assertWroteNoRoleAndAskedNoGraph() {
    assertTrue(line.calls().stream().anyMatch(call -> call.contains("roleDefinitions")));
    for (Call call : line.azure.arm().calls().calls()) {
      boolean own = "id-drawbridge".equals(call.principal());
      assertFalse(
          own && call.path().contains("roleDefinitions") && !call.method().equals("GET"),
          call.line());
      assertFalse(own && call.service().equals("graph"), call.line());
    }
  }

  @Test
  void line_whenTheRoleIsDeployed_thenIsAssignedTakenAwayAndStays() throws IOException {
    deploy(PEERING);
    String id = line.accept(Files.readString(Path.of("examples/vnet-peering.json")));
    line.settle();
    assertEquals("granted", line.phase(id));
    assertEquals(List.of(VENDOR), principals());
    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.run(Duration.ofMinutes(8));
    assertEquals("Canceled", line.status(id));
    assertEquals(List.of(), line.temporaryAssignments());
    assertTrue(line.roleIsDefined(PEERING.name()), "whoever deployed it deletes it");
    assertWroteNoRoleAndAskedNoGraph();
  }

  @Test
  void line_whenTheRoleIsNotDeployed_thenFailsAndSaysWhatToDeploy() throws IOException {
    String id = line.accept(Files.readString(Path.of("examples/vnet-peering.json")));
    line.settle();
    line.sweep();
    assertEquals("Failed", line.status(id));
    assertEquals("roleMissing", line.errorCode(id));
    String message = line.operation(id).at("/error/message").asText();
    assertTrue(message.contains("roleDefinitions=pinned"), message);
    assertEquals(List.of(), line.temporaryAssignments());
    assertWroteNoRoleAndAskedNoGraph();
  }

  /** Bicep's id is of the type as infra spells it; a request may spell it otherwise. */
  @Test
  void line_whenTheTypeIsSpeltOtherwise_thenTheDeployedRoleIsUsed() {
    deploy(APPROVER.forResourceType("Microsoft.Storage/storageAccounts"));
    String resource =
        SampleWorld.STORAGE_ID.replace(
            "Microsoft.Storage/storageAccounts", "microsoft.storage/STORAGEACCOUNTS");
    String id =
        line.accept(
            "/private-links",
            """
            {"ticket": {"system": "servicenow", "id": "RITM1"}, "clusterId": "cluster-one",
             "resourceId": "%s", "groupId": "blob", "approval": "drawbridge"}
            """
                .formatted(resource));
    line.settle();
    assertEquals("granted", line.phase(id), line.operation(id)::toString);
    assertEquals(List.of(SampleWorld.DRAWBRIDGE_OBJECT_ID), principals());
    assertWroteNoRoleAndAskedNoGraph();
  }

  private List<String> principals() {
    return line.temporaryAssignments().stream().map(RoleAssignment::principalId).toList();
  }
}
