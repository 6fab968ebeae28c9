package dev.drawbridge.local.astro;

/**
 * A request to connect the Astro cluster's network to a virtual hub.
 *
 * @param connectionName the name that the connection gets in the customer's hub
 * @param remoteVnetId the id of the Astro cluster's own network
 */
public record HubConnectionRequest(
    String subscriptionId,
    String resourceGroup,
    String hubName,
    String connectionName,
    String remoteVnetId)
    implements VendorRequest {

  /** The id of the customer's hub. */
  public String hubId() {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualHubs/%s"
        .formatted(subscriptionId, resourceGroup, hubName);
  }

  @Override
  public String what() {
    return "hub connection";
  }
}
