package dev.drawbridge.local.tables;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/** The limits of "Understanding the Table service data model" in the REST reference. */
final class EntityRules {
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final int MAX_KEY_CHARS = 512; // 1 KiB of UTF-16
  private static final int MAX_VALUE_BYTES = 64 * 1024;
  private static final int MAX_ENTITY_BYTES = 1024 * 1024;
  private static final int MAX_PROPERTIES = 252;
  private static final int MAX_NAME_CHARS = 255;
  private static final Instant EARLIEST = Instant.parse("1601-01-01T00:00:00Z");

  private EntityRules() {}

  static String checkTableName(String name) {
    if (name.length() < 3 || name.length() > 63) {
      throw ErrorCode.OUT_OF_RANGE_INPUT.error(
          "The specified resource name length is not within the permissible limits.");
    }
    if (!TABLE_NAME.matcher(name).matches() || name.equalsIgnoreCase("tables")) {
      throw ErrorCode.INVALID_RESOURCE_NAME.error();
    }
    return name;
  }

  static EntityKey checkKey(EntityKey key) {
    checkKey("PartitionKey", key.partitionKey());
    checkKey("RowKey", key.rowKey());
    return key;
  }

  private static void checkKey(String name, String key) {
    if (key.length() > MAX_KEY_CHARS) {
      throw ErrorCode.KEY_VALUE_TOO_LARGE.error(
          "The '" + name + "' property exceeds the maximum allowed key size (1KB).");
    }
    if (key.chars().anyMatch(c -> "/\\#?".indexOf(c) >= 0 || Character.isISOControl(c))) {
      throw outOfRange(name, key);
    }
  }

  static void checkProperty(String name, EdmValue value) {
    if (name.length() > MAX_NAME_CHARS) {
      throw ErrorCode.PROPERTY_NAME_TOO_LONG.error();
    }
    if (!isIdentifier(name)) {
      throw ErrorCode.PROPERTY_NAME_INVALID.error();
    }
    boolean sized = value.type() == EdmType.STRING || value.type() == EdmType.BINARY;
    if (sized && value.payload() > MAX_VALUE_BYTES) {
      throw ErrorCode.PROPERTY_VALUE_TOO_LARGE.error();
    }
    if (value.value() instanceof Instant time && time.isBefore(EARLIEST)) {
      throw outOfRange(name, time.toString());
    }
  }

  /** The limits of the entity as a whole: those that a merge can exceed too. */
  static void checkWhole(EntityKey key, Map<String, EdmValue> properties) {
    if (properties.size() > MAX_PROPERTIES) {
      throw ErrorCode.TOO_MANY_PROPERTIES.error();
    }
    long size = 4L + 2L * (key.partitionKey().length() + key.rowKey().length());
    for (Map.Entry<String, EdmValue> property : properties.entrySet()) {
      size += 8 + 2L * property.getKey().length() + property.getValue().size();
    }
    if (size > MAX_ENTITY_BYTES) {
      throw ErrorCode.ENTITY_TOO_LARGE.error();
    }
  }

  /** Whether it can be a property's name. */
  static boolean isIdentifier(String name) {
    return !name.isEmpty()
        && (name.charAt(0) == '_' || Character.isUnicodeIdentifierStart(name.charAt(0)))
        && name.chars().allMatch(Character::isUnicodeIdentifierPart);
  }

  private static TableError outOfRange(String parameter, String value) {
    return ErrorCode.OUT_OF_RANGE_INPUT.error(
        "The '" + parameter + "' parameter of value '" + value + "' is out of range.");
  }
}
