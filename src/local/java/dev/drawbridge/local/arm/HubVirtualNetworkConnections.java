package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Connections of virtual networks to a hub. Azure makes both sides of one: with a network that this
 * tenant has it is done at once, with one elsewhere it is updating until the other side is done.
 */
final class HubVirtualNetworkConnections implements ResourceType {
  static final String TYPE = VirtualHubs.TYPE + "/hubVirtualNetworkConnections";

  @Override
  public String name() {
    return TYPE;
  }

  @Override
  public List<String> apiVersions() {
    return ResourceTypes.NETWORK_VERSIONS;
  }

  @Override
  public boolean isListed() {
    return false;
  }

  @Override
  public ObjectNode write(
      ResourceId id, Optional<ObjectNode> before, ObjectNode body, Resources all) {
    ResourceId remote = VirtualNetworks.remote(body);
    VirtualHubs.requireIdle(id.parent(), all);
    refuseSecondOf(remote, id, all);
    ObjectNode stored = body.deepCopy();
    ObjectNode properties = stored.withObject("properties");
    Json.putIfMissing(properties, "allowHubToRemoteVnetTransit", true);
    Json.putIfMissing(properties, "allowRemoteVnetToUseHubVnetGateways", true);
    Json.putIfMissing(properties, "enableInternetSecurity", false);
    boolean stood =
        before
            .filter(last -> state(last).equals("Succeeded"))
            .filter(last -> VirtualNetworks.remote(last).equals(remote))
            .isPresent();
    setState(stored, stood || all.exists(remote) ? "Succeeded" : "Updating");
    return stored;
  }

  /** The type is not in the specification of this one. */
  @Override
  public ObjectNode read(ResourceId id, ObjectNode stored, Resources all) {
    ObjectNode shown = stored.deepCopy();
    shown.remove("type");
    return shown;
  }

  /** Azure asks for the peer action on the network that is connected, as far as it is known. */
  @Override
  public List<LinkedAction> linkedActions(ResourceId id, ObjectNode body, Resources all) {
    ResourceId remote = VirtualNetworks.remote(body);
    return all.exists(remote)
        ? List.of(new LinkedAction(VirtualNetworks.PEER_ACTION, remote))
        : List.of();
  }

  static void setState(ObjectNode connection, String provisioningState) {
    connection.withObject("properties").put("provisioningState", provisioningState);
    connection.put("etag", ResourceTypes.etag());
  }

  static HubConnection summary(ObjectNode connection) {
    return new HubConnection(
        connection.path("name").asText(),
        VirtualNetworks.remote(connection).toString(),
        state(connection));
  }

  private static String state(ObjectNode connection) {
    return connection.path("properties").path("provisioningState").asText();
  }

  /** A virtual network can be connected to one hub only. */
  private static void refuseSecondOf(ResourceId remote, ResourceId id, Resources all) {
    for (ObjectNode other : all.below(ResourceId.ROOT, TYPE)) {
      ResourceId otherId = ResourceId.parse(other.path("id").asText());
      if (!otherId.equals(id) && VirtualNetworks.remote(other).equals(remote)) {
        throw new ArmException(
            400,
            "BadRequest",
            "Virtual network %s is already connected to a virtual hub by %s."
                .formatted(remote, otherId));
      }
    }
  }
}
