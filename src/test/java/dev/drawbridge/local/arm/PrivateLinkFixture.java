package dev.drawbridge.local.arm;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** The sample's resources that have Private Link, and calls to them. */
final class PrivateLinkFixture {
  static final String ENDPOINT =
      "/subscriptions/%s/resourceGroups/rg-astro/providers/Microsoft.Network/privateEndpoints/pe-one"
          .formatted(SampleWorld.ASTRO_SUBSCRIPTION);

  /**
   * A resource of the sample.
   *
   * @param apiVersion of the specification that the answers are checked against
   * @param groupId one of its groups
   */
  record Resource(String id, String apiVersion, String groupId) {
    String type() {
      return ResourceId.parse(id).type();
    }

    String at(String below) {
      return id + below + "?api-version=" + apiVersion;
    }

    String connections() {
      return at("/privateEndpointConnections");
    }

    String versioned(PrivateEndpointConnection connection) {
      return connection.id() + "?api-version=" + apiVersion;
    }

    /** The role that approving a connection takes, and no more. */
    List<String> approverActions() {
      return List.of(
          type() + "/read",
          type() + "/privateEndpointConnections/read",
          type() + "/privateEndpointConnections/write",
          type() + "/privateEndpointConnectionsApproval/action");
    }
  }

  static final Resource STORAGE = new Resource(SampleWorld.STORAGE_ID, "2023-05-01", "blob");
  static final Resource KEY_VAULT = new Resource(SampleWorld.KEY_VAULT_ID, "2023-07-01", "vault");
  static final Resource SQL = new Resource(SampleWorld.SQL_ID, "2021-11-01", "sqlServer");
  static final Resource COSMOS = new Resource(SampleWorld.COSMOS_ID, "2024-08-15", "Sql");
  static final Resource REGISTRY = new Resource(SampleWorld.REGISTRY_ID, "2023-07-01", "registry");

  private PrivateLinkFixture() {}

  /** For a method source. */
  static Stream<Arguments> resources() {
    return Stream.of(STORAGE, KEY_VAULT, SQL, COSMOS, REGISTRY)
        .map(resource -> Arguments.of(Named.of(resource.type(), resource)));
  }

  /** By the name that its constant has here. */
  static Resource named(String name) {
    return switch (name) {
      case "STORAGE" -> STORAGE;
      case "KEY_VAULT" -> KEY_VAULT;
      case "SQL" -> SQL;
      case "COSMOS" -> COSMOS;
      case "REGISTRY" -> REGISTRY;
      default -> throw new IllegalArgumentException(name);
    };
  }

  static JsonNode json(HttpResponse response) {
    return Json.parseObject(response.getBodyAsBinaryData().toString()).orElseThrow();
  }

  static JsonNode get(SdkClients caller, String pathAndQuery) {
    HttpResponse response = caller.send(HttpMethod.GET, pathAndQuery, "");
    if (response.getStatusCode() != 200) {
      throw new AssertionError(response.getStatusCode() + " " + json(response));
    }
    return json(response);
  }

  static HttpResponse decide(
      SdkClients caller, Resource resource, PrivateEndpointConnection connection, String status) {
    return caller.send(
        HttpMethod.PUT,
        resource.versioned(connection),
        """
        {"properties": {"privateLinkServiceConnectionState": {"status": "%s", "description": "By a test."}}}
        """
            .formatted(status));
  }

  /** The code in ARM's error envelope. */
  static String errorCode(HttpResponse response) {
    return json(response).path("error").path("code").asText();
  }
}
