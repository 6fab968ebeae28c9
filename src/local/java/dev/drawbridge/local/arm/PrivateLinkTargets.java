package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Resources of one provider that private endpoints lead to; reading one shows its connections. */
final class PrivateLinkTargets implements ResourceType {
  private final PrivateLinkProvider provider;

  PrivateLinkTargets(PrivateLinkProvider provider) {
    this.provider = provider;
  }

  @Override
  public String name() {
    return provider.type();
  }

  @Override
  public List<String> apiVersions() {
    return provider.apiVersions();
  }

  @Override
  public ObjectNode write(
      ResourceId id, Optional<ObjectNode> before, ObjectNode body, Resources all) {
    ResourceTypes.requireLocation(body);
    ObjectNode stored = body.deepCopy();
    stored.withObject("properties").remove("privateEndpointConnections");
    provider.service().complete(id, stored);
    return stored;
  }

  @Override
  public ObjectNode read(ResourceId id, ObjectNode stored, Resources all) {
    ObjectNode shown = stored.deepCopy();
    PrivateEndpointConnections connections = new PrivateEndpointConnections(provider);
    shown
        .withObject("properties")
        .set(
            "privateEndpointConnections",
            Json.array(
                all.below(id, provider.connectionType()).stream()
                    .map(connections::shownInTarget)
                    .toList()));
    return shown;
  }
}
