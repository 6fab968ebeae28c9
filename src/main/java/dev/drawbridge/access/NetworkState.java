package dev.drawbridge.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Azure shows of a target at one moment. */
public sealed interface NetworkState {

  /** A virtual network and its peerings. */
  record Vnet(List<Peering> peerings) implements NetworkState {
    public Vnet {
      peerings = List.copyOf(peerings);
    }
  }

  /**
   * One peering of a virtual network.
   *
   * @param state Initiated, Connected or Disconnected
   * @param sync FullyInSync, RemoteNotInSync, LocalNotInSync or LocalAndRemoteNotInSync
   * @param remote the other network's id, where Azure shows one
   */
  record Peering(String name, String state, String sync, Optional<String> remote) {}

  /**
   * A virtual hub and its connections to virtual networks.
   *
   * @param routingState None, Provisioned, Provisioning or Failed; absent where only the
   *     connections were read
   */
  record Hub(Optional<String> routingState, List<HubConnection> connections)
      implements NetworkState {
    public Hub {
      connections = List.copyOf(connections);
    }
  }

  /**
   * One connection of a virtual hub.
   *
   * @param provisioningState Succeeded, Updating, Deleting, Failed, Creating or Canceled
   * @param remote the connected network's id, where Azure shows one
   */
  record HubConnection(String name, String provisioningState, Optional<String> remote) {}

  /**
   * A resource that can be reached over Private Link, and the private endpoints connected to it.
   *
   * @param groups what can be connected to; empty where only the connections were read
   */
  record PrivateLinkTarget(List<Group> groups, List<EndpointConnection> connections)
      implements NetworkState {
    public PrivateLinkTarget {
      groups = List.copyOf(groups);
      connections = List.copyOf(connections);
    }
  }

  /**
   * One sub-resource of a resource, such as a storage account's {@code blob}.
   *
   * @param members the names that an endpoint for it resolves, such as registry_data_westeurope
   * @param zones the private DNS zones that it needs, such as privatelink.blob.core.windows.net
   */
  record Group(String id, List<String> members, List<String> zones) {
    public Group {
      members = List.copyOf(members);
      zones = List.copyOf(zones);
    }
  }

  /**
   * One private endpoint's connection to a resource.
   *
   * @param status Pending, Approved, Rejected or Disconnected
   * @param message what its maker wrote, or whoever changed its status since
   * @param endpoint the private endpoint's id, where Azure shows one
   * @param groupIds what it connects to; empty where the resource's provider does not show it
   */
  record EndpointConnection(
      String id, String status, String message, Optional<String> endpoint, Set<String> groupIds) {
    public EndpointConnection {
      groupIds = Set.copyOf(groupIds);
    }
  }
}
