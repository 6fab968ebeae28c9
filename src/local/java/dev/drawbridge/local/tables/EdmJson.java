package dev.drawbridge.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Values in JSON, as "Payload format for Table service operations" of the REST reference says. */
final class EdmJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EdmJson() {}

  /**
   * Reads a value.
   *
   * @param type as annotated; empty to infer it from the JSON
   * @throws TableError InvalidInput if the value is not of the type
   */
  static EdmValue read(JsonNode node, Optional<EdmType> type) {
    try {
      return type.isPresent() ? typed(node, type.get()) : inferred(node);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw ErrorCode.INVALID_INPUT.error(
          "The value " + node + " can't be read: " + e.getMessage());
    }
  }

  private static EdmValue inferred(JsonNode node) {
    if (node.isTextual()) {
      return EdmValue.of(node.textValue());
    }
    if (node.isBoolean()) {
      return EdmValue.of(node.booleanValue());
    }
    if (node.isInt()) {
      return EdmValue.of(node.intValue());
    }
    if (node.isFloatingPointNumber()) {
      return EdmValue.of(node.doubleValue());
    }
    throw new IllegalArgumentException("it needs a type or is none of an entity's");
  }

  private static EdmValue typed(JsonNode node, EdmType type) {
    if (!node.isValueNode()) {
      throw new IllegalArgumentException("not a value");
    }
    String text = node.asText();
    return switch (type) {
      case STRING -> EdmValue.of(text);
      case INT32 -> EdmValue.of(Integer.parseInt(text));
      case INT64 -> EdmValue.of(Long.parseLong(text));
      case DOUBLE -> EdmValue.of(Double.parseDouble(text));
      case BOOLEAN -> EdmValue.of(bool(text));
      case DATE_TIME -> EdmValue.of(time(text));
      case GUID -> EdmValue.of(UUID.fromString(text));
      case BINARY -> EdmValue.of(Base64.getDecoder().decode(text));
    };
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** A time; one without an offset is UTC. */
  static Instant time(String text) {
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime withOffset
        ? withOffset.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
  }

  static JsonNode write(EdmValue value) {
    Object raw = value.value();
    return switch (value.type()) {
      case STRING, GUID -> JSON.textNode((String) raw);
      case INT32 -> JSON.numberNode((Integer) raw);
      case INT64 -> JSON.textNode(raw.toString());
      case DOUBLE ->
          isFinite(value) ? JSON.numberNode((Double) raw) : JSON.textNode(raw.toString());
      case BOOLEAN -> JSON.booleanNode((Boolean) raw);
      case DATE_TIME -> JSON.textNode(raw.toString());
      case BINARY -> JSON.textNode(Base64.getEncoder().encodeToString(value.bytes()));
    };
  }

  /** Whether the type can't be seen from the JSON alone. */
  static boolean needsAnnotation(EdmValue value) {
    return switch (value.type()) {
      case STRING, INT32, BOOLEAN -> false;
      case DOUBLE -> !isFinite(value);
      case INT64, DATE_TIME, GUID, BINARY -> true;
    };
  }

  private static boolean isFinite(EdmValue value) {
    return Double.isFinite((Double) value.value());
  }
}
