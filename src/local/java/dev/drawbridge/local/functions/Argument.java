package dev.drawbridge.local.functions;

import java.lang.reflect.Type;

/** Where the value of one parameter of a function comes from. */
sealed interface Argument {
  /** The ExecutionContext. */
  record Context() implements Argument {}

  /** What the trigger brings, as {@code type}. */
  record TriggerData(Type type) implements Argument {}

  /** A {@code @BindingName} parameter. */
  record Metadata(String key, Type type) implements Argument {}
}
