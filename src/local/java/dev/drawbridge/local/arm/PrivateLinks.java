package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Private Link as the owners of resources and of endpoints see it. Guarded by World. */
final class PrivateLinks {
  /** How the connection of an endpoint that needed no approval describes itself. */
  private static final String AUTO_APPROVED = "Auto-Approved";

  private static final int MAX_MESSAGE = 140;
  private static final Set<String> STATUSES =
      Set.of("Pending", "Approved", "Rejected", "Disconnected");

  private final Resources resources;

  PrivateLinks(Resources resources) {
    this.resources = resources;
  }

  void addTarget(ResourceId id, String location, Map<String, ?> properties) {
    ObjectNode body = Json.object().put("location", location);
    body.set("properties", Json.MAPPER.valueToTree(properties));
    ResourceApi.store(new PrivateLinkTargets(provider(id)), id, body, resources);
  }

  List<PrivateEndpointConnection> connections(ResourceId resource) {
    return resources.below(resource, provider(resource).connectionType()).stream()
        .map(PrivateEndpointConnections::summary)
        .toList();
  }

  /** What the action is that lets an endpoint be approved without asking. */
  String approvalAction(ResourceId resource) {
    return provider(resource).approvalAction();
  }

  /**
   * Makes the connection of an endpoint; the same endpoint has only one.
   *
   * @throws ArmException if Azure would not make such an endpoint
   */
  PrivateEndpointConnection connect(
      ResourceId resource, String groupId, ResourceId endpoint, String message, boolean approved) {
    PrivateLinkProvider provider = provider(resource);
    String group = group(provider, resource, groupId);
    if (message.length() > MAX_MESSAGE) {
      throw new ArmException(
          400,
          "InvalidRequestFormat",
          "The request message is longer than %d characters.".formatted(MAX_MESSAGE));
    }
    Optional<ObjectNode> existing =
        resources.below(resource, provider.connectionType()).stream()
            .filter(
                other ->
                    ResourceId.parse(PrivateEndpointConnections.endpoint(other)).equals(endpoint))
            .findFirst();
    if (existing.isPresent()) {
      return PrivateEndpointConnections.summary(existing.get());
    }
    PrivateEndpointConnections type = new PrivateEndpointConnections(provider);
    ResourceId id =
        resource.child(
            "privateEndpointConnections/%s-%s".formatted(endpoint.name(), UUID.randomUUID()));
    ObjectNode connection = type.create(id, endpoint.toString(), group);
    type.setStatus(
        connection, approved ? "Approved" : "Pending", approved ? AUTO_APPROVED : message);
    resources.put(id, connection);
    return PrivateEndpointConnections.summary(connection);
  }

  void setStatus(ResourceId connectionId, String status, String description) {
    PrivateLinkProvider provider = provider(connectionId.parent());
    boolean known = STATUSES.contains(status);
    if (!known || (status.equals("Disconnected") && !provider.format().disconnects())) {
      throw new IllegalArgumentException(
          "A connection to %s is never %s".formatted(provider.type(), status));
    }
    ObjectNode connection =
        resources
            .find(connectionId)
            .orElseThrow(() -> new IllegalArgumentException("There is no " + connectionId));
    new PrivateEndpointConnections(provider).setStatus(connection, status, description);
  }

  private String group(PrivateLinkProvider provider, ResourceId resource, String groupId) {
    ObjectNode target = resources.find(resource).orElseThrow(() -> ResourceApi.notFound(resource));
    return provider.service().groups(resource, target).stream()
        .map(PrivateLinkProvider.Group::id)
        .filter(groupId::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new ArmException(
                    400,
                    "InvalidRequestFormat",
                    "The group id '%s' is none of %s.".formatted(groupId, resource)));
  }

  private static PrivateLinkProvider provider(ResourceId resource) {
    return PrivateLinkProviders.of(resource)
        .orElseThrow(
            () ->
                new ArmException(
                    400,
                    "InvalidRequestFormat",
                    "Resources of type %s have no Private Link.".formatted(resource.type())));
  }
}
