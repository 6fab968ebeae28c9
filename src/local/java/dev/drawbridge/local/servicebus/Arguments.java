package dev.drawbridge.local.servicebus;

import java.lang.reflect.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.qpid.protonj2.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The map that a request carries. What is missing or of another type is refused with an {@link
 * IllegalArgumentException} that names it.
 */
final class Arguments {
  private final Map<?, ?> map;

  Arguments(@Nullable Object value) {
    this.map = as(Map.class, "the body", value);
  }

  Number number(String key) {
    return as(Number.class, key, map.get(key));
  }

  String text(String key) {
    return as(String.class, key, map.get(key));
  }

  @Nullable String textIfThere(String key) {
    return map.get(key) == null ? null : text(key);
  }

  Binary binary(String key) {
    return as(Binary.class, key, map.get(key));
  }

  List<Long> longs(String key) {
    return elements(key).stream().map(each -> as(Number.class, key, each).longValue()).toList();
  }

  List<UUID> lockTokens() {
    String key = "lock-tokens";
    return elements(key).stream().map(each -> as(UUID.class, key, each)).toList();
  }

  List<Arguments> maps(String key) {
    return elements(key).stream().map(Arguments::new).toList();
  }

  /** Empty if there are none. */
  Map<String, Object> properties(String key) {
    return map.get(key) == null ? Map.of() : stringKeys(as(Map.class, key, map.get(key)));
  }

  /** The same map with keys that are strings where they were symbols. */
  static Map<String, Object> stringKeys(@Nullable Map<?, ?> map) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (map != null) {
      map.forEach((key, value) -> properties.put(key.toString(), value));
    }
    return properties;
  }

  /** A sequence is an array of a primitive or other type or a list, as its sender encoded it. */
  private List<?> elements(String key) {
    Object value = map.get(key);
    if (value instanceof List<?> list) {
      return list;
    }
    if (value != null && value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value)).mapToObj(i -> Array.get(value, i)).toList();
    }
    throw new IllegalArgumentException(key + " is no sequence");
  }

  private static <T> T as(Class<T> type, String what, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(what + " is missing or no " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
