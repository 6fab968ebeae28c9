package dev.drawbridge.local.tables;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The tables of one account, in memory. Every call is atomic. */
final class TableStore {
  private final Clock clock;
  private final NavigableMap<String, Table> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private Instant lastWrite = Instant.EPOCH;

  TableStore(Clock clock) {
    this.clock = clock;
  }

  private record Table(String name, NavigableMap<EntityKey, Entity> rows) {
    Entity existing(EntityKey key) {
      Entity entity = rows.get(key);
      if (entity == null) {
        throw ErrorCode.RESOURCE_NOT_FOUND.error();
      }
      return entity;
    }
  }

  synchronized void create(String name) {
    if (tables.putIfAbsent(name, new Table(name, new TreeMap<>())) != null) {
      throw ErrorCode.TABLE_ALREADY_EXISTS.error();
    }
  }

  synchronized void delete(String name) {
    if (tables.remove(name) == null) {
      throw ErrorCode.RESOURCE_NOT_FOUND.error();
    }
  }

  /** The table's name as it was created. */
  synchronized String name(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw ErrorCode.RESOURCE_NOT_FOUND.error();
    }
    return table.name();
  }

  /** The names of the tables from {@code from} on, in their order. */
  synchronized Page<String, String> names(String from, Predicate<String> filter, int max) {
    List<String> names = new ArrayList<>();
    for (Table table : tables.tailMap(from, true).values()) {
      if (filter.test(table.name())) {
        if (names.size() == max) {
          return new Page<>(names, Optional.of(table.name()));
        }
        names.add(table.name());
      }
    }
    return new Page<>(names, Optional.empty());
  }

  synchronized Entity get(String table, EntityKey key) {
    return table(table).existing(key);
  }

  /** The entities from {@code from} on, in the order of their keys. */
  synchronized Page<Entity, EntityKey> query(
      String table, EntityKey from, Predicate<Entity> filter, int max) {
    List<Entity> found = new ArrayList<>();
    for (Entity entity : table(table).rows().tailMap(from, true).values()) {
      if (filter.test(entity)) {
        if (found.size() == max) {
          return new Page<>(found, Optional.of(entity.key()));
        }
        found.add(entity);
      }
    }
    return new Page<>(found, Optional.empty());
  }

  /** What is stored after the write; empty after a deletion. */
  synchronized Optional<Entity> apply(String tableName, Write write) {
    Table table = table(tableName);
    Optional<Entity> result = resultOf(write, table);
    put(table, write.key(), result);
    return result;
  }

  /**
   * Carries out all writes or none.
   *
   * @throws TableError of the first write that is refused, with its index
   */
  synchronized List<Optional<Entity>> applyAll(String tableName, List<Write> writes) {
    Set<EntityKey> keys = new HashSet<>();
    List<Optional<Entity>> results = new ArrayList<>();
    for (Write write : writes) {
      try {
        if (!write.key().partitionKey().equals(writes.get(0).key().partitionKey())) {
          throw ErrorCode.COMMANDS_IN_BATCH_ACT_ON_DIFFERENT_PARTITIONS.error();
        }
        if (!keys.add(write.key())) {
          throw ErrorCode.INVALID_DUPLICATE_ROW.error();
        }
        results.add(resultOf(write, table(tableName)));
      } catch (TableError e) {
        throw e.at(results.size());
      }
    }
    for (int i = 0; i < writes.size(); i++) {
      put(table(tableName), writes.get(i).key(), results.get(i));
    }
    return results;
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw ErrorCode.TABLE_NOT_FOUND.error();
    }
    return table;
  }

  private Optional<Entity> resultOf(Write write, Table table) {
    if (write instanceof Write.Insert insert) {
      if (table.rows().containsKey(insert.key())) {
        throw ErrorCode.ENTITY_ALREADY_EXISTS.error();
      }
      return Optional.of(stamped(insert.key(), insert.properties()));
    }
    if (write instanceof Write.Update update) {
      return Optional.of(stamped(update.key(), updated(update, table)));
    }
    ((Write.Delete) write).condition().check(table.existing(write.key()));
    return Optional.empty();
  }

  private static Map<String, EdmValue> updated(Write.Update update, Table table) {
    update.condition().ifPresent(condition -> condition.check(table.existing(update.key())));
    Entity before = table.rows().get(update.key());
    if (!update.merge() || before == null) {
      return update.properties();
    }
    Map<String, EdmValue> merged = new LinkedHashMap<>(before.properties());
    merged.putAll(update.properties());
    return merged;
  }

  private Entity stamped(EntityKey key, Map<String, EdmValue> properties) {
    EntityRules.checkWhole(key, properties);
    // A new time for every write, although the clock may stand still: ETags are made of it.
    lastWrite = Ticks.after(lastWrite, clock.instant());
    return new Entity(key, lastWrite, properties);
  }

  private static void put(Table table, EntityKey key, Optional<Entity> result) {
    result.ifPresentOrElse(entity -> table.rows().put(key, entity), () -> table.rows().remove(key));
  }
}
