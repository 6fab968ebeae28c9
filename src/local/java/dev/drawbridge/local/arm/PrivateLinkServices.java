package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.arm.PrivateLinkProvider.Group;
import dev.drawbridge.local.arm.PrivateLinkProvider.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is behind the resources that have Private Link: the properties that a reader looks for, and
 * the groups with the members and DNS zones that Azure gives them.
 */
enum PrivateLinkServices implements Service {
  STORAGE {
    private static final List<String> ENDPOINTS =
        List.of("blob", "file", "queue", "table", "dfs", "web");

    @Override
    public void complete(ResourceId id, ObjectNode resource) {
      Json.putIfMissing(resource, "kind", "StorageV2");
      resource.withObject("sku").put("name", "Standard_LRS").put("tier", "Standard");
      ObjectNode properties = resource.withObject("properties");
      properties
          .put("provisioningState", "Succeeded")
          .put("creationTime", CREATED)
          .put("primaryLocation", location(resource))
          .put("statusOfPrimary", "available")
          .put("accessTier", "Hot")
          .put("supportsHttpsTrafficOnly", true);
      ObjectNode endpoints = properties.withObject("primaryEndpoints");
      ENDPOINTS.forEach(
          name ->
              endpoints.put(
                  name, "https://%s.%s.core.windows.net/".formatted(lowerName(id), name)));
    }

    @Override
    public List<Group> groups(ResourceId id, ObjectNode resource) {
      return ENDPOINTS.stream()
          .map(name -> group(name, List.of(name), "privatelink." + name + ".core.windows.net"))
          .toList();
    }
  },

  KEY_VAULT {
    @Override
    public void complete(ResourceId id, ObjectNode resource) {
      ObjectNode properties = resource.withObject("properties");
      properties.withObject("sku").put("family", "A").put("name", "standard");
      properties.withArray("accessPolicies");
      properties
          .put("tenantId", SampleWorld.TENANT)
          .put("enableRbacAuthorization", true)
          .put("enableSoftDelete", true)
          .put("publicNetworkAccess", "Enabled")
          .put("vaultUri", "https://%s.vault.azure.net/".formatted(lowerName(id)))
          .put("provisioningState", "Succeeded");
    }

    @Override
    public List<Group> groups(ResourceId id, ObjectNode resource) {
      return List.of(group("vault", List.of("default"), "privatelink.vaultcore.azure.net"));
    }
  },

  SQL {
    @Override
    public void complete(ResourceId id, ObjectNode resource) {
      resource.put("kind", "v12.0");
      resource
          .withObject("properties")
          .put("version", "12.0")
          .put("state", "Ready")
          .put("fullyQualifiedDomainName", lowerName(id) + ".database.windows.net")
          .put("minimalTlsVersion", "1.2")
          .put("publicNetworkAccess", "Enabled");
    }

    @Override
    public List<Group> groups(ResourceId id, ObjectNode resource) {
      return List.of(group("sqlServer", List.of("sqlServer"), "privatelink.database.windows.net"));
    }
  },

  /** The API of an account decides on its groups; Gremlin and Table are served as SQL too. */
  COSMOS {
    @Override
    public void complete(ResourceId id, ObjectNode resource) {
      boolean mongo = hasCapability(resource, "EnableMongo");
      Json.putIfMissing(resource, "kind", mongo ? "MongoDB" : "GlobalDocumentDB");
      ObjectNode properties = resource.withObject("properties");
      properties.withArray("capabilities");
      properties.withObject("consistencyPolicy").put("defaultConsistencyLevel", "Session");
      properties
          .put("provisioningState", "Succeeded")
          .put("documentEndpoint", "https://%s.documents.azure.com:443/".formatted(lowerName(id)))
          .put("databaseAccountOfferType", "Standard")
          .put("publicNetworkAccess", "Enabled");
    }

    @Override
    public List<Group> groups(ResourceId id, ObjectNode resource) {
      List<String> members = List.of(lowerName(id), lowerName(id) + "-" + location(resource));
      List<Group> groups = new ArrayList<>();
      for (String api : List.of("Cassandra", "Gremlin", "Table")) {
        if (hasCapability(resource, "Enable" + api)) {
          groups.add(group(api, members, zone(api.toLowerCase(Locale.ROOT))));
        }
      }
      if (hasCapability(resource, "EnableMongo")) {
        groups.add(group("MongoDB", members, zone("mongo")));
      } else if (!hasCapability(resource, "EnableCassandra")) {
        groups.add(group("Sql", members, "privatelink.documents.azure.com"));
      }
      return groups;
    }

    private static String zone(String api) {
      return "privatelink.%s.cosmos.azure.com".formatted(api);
    }

    private static boolean hasCapability(JsonNode resource, String name) {
      for (JsonNode capability : resource.path("properties").path("capabilities")) {
        if (capability.path("name").asText().equals(name)) {
          return true;
        }
      }
      return false;
    }
  },

  REGISTRY {
    @Override
    public void complete(ResourceId id, ObjectNode resource) {
      // Only this tier has Private Link.
      resource.withObject("sku").put("name", "Premium").put("tier", "Premium");
      ObjectNode properties = resource.withObject("properties");
      Json.putIfMissing(properties, "dataEndpointEnabled", false);
      boolean dataEndpoint = properties.path("dataEndpointEnabled").asBoolean();
      String name = lowerName(id);
      properties
          .put("loginServer", name + ".azurecr.io")
          .put("creationDate", CREATED)
          .put("provisioningState", "Succeeded")
          .put("adminUserEnabled", false)
          .put("publicNetworkAccess", "Enabled");
      properties.set(
          "dataEndpointHostNames",
          Json.strings(
              dataEndpoint
                  ? List.of("%s.%s.data.azurecr.io".formatted(name, location(resource)))
                  : List.of()));
    }

    @Override
    public List<Group> groups(ResourceId id, ObjectNode resource) {
      return List.of(
          group(
              "registry",
              List.of("registry", "registry_data_" + location(resource)),
              "privatelink.azurecr.io"));
    }
  };

  private static final String CREATED = "2024-01-15T09:30:00.0000000Z";

  private static Group group(String id, List<String> members, String zone) {
    return new Group(id, members, List.of(zone));
  }

  private static String location(JsonNode resource) {
    return resource.path("location").asText();
  }

  private static String lowerName(ResourceId id) {
    return id.name().toLowerCase(Locale.ROOT);
  }
}
