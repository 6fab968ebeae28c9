package dev.drawbridge.local.functions;

import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger brings to one invocation.
 *
 * @param metadata what {@code @BindingName} can name; names are case-sensitive, as in the worker
 */
record TriggerInput(Data data, Map<String, BindingValue> metadata, Trace trace) {
  /** The trigger's value as the type that the parameter asks for. */
  @FunctionalInterface
  interface Data {
    @Nullable Object as(Type type);
  }
}
