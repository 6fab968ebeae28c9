package dev.drawbridge.local.tables;

import java.util.Map;
import java.util.Optional;

/** A change of one entity. */
sealed interface Write {
  EntityKey key();

  /** Refused if the entity exists. */
  record Insert(EntityKey key, Map<String, EdmValue> properties) implements Write {}

  /**
   * Replaces an entity's properties, or merges into them.
   *
   * @param condition empty to insert the entity if it doesn't exist
   */
  record Update(
      EntityKey key, Map<String, EdmValue> properties, boolean merge, Optional<IfMatch> condition)
      implements Write {}

  record Delete(EntityKey key, IfMatch condition) implements Write {}
}
