package dev.drawbridge.local.tables;

import java.util.List;
import java.util.Optional;

/**
 * A part of a query's result.
 *
 * @param next where the following part begins; empty at the end
 */
record Page<T, K>(List<T> items, Optional<K> next) {
  /** The most that the service answers a query with at once. */
  static final int MAX_ITEMS = 1000;
}
