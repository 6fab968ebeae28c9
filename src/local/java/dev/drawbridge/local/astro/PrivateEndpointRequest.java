package dev.drawbridge.local.astro;

import dev.drawbridge.local.arm.SampleWorld;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A request for a private endpoint in the Astro cluster's network.
 *
 * @param resourceId what it leads to
 * @param groupId which part of that
 * @param message what the owner of the resource is to see, at most 140 characters
 */
public record PrivateEndpointRequest(String resourceId, String groupId, String message)
    implements VendorRequest {

  /** The id of the endpoint, in Astronomer's own subscription; each request has its own. */
  public String endpointId() {
    UUID unique = UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8));
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/privateEndpoints/pe-%s"
        .formatted(SampleWorld.ASTRO_SUBSCRIPTION, SampleWorld.ASTRO_RESOURCE_GROUP, unique);
  }

  @Override
  public String what() {
    return "private endpoint";
  }
}
