package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.network.fluent.VirtualNetworkPeeringsClient;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkPeeringInner;
import com.azure.resourcemanager.network.models.AddressSpace;
import com.azure.resourcemanager.network.models.ProvisioningState;
import com.azure.resourcemanager.network.models.VirtualNetworkPeeringLevel;
import com.azure.resourcemanager.network.models.VirtualNetworkPeeringState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkIT {
  private static final String GROUP = SampleWorld.RESOURCE_GROUP;
  private static final String VNET = SampleWorld.VNET;

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void get_whenThere_thenWithItsPeerings() {
    VirtualNetworkInner vnet =
        azure.drawbridge().network().getVirtualNetworks().getByResourceGroup(GROUP, VNET);

    assertEquals(SampleWorld.VNET_ID, vnet.id());
    assertEquals(List.of("10.20.0.0/16"), vnet.addressSpace().addressPrefixes());
    assertEquals(ProvisioningState.SUCCEEDED, vnet.provisioningState());
    assertNotNull(vnet.etag());
    assertNotNull(vnet.resourceGuid());
    VirtualNetworkPeeringInner peering = vnet.virtualNetworkPeerings().get(0);
    assertEquals(SampleWorld.BASELINE_PEERING, peering.name());
    assertEquals(VirtualNetworkPeeringState.CONNECTED, peering.peeringState());
    assertEquals(VirtualNetworkPeeringLevel.FULLY_IN_SYNC, peering.peeringSyncLevel());
    assertEquals(SampleWorld.HUB_VNET_ID, peering.remoteVirtualNetwork().id());
    assertEquals(1, azure.arm.calls().calls("arm").size());
  }

  @Test
  void get_whenCaseDiffers_thenTheSameNetwork() {
    VirtualNetworkInner vnet =
        azure
            .drawbridge()
            .network()
            .getVirtualNetworks()
            .getByResourceGroup("RG-Network", "VNET-DATA");

    assertEquals(SampleWorld.VNET_ID, vnet.id());
  }

  @Test
  void list_whenAtGroupOrSubscription_thenItsNetworks() {
    NetworkManagementClient network = azure.drawbridge().network();

    assertEquals(2, network.getVirtualNetworks().listByResourceGroup(GROUP).stream().count());
    assertEquals(2, network.getVirtualNetworks().list().stream().count());
    azure.world.pageSize(1);
    assertEquals(2, network.getVirtualNetworks().list().stream().count());
  }

  @Test
  void put_whenNetworkContributor_thenMadeAndUpdated() {
    NetworkManagementClient network = contributor();
    VirtualNetworkInner wanted = new VirtualNetworkInner();
    wanted.withLocation("westeurope");
    wanted.withAddressSpace(new AddressSpace().withAddressPrefixes(List.of("10.40.0.0/16")));

    VirtualNetworkInner made =
        network.getVirtualNetworks().createOrUpdate(GROUP, "vnet-new", wanted);
    wanted.withAddressSpace(new AddressSpace().withAddressPrefixes(List.of("10.41.0.0/16")));
    VirtualNetworkInner updated =
        network.getVirtualNetworks().createOrUpdate(GROUP, "vnet-new", wanted);

    assertEquals(List.of("10.41.0.0/16"), updated.addressSpace().addressPrefixes());
    assertEquals(made.resourceGuid(), updated.resourceGuid());
    assertNotEquals(made.etag(), updated.etag());
  }

  @Test
  void put_whenPeeringToAnotherTenant_thenInitiatedUntilTheOtherSideIsMade() {
    VirtualNetworkPeeringsClient peerings = contributor().getVirtualNetworkPeerings();

    VirtualNetworkPeeringInner made =
        peerings.createOrUpdate(GROUP, VNET, "astro", to(SampleWorld.ASTRO_VNET_ID));
    assertEquals(VirtualNetworkPeeringState.INITIATED, made.peeringState());
    assertEquals(VirtualNetworkPeeringLevel.REMOTE_NOT_IN_SYNC, made.peeringSyncLevel());
    assertEquals(ProvisioningState.SUCCEEDED, made.provisioningState());

    azure.world.createRemoteSide(SampleWorld.VNET_ID, "astro");
    VirtualNetworkPeeringInner now = peerings.get(GROUP, VNET, "astro");
    assertEquals(VirtualNetworkPeeringState.CONNECTED, now.peeringState());
    assertEquals(VirtualNetworkPeeringLevel.FULLY_IN_SYNC, now.peeringSyncLevel());
    assertEquals(2, peerings.list(GROUP, VNET).stream().count());

    VirtualNetworkPeeringInner again =
        peerings.createOrUpdate(GROUP, VNET, "astro", to(SampleWorld.ASTRO_VNET_ID));
    assertEquals(VirtualNetworkPeeringState.CONNECTED, again.peeringState());
  }

  @Test
  void put_whenBothSidesAreInTheTenant_thenBothBecomeConnected() {
    VirtualNetworkPeeringsClient peerings = contributor().getVirtualNetworkPeerings();
    peerings.createOrUpdate(GROUP, VNET, "there", to(SampleWorld.OTHER_VNET_ID));

    peerings.createOrUpdate(GROUP, "vnet-analytics", "back", to(SampleWorld.VNET_ID));

    assertEquals(
        VirtualNetworkPeeringState.CONNECTED, peerings.get(GROUP, VNET, "there").peeringState());
    peerings.delete(GROUP, "vnet-analytics", "back");
    assertEquals(
        VirtualNetworkPeeringState.DISCONNECTED, peerings.get(GROUP, VNET, "there").peeringState());
    peerings.delete(GROUP, "vnet-analytics", "back");
    Sdk.assertRefused(404, "NotFound", () -> peerings.get(GROUP, "vnet-analytics", "back"));
  }

  @Test
  void put_whenTwoPeeringsToOneNetwork_then400() {
    VirtualNetworkPeeringsClient peerings = contributor().getVirtualNetworkPeerings();
    peerings.createOrUpdate(GROUP, VNET, "one", to(SampleWorld.ASTRO_VNET_ID));

    Sdk.assertRefused(
        400,
        "AnotherPeeringAlreadyReferencesRemoteVnet",
        () -> peerings.createOrUpdate(GROUP, VNET, "two", to(SampleWorld.ASTRO_VNET_ID)));
  }

  @Test
  void put_whenParentOrRemoteIsMissing_thenRefused() {
    VirtualNetworkPeeringsClient peerings = contributor().getVirtualNetworkPeerings();

    Sdk.assertRefused(
        404,
        "ParentResourceNotFound",
        () -> peerings.createOrUpdate(GROUP, "none", "p", to(SampleWorld.ASTRO_VNET_ID)));
    Sdk.assertRefused(
        400,
        "InvalidRequestFormat",
        () -> peerings.createOrUpdate(GROUP, VNET, "p", new VirtualNetworkPeeringInner()));
    Sdk.assertRefused(404, "ResourceNotFound", () -> peerings.list(GROUP, "none").stream().count());
  }

  @Test
  void put_whenNoPeerAction_thenLinkedAuthorizationFailed() {
    Principal halfway = azure.newPrincipal("halfway");
    azure.world.addCustomRole(
        "Writes peerings",
        "",
        List.of("Microsoft.Network/virtualNetworks/virtualNetworkPeerings/*"),
        List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    azure.world.assign(halfway.objectId(), "Writes peerings", GROUP_SCOPE);

    Sdk.assertRefused(
        403,
        "LinkedAuthorizationFailed",
        () ->
            azure
                .as(halfway)
                .network()
                .getVirtualNetworkPeerings()
                .createOrUpdate(GROUP, VNET, "p", to(SampleWorld.ASTRO_VNET_ID)));
  }

  @Test
  void delete_whenLocked_then409() {
    azure.world.lock(SampleWorld.VNET_ID);

    Sdk.assertRefused(
        409,
        "ScopeLocked",
        () ->
            contributor()
                .getVirtualNetworkPeerings()
                .delete(GROUP, VNET, SampleWorld.BASELINE_PEERING));
  }

  @Test
  void get_whenMissing_thenAzuresCodes() {
    NetworkManagementClient network = azure.drawbridge().network();

    Sdk.assertRefused(
        404,
        "ResourceNotFound",
        () -> network.getVirtualNetworks().getByResourceGroup(GROUP, "none"));
    Sdk.assertRefused(
        404,
        "ResourceGroupNotFound",
        () -> network.getVirtualNetworks().getByResourceGroup("none", VNET));
  }

  private NetworkManagementClient contributor() {
    Principal contributor = azure.newPrincipal("network-contributor");
    azure.world.assign(contributor.objectId(), "Network Contributor", GROUP_SCOPE);
    return azure.as(contributor).network();
  }

  private static VirtualNetworkPeeringInner to(String remoteVnetId) {
    return new VirtualNetworkPeeringInner()
        .withRemoteVirtualNetwork(new SubResource().withId(remoteVnetId));
  }
}
