package dev.drawbridge.access;

import java.util.List;
import java.util.Optional;

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
}
