package dev.drawbridge.azure;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.PermanentFault;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Access control for an app that may write no role definitions: the roles are made once, by its
 * deployment, and stay. It assigns only what is there.
 */
public final class PinnedRoles implements AccessControl {
  private final AccessControl azure;

  public PinnedRoles(AccessControl azure) {
    this.azure = azure;
  }

  /**
   * @return its id, never nothing
   * @throws PermanentFault {@code roleMissing} if there is none
   */
  @Override
  public Optional<UUID> findRole(RoleTemplate role, String scope) {
    return Optional.of(azure.findRole(role, scope).orElseThrow(() -> missing(role)));
  }

  /**
   * @throws PermanentFault always, without a call
   */
  @Override
  public String defineRole(RoleTemplate role, Access access) {
    throw missing(role);
  }

  private static PermanentFault missing(RoleTemplate role) {
    return new PermanentFault(
        "roleMissing",
        "The role \"%s\" is not there, and with ROLE_DEFINITIONS=pinned Drawbridge makes none. Deploy infra with roleDefinitions=pinned (for a private endpoint, with the resource's type among privateLinkTypes), and send the request again."
            .formatted(role.name()));
  }

  @Override
  public Optional<Assignment> find(Access access) {
    return azure.find(access);
  }

  @Override
  public List<Assignment> ours(String subscriptionId) {
    return azure.ours(subscriptionId);
  }

  @Override
  public String assign(Access access, String description) {
    return azure.assign(access, description);
  }

  @Override
  public String unassign(Access access) {
    return azure.unassign(access);
  }

  /** Leaves it, without a call. */
  @Override
  public boolean deleteRole(Access access) {
    return false;
  }
}
