package dev.drawbridge.access.port;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.RoleTemplate;
import java.util.Optional;
import java.util.UUID;

/**
 * Role definitions and role assignments. Each method is one call where it does not say otherwise;
 * each throws {@link PassingFault} when Azure does not answer now or has not caught up yet, and
 * {@link PermanentFault} when it refuses.
 */
public interface AccessControl {

  /** An assignment as Azure shows it. */
  record Assignment(Access access, String description) {}

  /** An answer with Azure Resource Manager's correlation id. */
  record Traced<T>(T value, String correlationId) {}

  /**
   * Makes sure of the role's definition: one call where it is there, two where it is made.
   *
   * @return the id of the call that made it, or nothing if it was there and allows exactly this
   * @throws PermanentFault if it is there and allows anything else
   */
  Optional<String> ensureRole(RoleTemplate role, Access access);

  /** The assignment of exactly this name, not those that come to the same. */
  Optional<Assignment> find(Access access);

  /**
   * Makes the assignment, or changes its description.
   *
   * @return the call's correlation id
   * @throws PermanentFault {@code assignmentExists} if there is one to the same effect that is not
   *     ours
   */
  String assign(Access access, String description);

  /**
   * Deletes the assignment; one that is not there is no error.
   *
   * @return the call's correlation id
   */
  String unassign(UUID assignmentName, String scope);

  /**
   * Deletes the role's definition unless some assignment still uses it.
   *
   * @return whether it is gone
   */
  boolean deleteRole(Access access);
}
