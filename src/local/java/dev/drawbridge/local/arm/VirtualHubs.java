package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Hubs of a virtual WAN. */
final class VirtualHubs implements ResourceType {
  static final String TYPE = "Microsoft.Network/virtualHubs";

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
    ResourceTypes.requireLocation(body);
    if (Json.text(body.path("properties"), "addressPrefix").isEmpty()) {
      throw new ArmException(
          400,
          "InvalidRequestFormat",
          "Cannot parse the request: properties.addressPrefix is missing.");
    }
    ObjectNode stored = body.deepCopy();
    ObjectNode properties = stored.withObject("properties");
    Json.putIfMissing(properties, "sku", "Standard");
    Json.putIfMissing(properties, "allowBranchToBranchTraffic", false);
    Json.putIfMissing(properties, "hubRoutingPreference", "ExpressRoute");
    properties.put("virtualRouterAsn", 65515);
    setState(
        stored,
        "Succeeded",
        before
            .flatMap(last -> Json.text(last.path("properties"), "routingState"))
            .orElse("Provisioned"));
    return stored;
  }

  static void setState(ObjectNode hub, String provisioningState, String routingState) {
    hub.withObject("properties")
        .put("provisioningState", provisioningState)
        .put("routingState", routingState);
    hub.put("etag", ResourceTypes.etag());
  }

  /** Azure serves one change of a hub at a time, and its router's first start is one. */
  static void requireIdle(ResourceId id, Resources all) {
    boolean busy =
        all.find(id)
            .flatMap(hub -> Json.text(hub.path("properties"), "routingState"))
            .filter("Provisioning"::equals)
            .isPresent();
    if (busy) {
      throw new ArmException(
          429,
          "AnotherOperationInProgress",
          "Another operation on this or dependent resource is in progress.");
    }
  }
}
