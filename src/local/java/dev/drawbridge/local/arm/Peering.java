package dev.drawbridge.local.arm;

/**
 * A peering of a virtual network, as an administrator sees it.
 *
 * @param state Initiated, Connected or Disconnected
 * @param syncLevel FullyInSync, RemoteNotInSync, LocalNotInSync or LocalAndRemoteNotInSync
 */
public record Peering(String name, String remoteVnetId, String state, String syncLevel) {
  public static Peering connected(String name, String remoteVnetId) {
    return new Peering(name, remoteVnetId, "Connected", "FullyInSync");
  }

  public static Peering initiated(String name, String remoteVnetId) {
    return new Peering(name, remoteVnetId, "Initiated", "RemoteNotInSync");
  }
}
