package dev.drawbridge.local.tables;

import java.util.Comparator;

/** What an entity is found by within its table. Ordered as the service orders query results. */
record EntityKey(String partitionKey, String rowKey) implements Comparable<EntityKey> {
  private static final Comparator<EntityKey> ORDER =
      Comparator.comparing(EntityKey::partitionKey).thenComparing(EntityKey::rowKey);

  @Override
  public int compareTo(EntityKey other) {
    return ORDER.compare(this, other);
  }
}
