package dev.drawbridge.access;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A custom role exactly as the vendor documents it.
 *
 * @param actions what it allows on the control plane; it denies none of them and has no data
 *     actions
 */
public record RoleTemplate(String name, String description, Set<String> actions) {
  private static final String RESOURCE_TYPE = "{resource-type}";

  public RoleTemplate {
    actions = Set.copyOf(actions);
    if (actions.isEmpty() || actions.stream().anyMatch(action -> action.contains("*"))) {
      throw new IllegalArgumentException(
          "The role %s must list its actions, without wildcards".formatted(name));
    }
  }

  /**
   * The id of a role's definition where Drawbridge makes it. One a tenant: Azure takes a custom
   * role's name once a tenant. In Bicep: {@code guid(tenantId, name)}.
   */
  public static UUID definitionId(UUID tenantId, String name) {
    return Guids.of(tenantId.toString(), name);
  }

  /**
   * The role for one type of resource, of a template that leaves the type open. In lower case, so
   * that it is the same role, with the same id, however a request spells the type. In Bicep: {@code
   * toLower(resourceType)}.
   */
  public RoleTemplate forResourceType(String anyCase) {
    String type = AnyCase.fold(anyCase);
    return new RoleTemplate(
        name.replace(RESOURCE_TYPE, type),
        description.replace(RESOURCE_TYPE, type),
        actions.stream()
            .map(action -> action.replace(RESOURCE_TYPE, type))
            .collect(Collectors.toSet()));
  }

  /** The role for the resource that is a scope; the same for a scope that is none. */
  public RoleTemplate forScope(String scope) {
    try {
      return forResourceType(ResourceId.parse(scope).type());
    } catch (IllegalArgumentException e) {
      return this; // a subscription or a resource group: no role that leaves its type open
    }
  }

  /** Whether a role definition that Azure shows allows exactly this; actions have no case. */
  public boolean allowsExactly(Set<String> actual) {
    return lowerCased(actions).equals(lowerCased(actual));
  }

  private static Set<String> lowerCased(Set<String> actions) {
    Set<String> lower = new TreeSet<>();
    actions.forEach(action -> lower.add(AnyCase.fold(action)));
    return lower;
  }
}
