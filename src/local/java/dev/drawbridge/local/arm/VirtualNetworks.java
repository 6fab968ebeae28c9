package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Virtual networks; reading one shows its peerings. */
final class VirtualNetworks implements ResourceType {
  static final String TYPE = "Microsoft.Network/virtualNetworks";

  /** What connecting something to a network needs on it. */
  static final String PEER_ACTION = TYPE + "/peer/action";

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
    properties.put("resourceGuid", ResourceTypes.guid(before));
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

  /**
   * The network at the other end of a peering or a hub connection.
   *
   * @throws ArmException if none is named
   */
  static ResourceId remote(ObjectNode connection) {
    return Json.text(connection.path("properties").path("remoteVirtualNetwork"), "id")
        .flatMap(text -> ResourceId.parse(text, TYPE))
        .orElseThrow(
            () ->
                new ArmException(
                    400,
                    "InvalidRequestFormat",
                    "Cannot parse the request: properties.remoteVirtualNetwork.id is not the id of a virtual network."));
  }

  /** A request to connect something to a network. */
  static ObjectNode connectionTo(String remoteVnetId) {
    ObjectNode body = Json.object();
    body.withObject("properties").withObject("remoteVirtualNetwork").put("id", remoteVnetId);
    return body;
  }
}
