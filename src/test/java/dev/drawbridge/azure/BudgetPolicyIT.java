package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.ManagedIdentityTokens;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.http.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** The budget between the real SDK's clients and a local Azure. */
final class BudgetPolicyIT {
  private static final UUID VENDOR = UUID.fromString(SampleWorld.ASTRONOMER_CLIENT_ID);
  private static final RoleTemplate ROLE =
      Objects.requireNonNull(RoleTemplates.load().get(ConnectionKind.VNET_PEERING));
  private static final Access ACCESS =
      new Access(ArmFixture.SUBSCRIPTION_SCOPE, "Reader", UUID.randomUUID(), UUID.randomUUID());

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  private ArmNetworks networks;
  private ArmAccessControl accessControl;
  private GraphDirectory directory;

  @BeforeEach
  void makeClients() {
    Arm arm =
        new Arm(
            new ManagedIdentityTokens(azure.arm.identityEndpoint(), azure.arm.identityHeader()),
            UUID.fromString(SampleWorld.TENANT),
            URI.create(azure.arm.armEndpoint().toString()),
            URI.create(azure.arm.graphEndpoint().toString()),
            azure.clock);
    networks = new ArmNetworks(arm);
    accessControl = new ArmAccessControl(arm, List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    directory = new GraphDirectory(arm);
  }

  @Test
  void call_whenTheBudgetIsSpent_thenItIsRefusedHereAndOtherLanesAreCalled() {
    for (int i = 0; i < Budget.Kind.READ.size; i++) {
      read(SampleWorld.VNET_ID);
    }
    azure.arm.calls().clear();

    assertRefused("1", () -> read(SampleWorld.VNET_ID));
    assertEquals(List.of(), azure.arm.calls().calls("arm"));
    read(SampleWorld.HUB_VNET_ID);
    assertEquals(Optional.empty(), accessControl.find(ACCESS));
    directory.servicePrincipalOf(VENDOR);
    assertEquals(2, azure.arm.calls().calls("arm").size());

    azure.clock.advance(Duration.ofSeconds(1));
    read(SampleWorld.VNET_ID);
  }

  @Test
  void call_whenAzureAskedForAPause_thenNoneOfThatLaneIsMadeAndTheFaultIsTheSameEverywhere() {
    throttle(".*", "roleDefinitions", 429, "60");
    azure.arm.calls().clear();

    PassingFault told =
        assertThrows(
            PassingFault.class, () -> accessControl.findRole(ROLE, ArmFixture.SUBSCRIPTION_SCOPE));
    assertEquals("TooManyRequests", told.code());
    assertEquals(Optional.of(Duration.ofSeconds(60)), told.retryAfter());
    assertEquals(1, azure.arm.calls().calls("arm").size());

    assertRefused("60", () -> accessControl.findRole(ROLE, ArmFixture.GROUP_SCOPE));
    assertRefused("60", () -> accessControl.find(ACCESS));
    assertRefused("60", () -> accessControl.assign(ACCESS, "[drawbridge]"));
    assertRefused("60", () -> accessControl.unassign(ACCESS));
    assertRefused("60", () -> accessControl.defineRole(ROLE, ACCESS));
    assertRefused("60", () -> accessControl.deleteRole(ACCESS));
    assertEquals(1, azure.arm.calls().calls("arm").size());

    read(SampleWorld.VNET_ID);
    azure.clock.advance(Duration.ofSeconds(60));
    assertEquals(Optional.empty(), accessControl.find(ACCESS));
  }

  @Test
  void call_whenAProviderIsAway_thenItsRetryAfterIsHeeded() {
    throttle("GET", "vnet-data", 503, "7");

    assertThrows(PassingFault.class, () -> read(SampleWorld.VNET_ID));
    assertRefused("7", () -> read(SampleWorld.VNET_ID));
    assertRefused("7", () -> read(SampleWorld.STORAGE_ID));
    assertRefused(
        "7",
        () ->
            networks.approve(
                ResourceId.parse(SampleWorld.STORAGE_ID),
                SampleWorld.STORAGE_ID + "/privateEndpointConnections/x",
                ""));
  }

  @Test
  void call_whenAzureThrottlesWithoutSayingForHowLong_thenTheNextOneIsMade() {
    azure.arm.armFaults().add(Fault.of("GET", "vnet-data", 429, "TooManyRequests", 1));

    assertThrows(PassingFault.class, () -> read(SampleWorld.VNET_ID));
    read(SampleWorld.VNET_ID);
  }

  @Test
  void call_whenGraphAsksForAPause_thenOnlyGraphIsLeftAlone() {
    azure
        .arm
        .graphFaults()
        .add(Fault.of("GET", "servicePrincipals", 429, "TooManyRequests", 1).retryAfter("30"));

    assertThrows(PassingFault.class, () -> directory.servicePrincipalOf(VENDOR));
    assertRefused("30", () -> directory.servicePrincipalOf(VENDOR));
    read(SampleWorld.VNET_ID);
    azure.clock.advance(Duration.ofSeconds(30));
    directory.servicePrincipalOf(VENDOR);
  }

  private void throttle(String method, String path, int status, String seconds) {
    azure
        .arm
        .armFaults()
        .add(Fault.of(method, path, status, "TooManyRequests", 1).retryAfter(seconds));
  }

  private void read(String id) {
    ConnectionKind kind =
        id.contains("virtualNetworks") ? ConnectionKind.VNET_PEERING : ConnectionKind.PRIVATE_LINK;
    assertTrue(networks.read(kind, ResourceId.parse(id)).isPresent());
  }

  private static void assertRefused(String seconds, Executable call) {
    PassingFault refused = assertThrows(PassingFault.class, call);
    assertEquals("throttledHere", refused.code());
    assertFalse(refused.effectUnknown());
    assertEquals(Optional.of(Duration.ofSeconds(Long.parseLong(seconds))), refused.retryAfter());
  }
}
