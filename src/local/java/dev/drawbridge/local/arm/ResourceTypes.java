package dev.drawbridge.local.arm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The resource types that this Azure knows beyond subscriptions, resource groups and roles. */
final class ResourceTypes {
  /** What azure-resourcemanager-network sends, and a version whose specification is at hand. */
  static final List<String> NETWORK_VERSIONS = List.of("2025-03-01", "2024-03-01");

  private static final Map<String, ResourceType> BY_NAME =
      List.of(new VirtualNetworks(), new VirtualNetworkPeerings()).stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> type.name().toLowerCase(Locale.ROOT), Function.identity()));

  private ResourceTypes() {}

  static Optional<ResourceType> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  static List<ResourceType> all() {
    return List.copyOf(BY_NAME.values());
  }

  static String etag() {
    return "W/\"" + UUID.randomUUID() + "\"";
  }
}
