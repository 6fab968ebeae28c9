package dev.drawbridge.local.astro;

/**
 * What Astronomer's support is asked to do.
 *
 * @param peeringName the name that the peering gets in the customer's network
 * @param remoteVnetId the id of the Astro cluster's own network
 */
public record PeeringRequest(
    String subscriptionId,
    String resourceGroup,
    String vnetName,
    String peeringName,
    String remoteVnetId) {

  /** The id of the customer's network. */
  public String vnetId() {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%s"
        .formatted(subscriptionId, resourceGroup, vnetName);
  }
}
