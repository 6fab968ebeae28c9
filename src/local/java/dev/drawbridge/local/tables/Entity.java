package dev.drawbridge.local.tables;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity as it is stored.
 *
 * @param timestamp when it was last written; no two writes have the same
 * @param properties without the three system properties, in the order they came in
 */
record Entity(EntityKey key, Instant timestamp, Map<String, EdmValue> properties) {
  Entity {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  String etag() {
    return "W/\"datetime'" + Ticks.format(timestamp).replace(":", "%3A") + "'\"";
  }

  /** A property, the system's among them; null if the entity has none of that name. */
  @Nullable EdmValue property(String name) {
    return switch (name) {
      case "PartitionKey" -> EdmValue.of(key.partitionKey());
      case "RowKey" -> EdmValue.of(key.rowKey());
      case "Timestamp" -> EdmValue.of(timestamp);
      default -> properties.get(name);
    };
  }
}
