package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Optional;

/**
 * Connections of private endpoints to the resources of one provider. They come into being with the
 * endpoint, elsewhere; here they are approved, rejected and deleted.
 */
final class PrivateEndpointConnections implements ResourceType {
  private static final String STATE = "privateLinkServiceConnectionState";
  private static final String GROUP = "groupId";

  private final PrivateLinkProvider provider;

  PrivateEndpointConnections(PrivateLinkProvider provider) {
    this.provider = provider;
  }

  @Override
  public String name() {
    return provider.connectionType();
  }

  @Override
  public List<String> apiVersions() {
    return provider.apiVersions();
  }

  @Override
  public boolean isListed() {
    return provider.childTypesListed();
  }

  @Override
  public Response deletionAnswer(ObjectNode last) {
    return switch (provider.format().deletion()) {
      case OK -> Response.empty(200);
      case NO_CONTENT -> Response.empty(204);
      case OK_WITH_LAST_STATE -> {
        ObjectNode shown = shown(last);
        shown.withObject("properties").put("provisioningState", "Disconnected");
        yield Response.json(200, shown);
      }
    };
  }

  @Override
  public List<LinkedAction> linkedActions(ResourceId id, ObjectNode body, Resources all) {
    return List.of(new LinkedAction(provider.approvalAction(), id.parent()));
  }

  /** Everything but the decision and its reason stays what it was. */
  @Override
  public ObjectNode write(
      ResourceId id, Optional<ObjectNode> before, ObjectNode body, Resources all) {
    ObjectNode stored = provider.decisions().existing(id, before).deepCopy();
    String wanted = provider.decisions().wanted(body);
    provider.decisions().require(status(stored), wanted);
    setStatus(
        stored, wanted, Json.text(body.path("properties").path(STATE), "description").orElse(""));
    return stored;
  }

  /** A connection of a new endpoint. */
  ObjectNode create(ResourceId id, String endpointId, String group) {
    ObjectNode connection = Json.object();
    connection
        .put("id", id.toString())
        .put("name", id.name())
        .put("type", provider.connectionType());
    ObjectNode properties = connection.withObject("properties");
    properties.withObject("privateEndpoint").put("id", endpointId);
    properties.put("provisioningState", provider.format().done()).put(GROUP, group);
    return connection;
  }

  void setStatus(ObjectNode connection, String status, String description) {
    connection
        .withObject("properties")
        .withObject(STATE)
        .put("status", status)
        .put("description", description)
        .put(provider.format().actions(), "None");
    if (provider.format().etag()) {
      connection.put("etag", ResourceTypes.etag());
    }
  }

  @Override
  public ObjectNode read(ResourceId id, ObjectNode stored, Resources all) {
    return shown(stored);
  }

  /** Each provider has its own way to tell the group, or none. */
  private ObjectNode shown(ObjectNode stored) {
    ObjectNode shown = stored.deepCopy();
    ObjectNode properties = shown.withObject("properties");
    String group = properties.path(GROUP).asText();
    switch (provider.format().group()) {
      case NONE -> properties.remove(GROUP);
      case GROUP_IDS -> {
        properties.remove(GROUP);
        properties.putArray("groupIds").add(group);
      }
      case GROUP_ID -> properties.put(GROUP, group);
    }
    return shown;
  }

  ObjectNode shownInTarget(ObjectNode stored) {
    ObjectNode shown = shown(stored);
    if (!provider.format().wholeInTarget()) {
      shown.remove(List.of("name", "type"));
    }
    return shown;
  }

  static PrivateEndpointConnection summary(ObjectNode connection) {
    JsonNode properties = connection.path("properties");
    return new PrivateEndpointConnection(
        connection.path("id").asText(),
        properties.path(GROUP).asText(),
        endpoint(connection),
        status(connection),
        properties.path(STATE).path("description").asText());
  }

  static String endpoint(ObjectNode connection) {
    return connection.path("properties").path("privateEndpoint").path("id").asText();
  }

  private static String status(ObjectNode connection) {
    return connection.path("properties").path(STATE).path("status").asText();
  }
}
