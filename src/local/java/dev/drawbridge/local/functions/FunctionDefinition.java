package dev.drawbridge.local.functions;

import java.lang.reflect.Method;
import java.util.List;

/** A function that was found and checked. */
record FunctionDefinition(String name, Method method, Trigger trigger, List<Argument> arguments) {
  FunctionDefinition {
    arguments = List.copyOf(arguments);
  }

  FunctionInfo info() {
    return new FunctionInfo(name, trigger);
  }
}
