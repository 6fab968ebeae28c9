package dev.drawbridge.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a decoded JSON object and gathers all that is wrong with them. What was read
 * is only to be had when nothing was.
 */
final class Fields {
  private static final int LONGEST_NAME_TOLD = 64;

  private final Map<String, ?> values;
  private final String pointer;
  private final List<Violation> violations;
  private final Set<String> known = new HashSet<>();

  Fields(Map<String, ?> values) {
    this(values, "", new ArrayList<>());
  }

  private Fields(Map<String, ?> values, String pointer, List<Violation> violations) {
    this.values = values;
    this.pointer = pointer;
    this.violations = violations;
  }

  /** A field that was read; its value may be asked for inside {@link #parsed} only. */
  static final class Field<T> {
    private final @Nullable T value;

    private Field(@Nullable T value) {
      this.value = value;
    }

    Optional<T> valid() {
      return Optional.ofNullable(value);
    }

    T get() {
      if (value == null) {
        throw new IllegalStateException("A field with a violation has no value");
      }
      return value;
    }
  }

  <T> Field<T> required(String name, Function<String, T> read) {
    known.add(name);
    if (values.get(name) == null) {
      refuse(name, "is required");
      return new Field<>(null);
    }
    return text(name, read);
  }

  <T> Field<Optional<T>> optional(String name, Function<String, T> read) {
    known.add(name);
    if (values.get(name) == null) {
      return new Field<>(Optional.empty());
    }
    Field<T> field = text(name, read);
    return new Field<>(field.value == null ? null : Optional.of(field.value));
  }

  /** An object within this one, read by {@code read}, which must end in {@link #refuseUnknown}. */
  <T> Field<T> object(String name, Function<Fields, Supplier<T>> read) {
    known.add(name);
    Object value = values.get(name);
    if (!(value instanceof Map<?, ?> map)) {
      refuse(name, value == null ? "is required" : "must be an object");
      return new Field<>(null);
    }
    Map<String, Object> members = new java.util.LinkedHashMap<>();
    map.forEach((key, member) -> members.put(String.valueOf(key), member));
    Fields inner = new Fields(members, pointer + "/" + name, violations);
    int before = violations.size();
    Supplier<T> made = read.apply(inner);
    inner.refuseUnknown();
    return new Field<>(violations.size() == before ? made.get() : null);
  }

  void refuse(String name, String detail) {
    String told = OneLine.cut(name, LONGEST_NAME_TOLD);
    violations.add(
        new Violation(pointer + "/" + told.replace("~", "~0").replace("/", "~1"), detail));
  }

  /** The request that {@code make} builds of the fields read, or all that is wrong with them. */
  <T> Parsed<T> parsed(Supplier<T> make) {
    refuseUnknown();
    return violations.isEmpty() ? new Parsed.Valid<>(make.get()) : new Parsed.Invalid<>(violations);
  }

  private <T> Field<T> text(String name, Function<String, T> read) {
    Object value = values.get(name);
    if (!(value instanceof String text)) {
      refuse(name, "must be a string");
      return new Field<>(null);
    }
    try {
      return new Field<>(read.apply(text));
    } catch (IllegalArgumentException e) {
      refuse(name, String.valueOf(e.getMessage()));
      return new Field<>(null);
    }
  }

  private void refuseUnknown() {
    Collection<String> unknown = new ArrayList<>(values.keySet());
    unknown.removeAll(known);
    unknown.forEach(name -> refuse(name, "is not a field of this request"));
  }
}
