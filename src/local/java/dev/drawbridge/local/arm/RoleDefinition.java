package dev.drawbridge.local.arm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role.
 *
 * @param name the GUID that it is known by, in lower case
 * @param roleName what people call it; unique among the tenant's custom roles
 * @param assignableScopes where it is visible and can be assigned, those below included
 * @param createdBy an object id, or null for built-in roles
 */
public record RoleDefinition(
    String name,
    String roleName,
    String description,
    boolean builtIn,
    List<ResourceId> assignableScopes,
    List<Permission> permissions,
    Instant createdOn,
    Instant updatedOn,
    @Nullable String createdBy,
    @Nullable String updatedBy) {

  public RoleDefinition {
    assignableScopes = List.copyOf(assignableScopes);
    permissions = List.copyOf(permissions);
  }

  public boolean grants(String action) {
    return permissions.stream().anyMatch(permission -> permission.grants(action));
  }

  public boolean isVisibleAt(ResourceId scope) {
    return assignableScopes.stream().anyMatch(scope::isAtOrBelow);
  }
}
