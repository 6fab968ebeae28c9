package dev.drawbridge.local.arm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which role where.
 *
 * @param name the GUID that it is known by, in lower case; unique in the tenant
 * @param roleName the GUID of the role, in lower case
 * @param principalId an object id, in lower case
 * @param createdBy an object id, or null if it was there from the beginning
 */
public record RoleAssignment(
    String name,
    ResourceId scope,
    String roleName,
    String principalId,
    PrincipalType principalType,
    @Nullable String description,
    @Nullable String condition,
    @Nullable String conditionVersion,
    Instant createdOn,
    Instant updatedOn,
    @Nullable String createdBy,
    @Nullable String updatedBy) {

  /** Scope, principal and role are the assignment; all else may be updated. */
  boolean isSameGrantAs(RoleAssignment other) {
    return scope.equals(other.scope)
        && roleName.equals(other.roleName)
        && principalId.equals(other.principalId);
  }
}
