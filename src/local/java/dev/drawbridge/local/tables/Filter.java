package dev.drawbridge.local.tables;

import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@code $filter}. */
sealed interface Filter {

  /**
   * Whether it holds.
   *
   * @param properties gives a property's value by its name, null for none
   */
  boolean matches(Function<String, @Nullable EdmValue> properties);

  /**
   * Reads a filter.
   *
   * @throws TableError InvalidInput if it is none, or is larger or deeper than allowed
   */
  static Filter parse(String text) {
    return new FilterParser(text).parse();
  }

  record And(Filter left, Filter right) implements Filter {
    @Override
    public boolean matches(Function<String, @Nullable EdmValue> properties) {
      return left.matches(properties) && right.matches(properties);
    }
  }

  record Or(Filter left, Filter right) implements Filter {
    @Override
    public boolean matches(Function<String, @Nullable EdmValue> properties) {
      return left.matches(properties) || right.matches(properties);
    }
  }

  record Not(Filter negated) implements Filter {
    @Override
    public boolean matches(Function<String, @Nullable EdmValue> properties) {
      return !negated.matches(properties);
    }
  }

  /**
   * A property against a constant. It doesn't hold if the entity has no such property, or one of
   * another type.
   */
  record Comparison(String property, Operator operator, EdmValue constant) implements Filter {
    @Override
    public boolean matches(Function<String, @Nullable EdmValue> properties) {
      EdmValue value = properties.apply(property);
      if (value == null) {
        return false;
      }
      OptionalInt order = value.compare(constant);
      return order.isPresent() && operator.holds(order.getAsInt());
    }
  }

  /** In lower case, as filters are written. */
  enum Operator {
    EQ,
    NE,
    GT,
    GE,
    LT,
    LE;

    boolean holds(int order) {
      return switch (this) {
        case EQ -> order == 0;
        case NE -> order != 0;
        case GT -> order > 0;
        case GE -> order >= 0;
        case LT -> order < 0;
        case LE -> order <= 0;
      };
    }
  }
}
