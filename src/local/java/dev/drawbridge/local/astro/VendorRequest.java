package dev.drawbridge.local.astro;

/** What Astronomer's support is asked to do. */
public sealed interface VendorRequest
    permits PeeringRequest, HubConnectionRequest, PrivateEndpointRequest {
  /** What people call the connection: {@code peering}. */
  String what();
}
