package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.PrivateLinkFixture.ENDPOINT;
import static dev.drawbridge.local.arm.PrivateLinkFixture.errorCode;
import static dev.drawbridge.local.arm.PrivateLinkFixture.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.azure.resourcemanager.resources.fluent.models.ProviderInner;
import com.azure.resourcemanager.resources.models.ProviderResourceType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.arm.PrivateLinkFixture.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be read of Private Link, and which versions and types Azure answers to. */
class PrivateLinkIT {
  private static final String RESOURCES = "dev.drawbridge.local.arm.PrivateLinkFixture#resources";

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void get_whenThere_thenItShowsItsConnections(Resource resource) {
    PrivateEndpointConnection pending =
        azure.world.pendingConnection(resource.id(), resource.groupId(), ENDPOINT, "Please");

    JsonNode shown = get(azure.drawbridge(), resource.at(""));

    assertEquals(resource.id(), shown.path("id").asText());
    assertEquals(resource.type(), shown.path("type").asText());
    assertEquals("westeurope", shown.path("location").asText());
    JsonNode connections = shown.path("properties").path("privateEndpointConnections");
    assertEquals(1, connections.size());
    assertEquals(pending.id(), connections.path(0).path("id").asText());
    assertEquals("Pending", status(connections.path(0)));
  }

  @Test
  void get_whenRegistryHasADataEndpoint_thenItIsNamed() {
    JsonNode properties =
        get(azure.drawbridge(), PrivateLinkFixture.REGISTRY.at("")).path("properties");

    assertEquals("contosoregistry.azurecr.io", properties.path("loginServer").asText());
    assertTrue(properties.path("dataEndpointEnabled").asBoolean());
    assertEquals(
        List.of("contosoregistry.westeurope.data.azurecr.io"),
        Json.texts(properties, "dataEndpointHostNames"));
    String plain = SampleWorld.REGISTRY_ID + "2";
    azure.world.addPrivateLinkResource(plain, "westeurope", Map.of());
    properties = get(azure.drawbridge(), plain + "?api-version=2023-07-01").path("properties");
    assertFalse(properties.path("dataEndpointEnabled").asBoolean());
    assertEquals(List.of(), Json.texts(properties, "dataEndpointHostNames"));
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.Storage/storageAccounts/contosodata?api-version=2023-05-01,"
        + "blob(blob)privatelink.blob.core.windows.net dfs(dfs)privatelink.dfs.core.windows.net"
        + " file(file)privatelink.file.core.windows.net queue(queue)privatelink.queue.core.windows.net"
        + " table(table)privatelink.table.core.windows.net web(web)privatelink.web.core.windows.net",
    "Microsoft.KeyVault/vaults/contoso-kv?api-version=2023-07-01,"
        + "vault(default)privatelink.vaultcore.azure.net",
    "Microsoft.Sql/servers/contoso-sql?api-version=2021-11-01,"
        + "sqlServer(sqlServer)privatelink.database.windows.net",
    "Microsoft.DocumentDB/databaseAccounts/contoso-cosmos?api-version=2024-08-15,"
        + "Sql(contoso-cosmos+contoso-cosmos-westeurope)privatelink.documents.azure.com",
    "Microsoft.ContainerRegistry/registries/contosoregistry?api-version=2023-07-01,"
        + "registry(registry+registry_data_westeurope)privatelink.azurecr.io",
  })
  void groups_whenListed_thenMembersAndZonesAreAzures(String resource, String expected) {
    String path =
        "/subscriptions/%s/resourceGroups/rg-data/providers/%s"
            .formatted(SampleWorld.SUBSCRIPTION, resource.replace("?", "/privateLinkResources?"));

    List<String> groups = groups(path);

    assertEquals(List.of(expected.split(" ", -1)), groups);
  }

  @ParameterizedTest
  @CsvSource({
    "EnableMongo, MongoDB",
    "EnableCassandra, Cassandra",
    "EnableGremlin, Gremlin Sql",
    "EnableTable, Sql Table"
  })
  void groups_whenCosmosHasAnotherApi_thenThatOne(String capability, String expected) {
    String id = SampleWorld.COSMOS_ID + "-2";
    azure.world.addPrivateLinkResource(
        id, "westeurope", Map.of("capabilities", List.of(Map.of("name", capability))));

    List<String> groups = groups(id + "/privateLinkResources?api-version=2024-08-15");

    assertEquals(
        List.of(expected.split(" ", -1)),
        groups.stream().map(group -> group.replaceFirst("\\(.*", "")).toList());
  }

  @ParameterizedTest
  @CsvSource({"STORAGE, 405", "KEY_VAULT, 405", "SQL, 200", "COSMOS, 200", "REGISTRY, 200"})
  void groups_whenOneIsRead_thenOnlyWhereAzureHasThat(String name, int status) {
    Resource resource = PrivateLinkFixture.named(name);

    HttpResponse response =
        azure
            .drawbridge()
            .send(HttpMethod.GET, resource.at("/privateLinkResources/" + resource.groupId()), "");

    assertEquals(status, response.getStatusCode());
    if (status == 200) {
      assertEquals(
          resource.groupId(),
          PrivateLinkFixture.json(response).path("properties").path("groupId").asText());
    }
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void connections_whenRead_thenAsTheProviderHasThem(Resource resource) {
    PrivateEndpointConnection pending =
        azure.world.pendingConnection(resource.id(), resource.groupId(), ENDPOINT, "Code X7");
    boolean sql = resource.equals(PrivateLinkFixture.SQL);
    boolean cosmos = resource.equals(PrivateLinkFixture.COSMOS);
    boolean storage = resource.equals(PrivateLinkFixture.STORAGE);

    JsonNode list = get(azure.drawbridge(), resource.connections());
    JsonNode one = get(azure.drawbridge(), resource.versioned(pending));

    assertEquals(one, list.path("value").path(0));
    JsonNode properties = one.path("properties");
    JsonNode state = properties.path("privateLinkServiceConnectionState");
    assertEquals(pending.name(), one.path("name").asText());
    assertEquals(resource.type() + "/privateEndpointConnections", one.path("type").asText());
    assertEquals(ENDPOINT, properties.path("privateEndpoint").path("id").asText());
    assertEquals("Pending", state.path("status").asText());
    assertEquals("Code X7", state.path("description").asText());
    assertEquals("None", state.path(storage ? "actionRequired" : "actionsRequired").asText());
    assertEquals(sql ? "Ready" : "Succeeded", properties.path("provisioningState").asText());
    assertEquals(sql ? List.of("sqlServer") : List.of(), Json.texts(properties, "groupIds"));
    assertEquals(cosmos ? "Sql" : "", properties.path("groupId").asText());
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void any_whenTheApiVersionIsUnknown_thenRefusedWithTheKnownOnes(Resource resource) {
    for (String below : List.of("", "/privateEndpointConnections", "/privateLinkResources")) {
      HttpResponse response =
          azure
              .drawbridge()
              .send(HttpMethod.GET, resource.id() + below + "?api-version=2001-01-01", "");

      assertEquals(400, response.getStatusCode());
      JsonNode error = PrivateLinkFixture.json(response).path("error");
      assertEquals("NoRegisteredProviderFound", error.path("code").asText());
      assertTrue(error.path("message").asText().contains(resource.apiVersion()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/privateLinkResources, InvalidResourceType",
    "/privateEndpointConnections, InvalidResourceType",
  })
  void any_whenTheTypeHasNoPrivateLink_then404(String below, String code) {
    HttpResponse response =
        azure
            .drawbridge()
            .send(HttpMethod.GET, SampleWorld.VNET_ID + below + "?api-version=2025-03-01", "");

    assertEquals(404, response.getStatusCode());
    assertEquals(code, errorCode(response));
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void any_whenTheResourceIsMissing_then404(Resource resource) {
    Resource missing = new Resource(resource.id() + "0", resource.apiVersion(), resource.groupId());
    for (String path :
        List.of(missing.at(""), missing.connections(), missing.at("/privateLinkResources"))) {
      HttpResponse response = azure.drawbridge().send(HttpMethod.GET, path, "");

      assertEquals(404, response.getStatusCode(), path);
      assertEquals("ResourceNotFound", errorCode(response), path);
    }
  }

  @Test
  void providers_whenRead_thenVersionsNewestFirstAndFewChildTypes() {
    ProviderInner registry = provider("Microsoft.ContainerRegistry");
    assertEquals(
        List.of(
            "registries",
            "registries/privateEndpointConnections",
            "registries/privateLinkResources"),
        registry.resourceTypes().stream()
            .map(ProviderResourceType::resourceType)
            .sorted()
            .toList());
    for (String other :
        List.of(
            "Microsoft.Storage", "Microsoft.KeyVault", "Microsoft.Sql", "Microsoft.DocumentDB")) {
      assertEquals(1, provider(other).resourceTypes().size(), other);
    }
    List<String> cosmos = provider("Microsoft.DocumentDB").resourceTypes().get(0).apiVersions();
    assertEquals("2025-11-01-preview", cosmos.get(0));
    assertEquals(cosmos.stream().sorted(Comparator.reverseOrder()).toList(), cosmos);
    assertTrue(
        provider("Microsoft.Network").resourceTypes().stream()
            .map(ProviderResourceType::resourceType)
            .noneMatch(type -> type.contains("hubVirtualNetworkConnections")));
  }

  private ProviderInner provider(String namespace) {
    return azure.drawbridge().resources().serviceClient().getProviders().get(namespace);
  }

  /** Each as {@code id(member+member)zone}. */
  private List<String> groups(String path) {
    List<String> groups = new ArrayList<>();
    for (JsonNode group : get(azure.drawbridge(), path).path("value")) {
      JsonNode properties = group.path("properties");
      assertEquals(group.path("name"), properties.path("groupId"));
      groups.add(
          "%s(%s)%s"
              .formatted(
                  properties.path("groupId").asText(),
                  String.join("+", Json.texts(properties, "requiredMembers")),
                  String.join("+", Json.texts(properties, "requiredZoneNames"))));
    }
    return groups;
  }

  private static String status(JsonNode connection) {
    return connection
        .path("properties")
        .path("privateLinkServiceConnectionState")
        .path("status")
        .asText();
  }
}
