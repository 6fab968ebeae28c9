package dev.drawbridge.access;

import java.util.List;

/** What reading a request gave: the request, or everything that is wrong with it. */
public sealed interface Parsed<T> {
  record Valid<T>(T value) implements Parsed<T> {}

  record Invalid<T>(List<Violation> violations) implements Parsed<T> {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }
}
