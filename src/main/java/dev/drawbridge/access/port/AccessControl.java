package dev.drawbridge.access.port;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.RoleTemplate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Role definitions and role assignments. Each method is one call where it does not say otherwise;
 * each throws {@link PassingFault} when Azure does not answer now or has not caught up yet, and
 * {@link PermanentFault} when it refuses.
 */
public interface AccessControl {

  /** The code of a fault: what was given just now can't be taken away yet. */
  String TOO_EARLY = "tooEarly";

  /** An assignment as Azure shows it. */
  record Assignment(Access access, String description) {}

  /**
   * The definition of the role that can be assigned at a scope, whoever made it.
   *
   * @return its id, or nothing if there is none of that name
   * @throws PermanentFault {@code roleDiffers} if it allows anything else than the template
   */
  Optional<UUID> findRole(RoleTemplate role, String scope);

  /**
   * Makes the role's definition, under the id that the access names.
   *
   * @return the call's correlation id
   */
  String defineRole(RoleTemplate role, Access access);

  /** The assignment of exactly this name, not those that come to the same. */
  Optional<Assignment> find(Access access);

  /**
   * All assignments of our name and with our marker, at and below a subscription. As many calls as
   * there are pages; the list may be some minutes behind.
   *
   * @param subscriptionId such as {@code /subscriptions/…}
   */
  List<Assignment> ours(String subscriptionId);

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
   * @throws PassingFault {@link #TOO_EARLY} if it has to stand for some minutes first
   */
  String unassign(Access access);

  /**
   * Deletes the role's definition unless some assignment still uses it.
   *
   * @return whether it is gone
   */
  boolean deleteRole(Access access);
}
