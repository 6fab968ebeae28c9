package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Virtual networks; reading one shows its peerings. */
final class VirtualNetworks implements ResourceType {
  static final String TYPE = "Microsoft.Network/virtualNetworks";

  @Override
  public String name() {
    return TYPE;
  }

  @Override
  public List<String> apiVersions() {
    return ResourceTypes.NETWORK_VERSIONS;
  }

  @Override
  public ObjectNode write(
      ResourceId id, Optional<ObjectNode> before, ObjectNode body, Resources all) {
    if (Json.text(body, "location").isEmpty()) {
      throw new ArmException(
          400, "LocationRequired", "The location property is required for this definition.");
    }
    if (body.path("properties").path("addressSpace").path("addressPrefixes").isEmpty()) {
      throw new ArmException(
          400,
          "InvalidRequestFormat",
          "Cannot parse the request: properties.addressSpace.addressPrefixes is missing.");
    }
    ObjectNode stored = body.deepCopy();
    ObjectNode properties = stored.withObject("properties");
    // Peerings are resources of their own here: reading puts them in again.
    properties.remove("virtualNetworkPeerings");
    properties.put("provisioningState", "Succeeded");
    properties.put(
        "resourceGuid",
        before
            .flatMap(last -> Json.text(last.path("properties"), "resourceGuid"))
            .orElseGet(() -> UUID.randomUUID().toString()));
    properties.withArray("subnets");
    stored.put("etag", ResourceTypes.etag());
    return stored;
  }

  @Override
  public ObjectNode read(ResourceId id, ObjectNode stored, Resources all) {
    ObjectNode shown = stored.deepCopy();
    shown
        .withObject("properties")
        .set("virtualNetworkPeerings", Json.array(all.below(id, VirtualNetworkPeerings.TYPE)));
    return shown;
  }
}
