package dev.drawbridge.local.tables;

import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A property's value.
 *
 * @param value a String, Integer, Long, Double, Boolean or Instant; a GUID is its lower-case text
 *     and binary its lower-case hex digits, so that both are equal by content and order bytewise
 */
record EdmValue(EdmType type, Comparable<?> value) {

  static EdmValue of(String value) {
    return new EdmValue(EdmType.STRING, value);
  }

  static EdmValue of(int value) {
    return new EdmValue(EdmType.INT32, value);
  }

  static EdmValue of(long value) {
    return new EdmValue(EdmType.INT64, value);
  }

  static EdmValue of(double value) {
    return new EdmValue(EdmType.DOUBLE, value);
  }

  static EdmValue of(boolean value) {
    return new EdmValue(EdmType.BOOLEAN, value);
  }

  /** Kept to 100 ns, which is the service's precision. */
  static EdmValue of(Instant value) {
    return new EdmValue(EdmType.DATE_TIME, Ticks.floor(value));
  }

  static EdmValue of(UUID value) {
    return new EdmValue(EdmType.GUID, value.toString());
  }

  static EdmValue of(byte[] value) {
    return new EdmValue(EdmType.BINARY, HexFormat.of().formatHex(value));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex((String) value);
  }

  /** Empty if the types differ: then no comparison holds, as the service promotes no type. */
  @SuppressWarnings("unchecked") // one type has one class of values
  OptionalInt compare(EdmValue other) {
    if (type != other.type) {
      return OptionalInt.empty();
    }
    if (type == EdmType.DOUBLE) { // adding 0 makes -0.0 equal to 0.0
      return OptionalInt.of(Double.compare((Double) value + 0.0, (Double) other.value + 0.0));
    }
    return OptionalInt.of(((Comparable<Object>) value).compareTo(other.value));
  }

  /** What the value counts towards the size of its entity, in bytes. */
  int size() {
    return switch (type) {
      case STRING -> 4 + payload();
      case BINARY -> 4 + payload();
      case INT32 -> 4;
      case INT64, DOUBLE, DATE_TIME -> 8;
      case BOOLEAN -> 1;
      case GUID -> 16;
    };
  }

  /** The size of the value alone, in bytes: what the limit of a property is about. */
  int payload() {
    return switch (type) {
      case STRING -> 2 * ((String) value).length();
      case BINARY -> ((String) value).length() / 2;
      default -> size();
    };
  }
}
