package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Optional;

/**
 * What one type of resource does differently from the others: {@link ResourceApi} does the rest for
 * all of them (get, list, put, delete, permissions, locks, errors).
 */
interface ResourceType {
  /** Another permission that a write needs, on another resource. */
  record LinkedAction(String action, ResourceId scope) {}

  /** The full type, in Azure's case. */
  String name();

  /** The api-versions that are accepted, newest first. */
  List<String> apiVersions();

  /**
   * What is kept of a request to create or update a resource; id, name and type are added.
   *
   * @param before what is there already
   * @throws ArmException if the request is refused
   */
  ObjectNode write(ResourceId id, Optional<ObjectNode> before, ObjectNode body, Resources all);

  /** Whether the provider's list of resource types shows it; Azure leaves many child types out. */
  default boolean isListed() {
    return true;
  }

  /** The answer to whoever has deleted a resource that was there. */
  default Response deletionAnswer(ObjectNode last) {
    return Response.empty(200);
  }

  /** What a reader sees of a resource. */
  default ObjectNode read(ResourceId id, ObjectNode stored, Resources all) {
    return stored;
  }

  /** What else happens when a resource has been deleted. */
  default void deleted(ResourceId id, ObjectNode last, Resources all) {}

  /** What the caller of a write must also be allowed to do. */
  default List<LinkedAction> linkedActions(ResourceId id, ObjectNode body, Resources all) {
    return List.of();
  }
}
