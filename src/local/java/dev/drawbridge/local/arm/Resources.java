package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Subscriptions, resource groups and all resources in them, each as the JSON that ARM keeps, and
 * the locks on them. Guarded by World.
 */
final class Resources {
  private final Map<ResourceId, ObjectNode> resources = new LinkedHashMap<>();
  private final Set<ResourceId> locks = new LinkedHashSet<>();

  void addSubscription(String id, String name, String tenantId) {
    ObjectNode subscription = Json.object();
    subscription
        .put("id", "/subscriptions/" + id)
        .put("subscriptionId", id)
        .put("tenantId", tenantId)
        .put("displayName", name)
        .put("state", "Enabled")
        .put("authorizationSource", "RoleBased");
    subscription
        .putObject("subscriptionPolicies")
        .put("locationPlacementId", "Public_2014-09-01")
        .put("quotaId", "EnterpriseAgreement_2014-09-01")
        .put("spendingLimit", "Off");
    subscription.putArray("managedByTenants");
    put(ResourceId.parse("/subscriptions/" + id), subscription);
  }

  void addResourceGroup(ResourceId subscription, String name, String location) {
    ResourceId id = subscription.child("resourceGroups/" + name);
    ObjectNode group = Json.object();
    group
        .put("id", id.toString())
        .put("name", name)
        .put("type", "Microsoft.Resources/resourceGroups")
        .put("location", location)
        .putObject("properties")
        .put("provisioningState", "Succeeded");
    put(id, group);
  }

  void put(ResourceId id, ObjectNode resource) {
    resources.put(id, resource);
  }

  Optional<ObjectNode> find(ResourceId id) {
    return Optional.ofNullable(resources.get(id));
  }

  boolean exists(ResourceId id) {
    return resources.containsKey(id);
  }

  /** Removes a resource and all below it, and tells what that was. */
  Map<ResourceId, ObjectNode> remove(ResourceId id) {
    Map<ResourceId, ObjectNode> removed = new LinkedHashMap<>(resources);
    removed.keySet().removeIf(other -> !other.isAtOrBelow(id));
    resources.keySet().removeAll(removed.keySet());
    return removed;
  }

  /** All resources of a type at or below a scope. */
  List<ObjectNode> below(ResourceId scope, String type) {
    return resources.entrySet().stream()
        .filter(entry -> entry.getKey().isType(type) && entry.getKey().isAtOrBelow(scope))
        .map(Map.Entry::getValue)
        .toList();
  }

  void lock(ResourceId scope) {
    locks.add(scope);
  }

  void unlock(ResourceId scope) {
    locks.remove(scope);
  }

  /** Refuses if a CanNotDelete lock is on the resource or on anything above it. */
  void requireDeletable(ResourceId id) {
    Collection<String> inTheWay =
        locks.stream().filter(id::isAtOrBelow).map(ResourceId::toString).toList();
    if (!inTheWay.isEmpty()) {
      throw new ArmException(
          409,
          "ScopeLocked",
          "The scope '%s' cannot perform delete operation because following scope(s) are locked: '%s'. Please remove the lock and try again."
              .formatted(id, String.join(",", inTheWay)));
    }
  }
}
