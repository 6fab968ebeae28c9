package dev.drawbridge.local.tables;

import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a filter into tokens, one by one: what is refused early is not read to its end. */
final class FilterLexer {
  private static final Pattern INTEGER = Pattern.compile("-?\\d+");
  private static final Pattern LONG = Pattern.compile("-?\\d+[lL]");
  private static final Pattern DOUBLE =
      Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?[dD]?|NaN|-?INF");

  enum Kind {
    WORD,
    CONSTANT,
    OPEN,
    CLOSE,
    END
  }

  /**
   * @param position of its first character, from 0
   * @param value a constant's, else null
   */
  record Token(Kind kind, String text, int position, @Nullable EdmValue value) {}

  private final String text;
  private int at;

  FilterLexer(String text) {
    this.text = text;
  }

  /** The next token; an END at the end. */
  Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Kind.END, "", at, null);
    }
    return switch (text.charAt(at)) {
      case '(' -> new Token(Kind.OPEN, "(", at++, null);
      case ')' -> new Token(Kind.CLOSE, ")", at++, null);
      default -> wordOrConstant();
    };
  }

  private Token wordOrConstant() {
    int start = at;
    while (at < text.length() && "()' \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String run = text.substring(start, at);
    if (at < text.length() && text.charAt(at) == '\'') {
      EdmValue value = prefixed(run, quoted(), start);
      return new Token(Kind.CONSTANT, text.substring(start, at), start, value);
    }
    EdmValue value = bare(run, start);
    return new Token(value == null ? Kind.WORD : Kind.CONSTANT, run, start, value);
  }

  /** The string that begins at the quote here; a quote in it is doubled. */
  private String quoted() {
    int start = at;
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      int quote = text.indexOf('\'', at);
      if (quote < 0) {
        throw error("A string is not closed", start);
      }
      value.append(text, at, quote);
      at = quote + 1;
      if (at >= text.length() || text.charAt(at) != '\'') {
        return value.toString();
      }
      value.append('\'');
      at++;
    }
  }

  private static EdmValue prefixed(String prefix, String quoted, int position) {
    try {
      return switch (prefix) {
        case "" -> EdmValue.of(quoted);
        case "guid" -> EdmValue.of(UUID.fromString(quoted));
        case "datetime" -> EdmValue.of(EdmJson.time(quoted));
        case "X", "binary" -> EdmValue.of(HexFormat.of().parseHex(quoted));
        default -> throw error("No such constant: " + prefix + "'…'", position);
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      throw error("Not a " + prefix + ": '" + quoted + "'", position);
    }
  }

  /** The value of what stands without quotes; null if it is a word. */
  private static @Nullable EdmValue bare(String run, int position) {
    try {
      if (run.equals("true") || run.equals("false")) {
        return EdmValue.of(run.equals("true"));
      }
      if (INTEGER.matcher(run).matches()) {
        return EdmValue.of(Integer.parseInt(run));
      }
      if (LONG.matcher(run).matches()) {
        return EdmValue.of(Long.parseLong(run.substring(0, run.length() - 1)));
      }
      if (DOUBLE.matcher(run).matches()) {
        return EdmValue.of(Double.parseDouble(run.replace("INF", "Infinity")));
      }
    } catch (NumberFormatException e) {
      throw error("Out of range: " + run, position);
    }
    if (!EntityRules.isIdentifier(run)) {
      throw error("Neither a name nor a constant: " + run, position);
    }
    return null;
  }

  private static TableError error(String what, int position) {
    return ErrorCode.INVALID_INPUT.error(
        "Syntax error in the filter: " + what + " at position " + position + ".");
  }
}
