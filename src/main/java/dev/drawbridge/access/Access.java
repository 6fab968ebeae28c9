package dev.drawbridge.access;

import java.util.UUID;

/**
 * One role assignment by its content: Azure ties an assignment to this trio.
 *
 * @param scope a resource id without a slash at its end
 * @param roleName the role's name, for people
 * @param roleId the role definition's name, a GUID
 * @param principalId the object id of the service principal that gets the role
 */
public record Access(String scope, String roleName, UUID roleId, UUID principalId) {

  /**
   * The assignment's name, the same for the same trio. In Bicep: {@code guid(scope, roleId,
   * principalId)} with the scope in lower case.
   */
  public UUID assignmentName() {
    return Guids.of(AnyCase.fold(scope), roleId.toString(), principalId.toString());
  }

  /** The id of the subscription that the scope is or is in. */
  public String subscriptionId() {
    return "/subscriptions/" + scope.split("/", -1)[2];
  }

  /** Whether Azure takes the two for the same; scopes have no case. */
  public boolean isSameAs(Access other) {
    return AnyCase.fold(scope).equals(AnyCase.fold(other.scope))
        && roleId.equals(other.roleId)
        && principalId.equals(other.principalId);
  }

  /** The role definition's id in the scope's subscription. */
  public String roleDefinitionId() {
    return "%s/providers/Microsoft.Authorization/roleDefinitions/%s"
        .formatted(subscriptionId(), roleId);
  }
}
