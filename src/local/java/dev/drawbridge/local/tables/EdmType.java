package dev.drawbridge.local.tables;

import java.util.Arrays;
import java.util.Optional;

/** The types a property can have. */
enum EdmType {
  STRING("Edm.String"),
  INT32("Edm.Int32"),
  INT64("Edm.Int64"),
  DOUBLE("Edm.Double"),
  BOOLEAN("Edm.Boolean"),
  DATE_TIME("Edm.DateTime"),
  GUID("Edm.Guid"),
  BINARY("Edm.Binary");

  private final String wireName;

  EdmType(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  static Optional<EdmType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
