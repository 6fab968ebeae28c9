package dev.drawbridge.local.tables;

import dev.drawbridge.local.tables.FilterLexer.Kind;
import dev.drawbridge.local.tables.FilterLexer.Token;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads filters by recursive descent: {@code or} binds loosest, then {@code and}, then {@code not}.
 */
final class FilterParser {
  /** "No more than 15 discrete comparisons are permitted": "Querying tables and entities". */
  static final int MAX_COMPARISONS = 15;

  /** Far more than 15 comparisons can need, and far less than the stack can hold. */
  static final int MAX_DEPTH = 100;

  private final FilterLexer lexer;
  private Token token;
  private int depth;
  private int comparisons;

  FilterParser(String text) {
    lexer = new FilterLexer(text);
    token = lexer.next();
  }

  Filter parse() {
    Filter filter = or();
    expect(Kind.END);
    return filter;
  }

  private Filter or() {
    Filter left = and();
    while (word("or")) {
      left = new Filter.Or(left, and());
    }
    return left;
  }

  private Filter and() {
    Filter left = unary();
    while (word("and")) {
      left = new Filter.And(left, unary());
    }
    return left;
  }

  private Filter unary() {
    if (++depth > MAX_DEPTH) {
      throw ErrorCode.INVALID_INPUT.error("The filter is nested too deeply.");
    }
    Filter filter;
    if (word("not")) {
      filter = new Filter.Not(unary());
    } else if (token.kind() == Kind.OPEN) {
      token = lexer.next();
      filter = or();
      expect(Kind.CLOSE);
    } else {
      filter = comparison();
    }
    depth--;
    return filter;
  }

  private Filter comparison() {
    if (++comparisons > MAX_COMPARISONS) {
      throw ErrorCode.INVALID_INPUT.error(
          "A filter has at most " + MAX_COMPARISONS + " comparisons.");
    }
    String property = expect(Kind.WORD).text();
    if (token.kind() == Kind.WORD && !isConnective(token)) {
      return new Filter.Comparison(property, operator(), constant());
    }
    // A Boolean property alone is a condition too.
    return new Filter.Comparison(property, Filter.Operator.EQ, EdmValue.of(true));
  }

  private static boolean isConnective(Token token) {
    return token.text().equals("and") || token.text().equals("or");
  }

  private Filter.Operator operator() {
    Token word = expect(Kind.WORD);
    return Arrays.stream(Filter.Operator.values())
        .filter(operator -> operator.name().toLowerCase(Locale.ROOT).equals(word.text()))
        .findFirst()
        .orElseThrow(() -> unexpected(word));
  }

  private EdmValue constant() {
    Token constant = expect(Kind.CONSTANT);
    return Objects.requireNonNull(constant.value());
  }

  private boolean word(String text) {
    boolean found = token.kind() == Kind.WORD && token.text().equals(text);
    if (found) {
      token = lexer.next();
    }
    return found;
  }

  private Token expect(Kind kind) {
    Token expected = token;
    if (expected.kind() != kind) {
      throw unexpected(expected);
    }
    token = lexer.next();
    return expected;
  }

  private static TableError unexpected(Token token) {
    String what = token.kind() == Kind.END ? "the end" : "'" + token.text() + "'";
    return ErrorCode.INVALID_INPUT.error(
        "Syntax error in the filter: " + what + " at position " + token.position() + ".");
  }
}
