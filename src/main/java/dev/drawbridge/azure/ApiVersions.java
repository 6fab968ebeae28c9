package dev.drawbridge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.port.PermanentFault;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** The api-version that a resource type is called with: the newest stable one, asked for once. */
final class ApiVersions {
  private static final String PROVIDERS_VERSION = "2024-07-01";

  private final ArmRest rest;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  ApiVersions(ArmRest rest) {
    this.rest = rest;
  }

  /**
   * @throws PermanentFault if Azure knows no such provider or type
   */
  String of(ResourceId resource) {
    String type = resource.type().toLowerCase(Locale.ROOT);
    String version = known.get(type);
    if (version == null) {
      version = ask(resource);
      known.put(type, version);
    }
    return version;
  }

  private String ask(ResourceId resource) {
    int slash = resource.type().indexOf('/');
    String namespace = resource.type().substring(0, slash);
    String type = resource.type().substring(slash + 1);
    JsonNode types =
        rest.get(
                "/subscriptions/%s/providers/%s".formatted(resource.subscription(), namespace),
                PROVIDERS_VERSION)
            .map(provider -> provider.path("resourceTypes"))
            .orElseThrow(() -> unknown(resource));
    // A type's children may be listed with versions of their own, older than its newest.
    return newest(types, type + "/privateEndpointConnections")
        .or(() -> newest(types, type))
        .orElseThrow(() -> unknown(resource));
  }

  private static Optional<String> newest(JsonNode types, String type) {
    return StreamSupport.stream(types.spliterator(), false)
        .filter(one -> one.path("resourceType").asText().equalsIgnoreCase(type))
        .flatMap(one -> StreamSupport.stream(one.path("apiVersions").spliterator(), false))
        .map(JsonNode::asText)
        .filter(version -> version.matches("\\d{4}-\\d{2}-\\d{2}"))
        .max(Comparator.naturalOrder());
  }

  private static PermanentFault unknown(ResourceId resource) {
    return new PermanentFault(
        "unknownResourceType", "Azure knows no resources of type " + resource.type() + ".");
  }
}
