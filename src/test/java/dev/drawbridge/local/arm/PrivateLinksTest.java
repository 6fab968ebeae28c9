package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.PrivateLinkFixture.ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrivateLinksTest {
  private static final String STORAGE = SampleWorld.STORAGE_ID;
  private static final String VENDOR = SampleWorld.ASTRONOMER_CLIENT_ID;

  private final LocalClock clock = LocalClock.standingAt(ArmFixture.START);
  private final World world = World.sample(clock);

  @Test
  void pendingConnection_whenGroupIsThereInAnyCase_thenPendingWithTheMessage() {
    PrivateEndpointConnection made = world.pendingConnection(STORAGE, "BLOB", ENDPOINT, "Code X7");

    assertEquals("blob", made.groupId());
    assertEquals("Pending", made.status());
    assertEquals("Code X7", made.description());
    assertEquals(List.of(made), world.privateEndpointConnections(STORAGE));
  }

  @Test
  void pendingConnection_whenTheEndpointHasOne_thenThatOne() {
    PrivateEndpointConnection made = world.pendingConnection(STORAGE, "blob", ENDPOINT, "One");

    assertEquals(made, world.pendingConnection(STORAGE, "blob", ENDPOINT, "Two"));
    assertEquals(1, world.privateEndpointConnections(STORAGE).size());
  }

  @Test
  void pendingConnection_whenAzureWouldNotMakeIt_thenItsCode() {
    assertRefused("ResourceNotFound", STORAGE + "2", "blob", "");
    assertRefused("InvalidRequestFormat", STORAGE, "vault", "");
    assertRefused("InvalidRequestFormat", SampleWorld.VNET_ID, "blob", "");
    assertRefused("InvalidRequestFormat", STORAGE, "blob", "x".repeat(141));
    assertEquals(
        140,
        world.pendingConnection(STORAGE, "blob", ENDPOINT, "x".repeat(140)).description().length());
  }

  @Test
  void requestConnection_whenTheVendorMayNotApprove_thenPending() {
    assertEquals("Pending", request(ENDPOINT).status());
    Principal vendor = addVendor();
    world.assign(vendor.objectId(), "Reader", STORAGE);

    PrivateEndpointConnection second = request(ENDPOINT + "-2");

    assertEquals("Pending", second.status());
    assertEquals("Code X7", second.description());
  }

  @Test
  void requestConnection_whenTheVendorMayApprove_thenApprovedAndTheMessageIsNotShown() {
    RoleAssignment lent = lendTo(addVendor());

    PrivateEndpointConnection made = request(ENDPOINT);

    assertEquals("Approved", made.status());
    assertEquals("Auto-Approved", made.description());
    world.removeAssignment(lent.name());
    assertEquals("Pending", request(ENDPOINT + "-2").status());
  }

  @Test
  void requestConnection_whenAccessReplicatesSlowly_thenPendingUntilItHas() {
    world.replicationDelay(Replication.ACCESS, Duration.ofMinutes(5));
    lendTo(addVendor());

    assertEquals("Pending", request(ENDPOINT).status());
    clock.advance(Duration.ofMinutes(5));
    assertEquals("Approved", request(ENDPOINT + "-2").status());
  }

  @Test
  void setConnectionStatus_whenTheProviderHasIt_thenSet() {
    PrivateEndpointConnection made =
        world.pendingConnection(SampleWorld.KEY_VAULT_ID, "vault", ENDPOINT, "Please");

    world.setConnectionStatus(made.id(), "Disconnected", "The endpoint is gone.");

    PrivateEndpointConnection now =
        world.privateEndpointConnections(SampleWorld.KEY_VAULT_ID).get(0);
    assertEquals("Disconnected", now.status());
    assertEquals("The endpoint is gone.", now.description());
  }

  @Test
  void setConnectionStatus_whenUnknownMissingOrNotOfTheProvider_thenRefused() {
    PrivateEndpointConnection made = world.pendingConnection(STORAGE, "blob", ENDPOINT, "");

    for (String status : List.of("Disconnected", "Gone", "approved")) {
      assertThrows(
          IllegalArgumentException.class, () -> world.setConnectionStatus(made.id(), status, ""));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> world.setConnectionStatus(made.id() + "-2", "Approved", ""));
  }

  @Test
  void addPrivateLinkResource_whenTheTypeHasNone_thenRefused() {
    assertThrows(
        ArmException.class,
        () -> world.addPrivateLinkResource(SampleWorld.VNET_ID, "westeurope", Map.of()));
  }

  private PrivateEndpointConnection request(String endpointId) {
    return world.requestConnection(VENDOR, STORAGE, "blob", endpointId, "Code X7");
  }

  private void assertRefused(String code, String resourceId, String groupId, String message) {
    ArmException refused =
        assertThrows(
            ArmException.class,
            () -> world.pendingConnection(resourceId, groupId, ENDPOINT, message));
    assertEquals(code, refused.code());
  }

  private Principal addVendor() {
    return world.addPrincipal(
        new PrincipalSpec(
            "33333333-aaaa-bbbb-cccc-dddddddddddd",
            VENDOR,
            "Astronomer",
            PrincipalType.APPLICATION,
            SampleWorld.ASTRONOMER_SECRET));
  }

  private RoleAssignment lendTo(Principal vendor) {
    RoleDefinition role =
        world.addCustomRole(
            "Approver",
            "",
            List.of("Microsoft.Storage/storageAccounts/privateEndpointConnectionsApproval/action"),
            List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    return world.assign(vendor.objectId(), role.name(), STORAGE);
  }
}
