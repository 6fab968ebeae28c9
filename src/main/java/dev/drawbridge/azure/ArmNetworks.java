package dev.drawbridge.azure;

import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.network.NetworkManager;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkPeeringInner;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.Peering;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.port.Networks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What Azure Resource Manager shows of networks: one GET a target. */
public final class ArmNetworks implements Networks {
  private final Arm arm;
  private final Map<UUID, NetworkManager> managers = new ConcurrentHashMap<>();

  public ArmNetworks(Arm arm) {
    this.arm = arm;
  }

  @Override
  public Optional<NetworkState> read(ConnectionKind kind, ResourceId target) {
    return switch (kind) {
      case VNET_PEERING -> readVnet(target);
    };
  }

  private Optional<NetworkState> readVnet(ResourceId target) {
    NetworkManager manager = managers.computeIfAbsent(target.subscription(), arm::networks);
    return AzureFaults.call(
        "get " + target,
        () -> {
          try {
            VirtualNetworkInner vnet =
                manager
                    .serviceClient()
                    .getVirtualNetworks()
                    .getByResourceGroupWithResponse(
                        target.resourceGroup(), target.name(), null, Context.NONE)
                    .getValue();
            List<VirtualNetworkPeeringInner> peerings = vnet.virtualNetworkPeerings();
            return Optional.of(
                new NetworkState.Vnet(
                    peerings == null
                        ? List.of()
                        : peerings.stream().map(ArmNetworks::peering).toList()));
          } catch (ManagementException e) {
            if (AzureFaults.status(e) == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static Peering peering(VirtualNetworkPeeringInner shown) {
    return new Peering(
        shown.name(),
        String.valueOf(shown.peeringState()),
        String.valueOf(shown.peeringSyncLevel()),
        Optional.ofNullable(shown.remoteVirtualNetwork()).map(remote -> remote.id()));
  }
}
