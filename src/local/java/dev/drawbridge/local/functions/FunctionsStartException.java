package dev.drawbridge.local.functions;

import java.util.List;

/** The functions or their settings can't be run. The message names every problem found. */
public final class FunctionsStartException extends RuntimeException {
  private final transient List<String> problems;

  FunctionsStartException(List<String> problems) {
    super("The functions can't start:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence a problem: which function, which parameter, what to do. */
  public List<String> problems() {
    return problems;
  }
}
