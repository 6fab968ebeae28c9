package dev.drawbridge.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tokens of a Bicep file, without comments. An interpolated expression follows its string. */
final class BicepTokens {
  private static final Pattern SPACE = Pattern.compile("[ \\t\\r]+|//[^\\n]*");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*|\\d+");
  private static final Pattern MULTI_LINE = Pattern.compile("'''(.*?)'''(?!')", Pattern.DOTALL);
  private static final Pattern MARK =
      Pattern.compile("=>|==|!=|<=|>=|&&|\\|\\||\\?\\?|::|[-+*/%=<>!?:.,@(){}\\[\\]\\n]");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private BicepTokens(String text) {
    this.text = text;
  }

  /**
   * @param quoted whether it is a string, whose text is then without its quotes
   */
  record Token(String text, boolean quoted) {
    boolean is(String other) {
      return !quoted && text.equals(other);
    }

    boolean isName() {
      return !quoted && Character.isLetter(text.charAt(0));
    }

    boolean opens() {
      return !quoted && Set.of("(", "[", "{", "${").contains(text);
    }

    boolean closes() {
      return !quoted && Set.of(")", "]", "}").contains(text);
    }
  }

  /**
   * @throws IllegalArgumentException for what is no Bicep, with the line
   */
  static List<Token> of(String text) {
    BicepTokens reader = new BicepTokens(text);
    reader.readUntil('\0');
    return List.copyOf(reader.tokens);
  }

  /** Reads to the end, or past the brace that ends an interpolated expression. */
  private void readUntil(char end) {
    int depth = 0;
    while (at < text.length()) {
      Matcher match;
      if ((match = match(SPACE)) != null) {
        at = match.end();
      } else if ((match = match(MULTI_LINE)) != null) {
        tokens.add(new Token(match.group(1), true));
        at = match.end();
      } else if (text.charAt(at) == '\'') {
        readString();
      } else if ((match = match(WORD)) != null || (match = match(MARK)) != null) {
        Token token = new Token(match.group(), false);
        tokens.add(token);
        at = match.end();
        depth += token.opens() ? 1 : token.closes() ? -1 : 0;
        if (depth < 0 && token.is(String.valueOf(end))) {
          return;
        }
      } else {
        throw wrong("is no Bicep: " + text.charAt(at));
      }
    }
    if (end != '\0') {
      throw wrong("ends within a string");
    }
  }

  private void readString() {
    int mine = tokens.size();
    tokens.add(new Token("", true));
    StringBuilder literal = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
      if (text.charAt(at) == '\'') {
        at++;
        tokens.set(mine, new Token(literal.toString(), true));
        return;
      }
      if (text.startsWith("${", at)) {
        at += 2;
        literal.append("${}");
        tokens.add(new Token("${", false));
        readUntil('}');
        at--; // the loop's own step
      } else {
        at += text.charAt(at) == '\\' ? 1 : 0;
        literal.append(text.charAt(at));
      }
    }
    throw wrong("has a string without an end");
  }

  private @Nullable Matcher match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    return matcher.lookingAt() ? matcher : null;
  }

  private IllegalArgumentException wrong(String what) {
    long line =
        text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count() + 1;
    return new IllegalArgumentException("line " + line + " " + what);
  }
}
