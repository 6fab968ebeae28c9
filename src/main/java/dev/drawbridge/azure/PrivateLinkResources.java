package dev.drawbridge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.NetworkState.Group;
import dev.drawbridge.access.NetworkState.PrivateLinkTarget;
import dev.drawbridge.access.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resources that can be reached over Private Link, of any provider: all of them have {@code
 * privateLinkResources} and {@code privateEndpointConnections} of the same shape.
 */
final class PrivateLinkResources {
  private static final String CONNECTIONS = "/privateEndpointConnections";

  private final ArmRest rest;
  private final ApiVersions versions;

  PrivateLinkResources(ArmRest rest) {
    this.rest = rest;
    this.versions = new ApiVersions(rest);
  }

  /** What of the resource can be connected to, and the connections: two calls. */
  Optional<NetworkState> inspect(ResourceId target) {
    String version = versions.of(target);
    return rest.get(target + "/privateLinkResources", version)
        .map(
            groups ->
                new PrivateLinkTarget(
                    groups(groups.path("value")),
                    listConnections(target, version).orElse(List.of())));
  }

  /** The connections alone: one call. */
  Optional<NetworkState> connections(ResourceId target) {
    return listConnections(target, versions.of(target))
        .map(connections -> new PrivateLinkTarget(List.of(), connections));
  }

  String approve(ResourceId target, String connectionId, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("properties")
        .putObject("privateLinkServiceConnectionState")
        .put("status", "Approved")
        .put("description", message);
    return rest.put(connectionId, versions.of(target), body);
  }

  private Optional<List<EndpointConnection>> listConnections(ResourceId target, String version) {
    return rest.get(target + CONNECTIONS, version).map(list -> connections(list.path("value")));
  }

  private static List<Group> groups(JsonNode list) {
    List<Group> groups = new ArrayList<>();
    for (JsonNode one : list) {
      JsonNode properties = one.path("properties");
      groups.add(
          new Group(
              properties.path("groupId").asText(one.path("name").asText()),
              strings(properties.path("requiredMembers")),
              strings(properties.path("requiredZoneNames"))));
    }
    return groups;
  }

  private static List<EndpointConnection> connections(JsonNode list) {
    List<EndpointConnection> connections = new ArrayList<>();
    for (JsonNode one : list) {
      JsonNode properties = one.path("properties");
      JsonNode state = properties.path("privateLinkServiceConnectionState");
      Set<String> groups = new HashSet<>(strings(properties.path("groupIds")));
      if (properties.path("groupId").isTextual()) {
        groups.add(properties.path("groupId").asText());
      }
      String endpoint = properties.path("privateEndpoint").path("id").asText();
      connections.add(
          new EndpointConnection(
              one.path("id").asText(),
              state.path("status").asText(),
              state.path("description").asText(),
              endpoint.isEmpty() ? Optional.empty() : Optional.of(endpoint),
              groups));
    }
    return connections;
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(one -> strings.add(one.asText()));
    return strings;
  }
}
