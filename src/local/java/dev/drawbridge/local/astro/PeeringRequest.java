package dev.drawbridge.local.astro;

/**
 * A request for a peering with the Astro cluster's network.
 *
 * @param peeringName the name that the peering gets in the customer's network
 * @param remoteVnetId the id of the Astro cluster's own network
 */
public record PeeringRequest(
    String subscriptionId,
    String resourceGroup,
    String vnetName,
    String peeringName,
    String remoteVnetId)
    implements VendorRequest {

  /** The id of the customer's network. */
  public String vnetId() {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%s"
        .formatted(subscriptionId, resourceGroup, vnetName);
  }

  @Override
  public String what() {
    return "peering";
  }
}
