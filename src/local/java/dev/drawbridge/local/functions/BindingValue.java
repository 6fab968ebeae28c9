package dev.drawbridge.local.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value as Azure's host hands it to the Java worker, and the worker's conversions of it to a
 * parameter's type (azure-functions-java-worker, package binding).
 */
sealed interface BindingValue {
  /** No value: an HTTP request without a body. */
  record None() implements BindingValue {}

  record Text(String value) implements BindingValue {}

  /** Anything that the host has no simpler form for: numbers, times, maps. */
  record Json(String value) implements BindingValue {}

  @SuppressWarnings("ArrayRecordComponent") // converted once, never compared
  record Bytes(byte[] value) implements BindingValue {}

  /** The value can't become what the parameter asks for; the invocation fails. */
  final class ConversionException extends RuntimeException {
    ConversionException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();

  static BindingValue json(Object value) {
    try {
      return new Json(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new ConversionException("Not to be written as JSON: " + value, e);
    }
  }

  /** The value as {@code target}; null for {@link None}, unless the target is an Optional. */
  default @Nullable Object as(Type target) {
    if (target instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return Optional.ofNullable(as(generic.getActualTypeArguments()[0]));
    }
    if (this instanceof None) {
      return null;
    }
    if (this instanceof Bytes bytes) {
      return target == byte[].class ? bytes.value().clone() : base64(bytes.value());
    }
    String text = this instanceof Text plain ? plain.value() : ((Json) this).value();
    return target == String.class ? text : fromJson(text, target);
  }

  /**
   * Bytes bound to a String: the worker encodes them and then has Gson read that as a lenient JSON
   * string, in which {@code /} and {@code =} end the string too early.
   */
  private static String base64(byte[] bytes) {
    String encoded = Base64.getEncoder().encodeToString(bytes);
    if (encoded.contains("/") || encoded.contains("=")) {
      throw new ConversionException(
          "Azure's worker can't bind this binary body to a String: take a byte[] for"
              + " application/octet-stream and multipart",
          null);
    }
    return encoded;
  }

  private static Object fromJson(String text, Type target) {
    try {
      if (target == byte[].class) {
        return bytes(text);
      }
      if (target instanceof ParameterizedType map
          && map.getRawType() == Map.class
          && map.getActualTypeArguments()[1] == Object.class) {
        JsonNode tree = MAPPER.readTree(text);
        if (!tree.isObject()) {
          throw new ConversionException("No JSON object for a Map", null);
        }
        return plainMap(tree);
      }
      Object value = MAPPER.readValue(text, MAPPER.constructType(target));
      if (value == null) {
        throw new ConversionException("A JSON null for " + target.getTypeName(), null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new ConversionException(
          "Azure's worker can't bind this value to " + target.getTypeName(), e);
    }
  }

  /**
   * Text bound to a byte[] is read as a JSON array of numbers, whatever the text was meant to be.
   */
  private static byte[] bytes(String text) throws JsonProcessingException {
    int[] numbers = MAPPER.readValue(text, int[].class);
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    return bytes;
  }

  private static Map<String, @Nullable Object> plainMap(JsonNode object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
    return map;
  }

  /** As Gson does it for Object: every number is a double. */
  private static @Nullable Object plain(JsonNode node) {
    if (node.isObject()) {
      return plainMap(node);
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNull() ? null : node.textValue();
  }
}
