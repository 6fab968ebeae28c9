package dev.drawbridge.simulation;

import dev.drawbridge.access.ConnectionRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Requests as tickets make them. */
final class Requests {
  private final Random random;
  private int tickets;

  Requests(Random random) {
    this.random = random;
  }

  ConnectionRequest any() {
    Map<String, Object> fields = fields("cluster" + random.nextInt(2));
    fields.put("expiresIn", List.of("PT1H", "PT6H", "P1D", "P3D").get(random.nextInt(4)));
    switch (random.nextInt(3)) {
      case 0 -> network(fields, "vnet", "vnetName", "vnet-" + random.nextInt(2));
      case 1 -> {
        network(fields, "vhub", "virtualHubName", "hub");
        fields.put("connectionName", "astro-" + random.nextInt(3));
      }
      default -> {
        fields.put("type", "privateLink");
        fields.put(
            "resourceId",
            "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/data"
                .formatted(World.SUBSCRIPTION));
        fields.put("groupId", "blob");
        fields.put("approval", List.of("drawbridge", "vendor", "manual").get(random.nextInt(3)));
      }
    }
    return World.request(fields);
  }

  /** The same once more, from another ticket. */
  ConnectionRequest anew(ConnectionRequest request) {
    Map<String, Object> fields = new LinkedHashMap<>(request.toFields());
    fields.put("ticket", ticket());
    return World.request(fields);
  }

  /** One that nothing stands in the way of, for a network that no other is for. */
  ConnectionRequest plain() {
    Map<String, Object> fields = fields("last");
    network(fields, "vnet", "vnetName", "vnet-last");
    fields.put("subscriptionId", World.SUBSCRIPTION.toString());
    return World.request(fields);
  }

  private Map<String, Object> fields(String cluster) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ticket", ticket());
    fields.put("clusterId", cluster);
    return fields;
  }

  private Map<String, String> ticket() {
    return Map.of("system", "zendesk", "id", String.valueOf(++tickets));
  }

  private void network(Map<String, Object> fields, String type, String nameField, String name) {
    fields.put("type", type);
    fields.put("tenantId", World.TENANT.toString());
    UUID subscription = random.nextInt(20) == 0 ? World.NOT_SERVED : World.SUBSCRIPTION;
    fields.put("subscriptionId", subscription.toString());
    fields.put("resourceGroup", "rg");
    fields.put(nameField, name);
  }
}
