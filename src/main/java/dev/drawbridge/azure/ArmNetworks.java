package dev.drawbridge.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.network.NetworkManager;
import com.azure.resourcemanager.network.fluent.models.HubVirtualNetworkConnectionInner;
import com.azure.resourcemanager.network.fluent.models.VirtualHubInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkPeeringInner;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.Hub;
import dev.drawbridge.access.NetworkState.HubConnection;
import dev.drawbridge.access.NetworkState.Peering;
import dev.drawbridge.access.NetworkState.Vnet;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.port.Networks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What Azure Resource Manager shows of networks, and of what they are connected to. */
public final class ArmNetworks implements Networks {
  private final Arm arm;
  private final PrivateLinkResources privateLinks;
  private final Map<UUID, NetworkManager> managers = new ConcurrentHashMap<>();

  public ArmNetworks(Arm arm) {
    this.arm = arm;
    this.privateLinks = new PrivateLinkResources(arm.rest());
  }

  @Override
  public Optional<NetworkState> inspect(ConnectionRequest request) {
    ResourceId target = request.target();
    return AzureFaults.call(
        "inspect " + target,
        () ->
            switch (request.kind()) {
              case VNET_PEERING -> vnet(target);
              case VHUB_PEERING -> hub(target);
              case PRIVATE_LINK -> privateLinks.inspect(target);
            });
  }

  @Override
  public Optional<NetworkState> read(ConnectionKind kind, ResourceId target) {
    return AzureFaults.call(
        "get " + target,
        () ->
            switch (kind) {
              case VNET_PEERING -> vnet(target);
              case VHUB_PEERING ->
                  AzureFaults.unlessAbsent(() -> new Hub(Optional.empty(), hubConnections(target)));
              case PRIVATE_LINK -> privateLinks.connections(target);
            });
  }

  @Override
  public String approve(ResourceId target, String connectionId, String message) {
    return AzureFaults.call(
        "approve " + connectionId, () -> privateLinks.approve(target, connectionId, message));
  }

  private Optional<NetworkState> vnet(ResourceId target) {
    return AzureFaults.unlessAbsent(
        () -> {
          VirtualNetworkInner vnet =
              manager(target)
                  .serviceClient()
                  .getVirtualNetworks()
                  .getByResourceGroupWithResponse(
                      target.resourceGroup(), target.name(), null, Context.NONE)
                  .getValue();
          List<VirtualNetworkPeeringInner> peerings = vnet.virtualNetworkPeerings();
          return new Vnet(
              peerings == null ? List.of() : peerings.stream().map(ArmNetworks::peering).toList());
        });
  }

  private Optional<NetworkState> hub(ResourceId target) {
    return AzureFaults.unlessAbsent(
        () -> {
          VirtualHubInner hub =
              manager(target)
                  .serviceClient()
                  .getVirtualHubs()
                  .getByResourceGroupWithResponse(
                      target.resourceGroup(), target.name(), Context.NONE)
                  .getValue();
          return new Hub(Optional.of(String.valueOf(hub.routingState())), hubConnections(target));
        });
  }

  private List<HubConnection> hubConnections(ResourceId target) {
    return manager(target)
        .serviceClient()
        .getHubVirtualNetworkConnections()
        .list(target.resourceGroup(), target.name())
        .stream()
        .map(ArmNetworks::hubConnection)
        .toList();
  }

  private NetworkManager manager(ResourceId target) {
    return managers.computeIfAbsent(target.subscription(), arm::networks);
  }

  private static Peering peering(VirtualNetworkPeeringInner shown) {
    return new Peering(
        shown.name(),
        String.valueOf(shown.peeringState()),
        String.valueOf(shown.peeringSyncLevel()),
        Optional.ofNullable(shown.remoteVirtualNetwork()).map(remote -> remote.id()));
  }

  private static HubConnection hubConnection(HubVirtualNetworkConnectionInner shown) {
    return new HubConnection(
        shown.name(),
        String.valueOf(shown.provisioningState()),
        Optional.ofNullable(shown.remoteVirtualNetwork()).map(remote -> remote.id()));
  }
}
