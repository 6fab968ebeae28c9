package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One side of a peering of two virtual networks; it is connected once both sides are there. */
final class VirtualNetworkPeerings implements ResourceType {
  static final String TYPE = VirtualNetworks.TYPE + "/virtualNetworkPeerings";

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
    ResourceId remote = VirtualNetworks.remote(body);
    refuseSecondTo(remote, id, all);
    ObjectNode stored = body.deepCopy();
    ObjectNode properties = stored.withObject("properties");
    Json.putIfMissing(properties, "allowVirtualNetworkAccess", true);
    Json.putIfMissing(properties, "allowForwardedTraffic", false);
    Json.putIfMissing(properties, "allowGatewayTransit", false);
    Json.putIfMissing(properties, "useRemoteGateways", false);
    properties.put("provisioningState", "Succeeded");
    properties.put("resourceGuid", ResourceTypes.guid(before));
    stored.put("etag", ResourceTypes.etag());

    Optional<ObjectNode> otherSide = otherSide(id, remote, all);
    boolean wasConnected =
        before
            .filter(last -> isConnected(last) && remote.equals(VirtualNetworks.remote(last)))
            .isPresent();
    if (otherSide.isPresent() || wasConnected) {
      otherSide.ifPresent(VirtualNetworkPeerings::connect);
      connect(stored);
    } else {
      setState(stored, "Initiated", "RemoteNotInSync");
    }
    return stored;
  }

  /** Whoever is gone leaves the other side disconnected. */
  @Override
  public void deleted(ResourceId id, ObjectNode last, Resources all) {
    otherSide(id, VirtualNetworks.remote(last), all)
        .ifPresent(other -> setState(other, "Disconnected", "RemoteNotInSync"));
  }

  /**
   * Azure asks for the peer action where the other side is written. The other side of Astronomer's
   * peering is in its own tenant, so it is asked for here on both networks, as far as they are
   * known.
   */
  @Override
  public List<LinkedAction> linkedActions(ResourceId id, ObjectNode body, Resources all) {
    List<LinkedAction> linked = new ArrayList<>();
    linked.add(new LinkedAction(VirtualNetworks.PEER_ACTION, id.parent()));
    ResourceId remote = VirtualNetworks.remote(body);
    if (all.exists(remote)) {
      linked.add(new LinkedAction(VirtualNetworks.PEER_ACTION, remote));
    }
    return linked;
  }

  static void connect(ObjectNode peering) {
    setState(peering, "Connected", "FullyInSync");
  }

  static void setState(ObjectNode peering, String state, String syncLevel) {
    peering.withObject("properties").put("peeringState", state).put("peeringSyncLevel", syncLevel);
    peering.put("etag", ResourceTypes.etag());
  }

  static Peering summary(ObjectNode peering) {
    JsonNode properties = peering.path("properties");
    return new Peering(
        peering.path("name").asText(),
        VirtualNetworks.remote(peering).toString(),
        properties.path("peeringState").asText(),
        properties.path("peeringSyncLevel").asText());
  }

  private static boolean isConnected(ObjectNode peering) {
    return peering.path("properties").path("peeringState").asText().equals("Connected");
  }

  private static void refuseSecondTo(ResourceId remote, ResourceId id, Resources all) {
    for (ObjectNode other : all.below(id.parent(), TYPE)) {
      ResourceId otherId = ResourceId.parse(other.path("id").asText());
      if (!otherId.equals(id) && VirtualNetworks.remote(other).equals(remote)) {
        throw new ArmException(
            400,
            "AnotherPeeringAlreadyReferencesRemoteVnet",
            "Cannot create or update peering %s. Virtual network %s already has peering %s referencing remote virtual network %s. Delete the existing peering before creating or updating another peering."
                .formatted(id, id.parent(), otherId, remote));
      }
    }
  }

  private static Optional<ObjectNode> otherSide(
      ResourceId id, ResourceId remoteVnet, Resources all) {
    return all.below(remoteVnet, TYPE).stream()
        .filter(peering -> VirtualNetworks.remote(peering).equals(id.parent()))
        .findFirst();
  }
}
