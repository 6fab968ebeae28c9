package dev.drawbridge.local.arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of OData filters that Azure's lists understand: {@code name()}, {@code name('value')}
 * and {@code name eq 'value'}, joined with {@code and}.
 */
record Filter(List<Term> terms) {
  /** One condition; the value is empty for a function without argument. */
  record Term(String name, String value) {}

  private static final String QUOTED = "'((?:[^']|'')*)'";
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:(\\w+)\\(\\s*(?:" + QUOTED + ")?\\s*\\)|(\\w+)\\s+eq\\s+" + QUOTED + ")\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a filter; an empty text is no condition.
   *
   * @throws ArmException 400 for what Azure's lists don't understand either
   */
  static Filter parse(String text) {
    List<Term> terms = new ArrayList<>();
    String rest = text.strip();
    while (!rest.isEmpty()) {
      if (!terms.isEmpty()) {
        Matcher and = AND.matcher(rest);
        if (!and.lookingAt()) {
          throw invalid(text);
        }
        rest = rest.substring(and.end());
      }
      Matcher term = TERM.matcher(rest);
      if (!term.lookingAt()) {
        throw invalid(text);
      }
      terms.add(read(term));
      rest = rest.substring(term.end());
    }
    return new Filter(List.copyOf(terms));
  }

  private static Term read(Matcher term) {
    boolean isFunction = term.group(1) != null;
    String name = isFunction ? term.group(1) : term.group(3);
    String value = Optional.ofNullable(isFunction ? term.group(2) : term.group(4)).orElse("");
    return new Term(name, value.replace("''", "'"));
  }

  /** The value that a condition asks for. */
  Optional<String> value(String name) {
    return terms.stream()
        .filter(term -> term.name().equalsIgnoreCase(name))
        .map(Term::value)
        .findFirst();
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  /** Refuses conditions other than these. */
  Filter allowing(String... names) {
    for (Term term : terms) {
      if (List.of(names).stream().noneMatch(term.name()::equalsIgnoreCase)) {
        throw invalid(term.name());
      }
    }
    return this;
  }

  private static ArmException invalid(String text) {
    return new ArmException(400, "InvalidFilter", "The filter '" + text + "' is not supported.");
  }
}
