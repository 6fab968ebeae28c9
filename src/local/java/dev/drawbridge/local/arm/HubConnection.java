package dev.drawbridge.local.arm;

/**
 * A connection of a virtual network to a virtual hub, as an administrator sees it.
 *
 * @param provisioningState Succeeded, Updating, Failed, or another of Azure's
 */
public record HubConnection(String name, String remoteVnetId, String provisioningState) {
  public static HubConnection succeeded(String name, String remoteVnetId) {
    return new HubConnection(name, remoteVnetId, "Succeeded");
  }

  public static HubConnection updating(String name, String remoteVnetId) {
    return new HubConnection(name, remoteVnetId, "Updating");
  }

  public static HubConnection failed(String name, String remoteVnetId) {
    return new HubConnection(name, remoteVnetId, "Failed");
  }
}
