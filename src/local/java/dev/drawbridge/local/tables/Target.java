package dev.drawbridge.local.tables;

import java.net.URI;
import java.util.Map;

/** What a request's path addresses. */
sealed interface Target {
  /** The collection of tables. */
  record Tables() implements Target {}

  record OneTable(String name) implements Target {}

  /** A table's entities. */
  record Rows(String table) implements Target {}

  record Row(String table, EntityKey key) implements Target {}

  record Batch() implements Target {}

  /**
   * Reads a path below the account's, such as {@code /devstoreaccount1/people(PartitionKey='a',
   * RowKey='b')}.
   */
  static Target of(URI uri) {
    String prefix = "/" + Account.NAME + "/";
    String path = uri.getPath();
    if (!path.startsWith(prefix)) {
      throw ErrorCode.RESOURCE_NOT_FOUND.error();
    }
    String resource = path.substring(prefix.length());
    if (resource.equals("$batch")) {
      return new Batch();
    }
    int parenthesis = resource.indexOf('(');
    String name = parenthesis < 0 ? resource : resource.substring(0, parenthesis);
    String predicate = parenthesis < 0 ? "()" : resource.substring(parenthesis);
    if (!predicate.endsWith(")")) {
      throw ErrorCode.INVALID_INPUT.error("The parenthesis after " + name + " is not closed.");
    }
    predicate = predicate.substring(1, predicate.length() - 1);
    return name.equalsIgnoreCase("Tables") ? tables(predicate) : rows(name, predicate);
  }

  private static Target tables(String predicate) {
    return predicate.isBlank()
        ? new Tables()
        : new OneTable(EntityRules.checkTableName(new KeyPredicate(predicate).single()));
  }

  private static Target rows(String name, String predicate) {
    String table = EntityRules.checkTableName(name);
    if (predicate.isBlank()) {
      return new Rows(table);
    }
    Map<String, String> keys = new KeyPredicate(predicate).named();
    String partitionKey = keys.remove("PartitionKey");
    String rowKey = keys.remove("RowKey");
    if (partitionKey == null || rowKey == null || !keys.isEmpty()) {
      throw ErrorCode.INVALID_INPUT.error("An entity has a PartitionKey and a RowKey.");
    }
    return new Row(table, EntityRules.checkKey(new EntityKey(partitionKey, rowKey)));
  }
}
