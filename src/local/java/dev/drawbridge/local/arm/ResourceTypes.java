package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The resource types that this Azure knows beyond subscriptions, resource groups and roles. */
final class ResourceTypes {
  /** What azure-resourcemanager-network sends, and a version whose specification is at hand. */
  static final List<String> NETWORK_VERSIONS = List.of("2025-03-01", "2024-03-01");

  private static final Map<String, ResourceType> BY_NAME =
      Stream.concat(network(), privateLink())
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> type.name().toLowerCase(Locale.ROOT), Function.identity()));

  private ResourceTypes() {}

  private static Stream<ResourceType> network() {
    return Stream.of(
        new VirtualNetworks(),
        new VirtualNetworkPeerings(),
        new VirtualHubs(),
        new HubVirtualNetworkConnections());
  }

  private static Stream<ResourceType> privateLink() {
    return PrivateLinkProviders.all().stream()
        .flatMap(
            provider ->
                Stream.of(
                    new PrivateLinkTargets(provider), new PrivateEndpointConnections(provider)));
  }

  static Optional<ResourceType> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  static List<ResourceType> all() {
    return List.copyOf(BY_NAME.values());
  }

  static void requireLocation(ObjectNode body) {
    if (Json.text(body, "location").isEmpty()) {
      throw new ArmException(
          400, "LocationRequired", "The location property is required for this definition.");
    }
  }

  /** The GUID that a network resource keeps for life. */
  static String guid(Optional<ObjectNode> before) {
    return before
        .flatMap(last -> Json.text(last.path("properties"), "resourceGuid"))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  static String etag() {
    return "W/\"" + UUID.randomUUID() + "\"";
  }
}
