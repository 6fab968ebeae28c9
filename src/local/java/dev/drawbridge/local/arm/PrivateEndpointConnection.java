package dev.drawbridge.local.arm;

/**
 * A connection of a private endpoint to a resource, as an administrator sees it.
 *
 * @param id the connection's own, below the resource
 * @param endpointId the private endpoint, in its owner's subscription
 * @param status Pending, Approved, Rejected or Disconnected
 * @param description while pending the message of whoever asks, then that of whoever decided
 */
public record PrivateEndpointConnection(
    String id, String groupId, String endpointId, String status, String description) {
  /** The last segment of the id. */
  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
