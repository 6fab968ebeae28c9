package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.network.fluent.HubVirtualNetworkConnectionsClient;
import com.azure.resourcemanager.network.fluent.models.HubVirtualNetworkConnectionInner;
import com.azure.resourcemanager.network.fluent.models.VirtualHubInner;
import com.azure.resourcemanager.network.models.ProvisioningState;
import com.azure.resourcemanager.network.models.RoutingState;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VirtualHubIT {
  private static final String GROUP = SampleWorld.RESOURCE_GROUP;
  private static final String HUB = SampleWorld.HUB;

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void get_whenThere_thenItsStateIsShown() {
    VirtualHubInner hub =
        azure.drawbridge().network().getVirtualHubs().getByResourceGroup(GROUP, HUB);

    assertEquals(SampleWorld.HUB_ID, hub.id());
    assertEquals("10.100.0.0/23", hub.addressPrefix());
    assertEquals(ProvisioningState.SUCCEEDED, hub.provisioningState());
    assertEquals(RoutingState.PROVISIONED, hub.routingState());
    azure.world.setHubState(SampleWorld.HUB_ID, "Updating", "Failed");
    hub = azure.drawbridge().network().getVirtualHubs().getByResourceGroup(GROUP, HUB);
    assertEquals(ProvisioningState.UPDATING, hub.provisioningState());
    assertEquals(RoutingState.FAILED, hub.routingState());
  }

  @Test
  void list_whenAtGroupOrSubscription_thenItsHubs() {
    var hubs = azure.drawbridge().network().getVirtualHubs();

    assertEquals(3, hubs.listByResourceGroup(GROUP).stream().count());
    assertEquals(
        List.of("hub-neu", "hub-new", "hub-weu"),
        hubs.list().stream().map(VirtualHubInner::name).toList());
    Sdk.assertRefused(404, "ResourceNotFound", () -> hubs.getByResourceGroup(GROUP, "hub-nowhere"));
  }

  @Test
  void put_whenNetworkContributor_thenMadeReadyAndKeptSo() {
    VirtualHubInner wanted = new VirtualHubInner();
    wanted.withLocation("westeurope");
    wanted.withAddressPrefix("10.100.8.0/23");
    var hubs = azure.as(contributor()).network().getVirtualHubs();

    VirtualHubInner made = hubs.createOrUpdate(GROUP, "hub-mine", wanted);

    assertEquals(RoutingState.PROVISIONED, made.routingState());
    azure.world.setHubState(made.id(), "Succeeded", "Failed");
    assertEquals(
        RoutingState.FAILED, hubs.createOrUpdate(GROUP, "hub-mine", wanted).routingState());
    wanted.withAddressPrefix(null);
    Sdk.assertRefused(
        400, "InvalidRequestFormat", () -> hubs.createOrUpdate(GROUP, "hub-mine", wanted));
  }

  @Test
  void connections_whenRead_thenStateAndRemote() {
    var connections = azure.drawbridge().network().getHubVirtualNetworkConnections();

    HubVirtualNetworkConnectionInner only = connections.list(GROUP, HUB).iterator().next();

    assertEquals(SampleWorld.HUB_CONNECTION, only.name());
    assertEquals(ProvisioningState.SUCCEEDED, only.provisioningState());
    assertTrue(only.remoteVirtualNetwork().id().endsWith("/vnet-shared"));
    assertFalse(only.enableInternetSecurity());
    assertEquals(only.id(), connections.get(GROUP, HUB, SampleWorld.HUB_CONNECTION).id());
    assertEquals(0, connections.list(GROUP, SampleWorld.OTHER_HUB).stream().count());
    Sdk.assertRefused(404, "NotFound", () -> connections.get(GROUP, HUB, "nowhere"));
    Sdk.assertRefused(
        404, "ResourceNotFound", () -> connections.list(GROUP, "nowhere").stream().count());
  }

  @Test
  void put_whenTheNetworkIsInTheTenant_thenConnectedUntilDeleted() {
    HubVirtualNetworkConnectionsClient connections =
        azure.as(contributor()).network().getHubVirtualNetworkConnections();

    HubVirtualNetworkConnectionInner made =
        connections.createOrUpdate(GROUP, HUB, "mine", to(SampleWorld.VNET_ID));

    assertEquals(ProvisioningState.SUCCEEDED, made.provisioningState());
    assertTrue(
        azure
            .world
            .hubConnections(SampleWorld.HUB_ID)
            .contains(HubConnection.succeeded("mine", SampleWorld.VNET_ID)));
    connections.delete(GROUP, HUB, "mine");
    connections.delete(GROUP, HUB, "mine");
    assertEquals(1, azure.world.hubConnections(SampleWorld.HUB_ID).size());
  }

  @Test
  void put_whenTheNetworkIsElsewhere_thenUpdatingUntilTheOtherSideIsDone() {
    String token = azure.token(contributor(), "https://management.azure.com");

    HttpResponse<String> made = put(SampleWorld.HUB_ID, SampleWorld.ASTRO_VNET_ID, token);

    assertEquals(201, made.statusCode());
    assertEquals("Updating", state(made));
    azure.world.setHubConnectionState(SampleWorld.HUB_ID, "astro", "Succeeded");
    assertEquals("Succeeded", state(put(SampleWorld.HUB_ID, SampleWorld.ASTRO_VNET_ID, token)));
    azure.world.setHubConnectionState(SampleWorld.HUB_ID, "astro", "Failed");
    HttpResponse<String> again = put(SampleWorld.HUB_ID, SampleWorld.ASTRO_VNET_ID, token);
    assertEquals(200, again.statusCode());
    assertEquals("Updating", state(again));
  }

  @Test
  void put_whenTheHubIsStillBeingMade_thenAnotherOperationIsInProgress() {
    String token = azure.token(contributor(), "https://management.azure.com");

    HttpResponse<String> refused = put(SampleWorld.NEW_HUB_ID, SampleWorld.ASTRO_VNET_ID, token);

    assertEquals(429, refused.statusCode());
    assertEquals("AnotherOperationInProgress", ArmFixture.errorCode(refused));
    azure.world.setHubState(SampleWorld.NEW_HUB_ID, "Succeeded", "Provisioned");
    assertEquals(201, put(SampleWorld.NEW_HUB_ID, SampleWorld.ASTRO_VNET_ID, token).statusCode());
  }

  @Test
  void put_whenAlreadyConnectedOrNothingIsNamed_thenRefused() {
    HubVirtualNetworkConnectionsClient connections =
        azure.as(contributor()).network().getHubVirtualNetworkConnections();
    connections.createOrUpdate(GROUP, HUB, "mine", to(SampleWorld.VNET_ID));

    Sdk.assertRefused(
        400,
        "BadRequest",
        () ->
            connections.createOrUpdate(
                GROUP, SampleWorld.OTHER_HUB, "other", to(SampleWorld.VNET_ID)));
    Sdk.assertRefused(
        400,
        "InvalidRequestFormat",
        () ->
            connections.createOrUpdate(
                GROUP, HUB, "empty", new HubVirtualNetworkConnectionInner()));
    Sdk.assertRefused(
        404,
        "ParentResourceNotFound",
        () -> connections.createOrUpdate(GROUP, "nowhere", "c", to(SampleWorld.OTHER_VNET_ID)));
  }

  @Test
  void put_whenOnlyConnectionsMayBeWritten_thenNotToANetworkOfTheTenant() {
    Principal connector = azure.newPrincipal("connector");
    azure.world.addCustomRole(
        "Connects hubs",
        "",
        List.of("Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/write"),
        List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    String token = azure.token(connector, "https://management.azure.com");
    HttpResponse<String> before = put(SampleWorld.HUB_ID, SampleWorld.ASTRO_VNET_ID, token);
    azure.world.assign(connector.objectId(), "Connects hubs", SampleWorld.HUB_ID);

    assertEquals("AuthorizationFailed", ArmFixture.errorCode(before));
    assertEquals(
        "LinkedAuthorizationFailed",
        ArmFixture.errorCode(put(SampleWorld.HUB_ID, SampleWorld.VNET_ID, token)));
    assertEquals(403, put(SampleWorld.OTHER_HUB_ID, SampleWorld.ASTRO_VNET_ID, token).statusCode());
    assertEquals(201, put(SampleWorld.HUB_ID, SampleWorld.ASTRO_VNET_ID, token).statusCode());
  }

  @Test
  void world_whenConnectionsArePutByHand_thenAsGiven() {
    HubConnection failed = HubConnection.failed("bad", SampleWorld.ASTRO_VNET_ID);

    azure.world.putHubConnection(SampleWorld.OTHER_HUB_ID, failed);

    assertEquals(List.of(failed), azure.world.hubConnections(SampleWorld.OTHER_HUB_ID));
    assertTrue(azure.world.removeHubConnection(SampleWorld.OTHER_HUB_ID, "bad"));
    assertFalse(azure.world.removeHubConnection(SampleWorld.OTHER_HUB_ID, "bad"));
    assertThrows(
        IllegalArgumentException.class,
        () -> azure.world.setHubConnectionState(SampleWorld.OTHER_HUB_ID, "bad", "Failed"));
  }

  /** Without the SDK, which would wait for the end of a long-running operation or try again. */
  private HttpResponse<String> put(String hubId, String remoteVnetId, String token) {
    return azure.send(
        "PUT",
        URI.create(
            "%s%s/hubVirtualNetworkConnections/astro?api-version=2025-03-01"
                .formatted(azure.arm.armEndpoint(), hubId)),
        token,
        VirtualNetworks.connectionTo(remoteVnetId).toString());
  }

  private static String state(HttpResponse<String> response) {
    return ArmFixture.json(response).path("properties").path("provisioningState").asText();
  }

  private Principal contributor() {
    Principal contributor = azure.newPrincipal("network-contributor");
    azure.world.assign(contributor.objectId(), "Network Contributor", GROUP_SCOPE);
    return contributor;
  }

  private static HubVirtualNetworkConnectionInner to(String remoteVnetId) {
    return new HubVirtualNetworkConnectionInner()
        .withRemoteVirtualNetwork(new SubResource().withId(remoteVnetId));
  }
}
