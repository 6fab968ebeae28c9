package dev.drawbridge.local.functions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as ASP.NET reads it: literals in any case, {@code {x}}, {@code {x:guid}}, {@code {x?}}
 * and {@code {*rest}}.
 */
final class RouteTemplate {
  private static final Pattern PARAMETER =
      Pattern.compile("\\{(\\*?)([A-Za-z_]\\w*)((?::\\w+)*)(\\??)}");
  private static final Pattern GUID =
      Pattern.compile(
          "\\p{XDigit}{32}|%1$s|\\{%1$s}|\\(%1$s\\)"
              .formatted("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"));

  private enum Constraint {
    GUID,
    INT,
    LONG,
    ALPHA,
    BOOL;

    boolean accepts(String value) {
      return switch (this) {
        case GUID -> RouteTemplate.GUID.matcher(value).matches();
        case INT -> number(value).filter(n -> n == n.intValue()).isPresent();
        case LONG -> number(value).isPresent();
        case ALPHA -> value.matches("[a-zA-Z]*");
        case BOOL -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      };
    }

    private static Optional<Long> number(String value) {
      try {
        return Optional.of(Long.valueOf(value));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  private sealed interface Segment {
    /** The parameter's name; empty for a literal. */
    default String name() {
      return "";
    }

    /** Whether nothing may come after it. */
    default boolean last() {
      return false;
    }

    record Literal(String text) implements Segment {}

    record Parameter(String name, List<Constraint> constraints, boolean optional)
        implements Segment {
      @Override
      public boolean last() {
        return optional;
      }
    }

    record Rest(String name) implements Segment {
      @Override
      public boolean last() {
        return true;
      }
    }
  }

  private final List<Segment> segments;

  private RouteTemplate(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * @param template without a slash at its start
   * @throws IllegalArgumentException with a sentence that says what the template may be
   */
  static RouteTemplate parse(String template) {
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (template.isEmpty()) {
      return new RouteTemplate(segments);
    }
    String[] parts = template.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      Segment segment = segment(parts[i], template);
      if (segment.last() && i < parts.length - 1) {
        throw new IllegalArgumentException(
            "%s must be the last segment of route '%s'".formatted(parts[i], template));
      }
      String name = segment.name();
      if (!name.isEmpty() && !names.add(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("route '%s' has {%s} twice".formatted(template, name));
      }
      segments.add(segment);
    }
    return new RouteTemplate(List.copyOf(segments));
  }

  private static Segment segment(String part, String template) {
    if (part.isEmpty()) {
      throw new IllegalArgumentException(
          "route '%s' has an empty segment: no slash at its start or end, nor two in a row"
              .formatted(template));
    }
    if (!part.contains("{") && !part.contains("}")) {
      return new Segment.Literal(part);
    }
    Matcher parameter = PARAMETER.matcher(part);
    if (!parameter.matches()) {
      throw new IllegalArgumentException(
          "%s in route '%s' is not known here: use {name}, {name?}, {name:constraint} or {*name}"
              .formatted(part, template));
    }
    String name = parameter.group(2);
    if (!parameter.group(1).isEmpty()) {
      return new Segment.Rest(name);
    }
    List<Constraint> constraints = new ArrayList<>();
    for (String constraint : parameter.group(3).split(":", -1)) {
      if (!constraint.isEmpty()) {
        constraints.add(constraint(constraint, template));
      }
    }
    return new Segment.Parameter(name, constraints, !parameter.group(4).isEmpty());
  }

  private static Constraint constraint(String name, String template) {
    for (Constraint constraint : Constraint.values()) {
      if (constraint.name().equalsIgnoreCase(name)) {
        return constraint;
      }
    }
    throw new IllegalArgumentException(
        "the constraint :%s in route '%s' is not known here: use guid, int, long, alpha or bool"
            .formatted(name, template));
  }

  /**
   * The values of the parameters if {@code path} fits, an absent optional one left out.
   *
   * @param path decoded, without a slash at its start; one at its end does not matter
   */
  Optional<Map<String, String>> match(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> parts = trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
    Map<String, String> values = new LinkedHashMap<>();
    int next = 0;
    for (Segment segment : segments) {
      if (segment instanceof Segment.Rest rest) {
        values.put(rest.name(), String.join("/", parts.subList(next, parts.size())));
        return Optional.of(values);
      }
      if (next == parts.size()) {
        return segment.last() ? Optional.of(values) : Optional.empty();
      }
      if (!matches(segment, parts.get(next), values)) {
        return Optional.empty();
      }
      next++;
    }
    return next == parts.size() ? Optional.of(values) : Optional.empty();
  }

  private static boolean matches(Segment segment, String part, Map<String, String> values) {
    if (segment instanceof Segment.Literal literal) {
      return literal.text().equalsIgnoreCase(part);
    }
    if (segment instanceof Segment.Parameter parameter
        && !part.isEmpty()
        && parameter.constraints().stream().allMatch(c -> c.accepts(part))) {
      values.put(parameter.name(), part);
      return true;
    }
    return false;
  }
}
