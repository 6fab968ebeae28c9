package dev.drawbridge.local.functions;

/** A function that the host runs. */
public record FunctionInfo(String name, Trigger trigger) {
  @Override
  public String toString() {
    return name + ": " + trigger.describe();
  }
}
