package dev.drawbridge.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads an object's members by their types. Whatever is not there or of another type is an {@link
 * IllegalArgumentException}: Jackson alone would make an empty text, a 0 or a false of it.
 */
final class Members {
  private Members() {}

  static Instant instant(JsonNode node, String name) {
    return optionalInstant(node, name).orElseThrow(() -> missing(name));
  }

  static Optional<Instant> optionalInstant(JsonNode node, String name) {
    return optional(node, name)
        .map(
            at -> {
              try {
                return Instant.parse(text(at, name));
              } catch (DateTimeException e) {
                throw new IllegalArgumentException(name + " is no time", e);
              }
            });
  }

  static String string(JsonNode node, String name) {
    return text(member(node, name), name);
  }

  static String text(JsonNode node, String name) {
    check(node.isTextual(), name, "text");
    return node.textValue();
  }

  static boolean flag(JsonNode node, String name) {
    JsonNode flag = member(node, name);
    check(flag.isBoolean(), name, "truth value");
    return flag.booleanValue();
  }

  static int count(JsonNode node, String name) {
    JsonNode count = member(node, name);
    check(count.isInt() && count.intValue() >= 0, name, "count");
    return count.intValue();
  }

  static JsonNode array(JsonNode node, String name) {
    JsonNode array = member(node, name);
    check(array.isArray(), name, "array");
    return array;
  }

  static JsonNode object(JsonNode node, String name) {
    JsonNode object = member(node, name);
    check(object.isObject(), name, "object");
    return object;
  }

  private static void check(boolean isOne, String name, String what) {
    if (!isOne) {
      throw new IllegalArgumentException("%s is no %s".formatted(name, what));
    }
  }

  static JsonNode member(JsonNode node, String name) {
    return optional(node, name).orElseThrow(() -> missing(name));
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("has no " + name);
  }

  static Optional<JsonNode> optional(JsonNode node, String name) {
    JsonNode member = node.get(name);
    return member == null || member.isNull() ? Optional.empty() : Optional.of(member);
  }
}
