package dev.drawbridge.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of an Azure role assignment, as far as conditions on assigning roles go.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/role-based-access-control/conditions-format">Conditions'
 *     format</a>
 */
sealed interface AbacCondition {

  /**
   * A call, as Azure puts it to a condition.
   *
   * @param attributes by {@code @Request[…]} or {@code @Resource[…]}; what a call does not have is
   *     not there
   */
  record Call(String action, Map<String, String> attributes) {}

  boolean allows(Call call);

  record Not(AbacCondition of) implements AbacCondition {
    @Override
    public boolean allows(Call call) {
      return !of.allows(call);
    }
  }

  record All(List<AbacCondition> of) implements AbacCondition {
    @Override
    public boolean allows(Call call) {
      return of.stream().allMatch(one -> one.allows(call));
    }
  }

  record Any(List<AbacCondition> of) implements AbacCondition {
    @Override
    public boolean allows(Call call) {
      return of.stream().anyMatch(one -> one.allows(call));
    }
  }

  record ActionMatches(String action) implements AbacCondition {
    @Override
    public boolean allows(Call call) {
      return action.equalsIgnoreCase(call.action());
    }
  }

  /** {@code ForAnyOfAnyValues:GuidEquals}. */
  record IsOneOf(String attribute, Set<String> guids) implements AbacCondition {
    @Override
    public boolean allows(Call call) {
      String value = call.attributes().get(attribute);
      return value != null && guids.stream().anyMatch(value::equalsIgnoreCase);
    }
  }

  /**
   * @throws IllegalArgumentException for anything that Azure would not take either
   */
  static AbacCondition parse(String text) {
    Parser parser = new Parser(text);
    AbacCondition condition = parser.expression();
    parser.expectEnd();
    return condition;
  }

  /** Reads by recursive descent. AND and OR are not mixed without parentheses. */
  final class Parser {
    private static final Pattern TOKEN =
        Pattern.compile(
            "\\s*(?:(?<mark>[!()]|AND\\b|OR\\b)"
                + "|ActionMatches\\{'(?<action>[A-Za-z./]+)'}"
                + "|(?<attribute>@(?:Request|Resource)\\[[A-Za-z./]+:[A-Za-z]+])\\s+"
                + "ForAnyOfAnyValues:GuidEquals\\s+\\{(?<guids>[0-9a-f-]{36}(?:, [0-9a-f-]{36})*)})");

    private final List<Matcher> tokens = new ArrayList<>();
    private int at;

    Parser(String text) {
      int from = 0;
      while (from < text.stripTrailing().length()) {
        Matcher token = TOKEN.matcher(text).region(from, text.length());
        if (!token.lookingAt()) {
          throw new IllegalArgumentException("No condition: " + text.substring(from));
        }
        tokens.add(token);
        from = token.end();
      }
    }

    AbacCondition expression() {
      List<AbacCondition> parts = new ArrayList<>(List.of(term()));
      String operator = mark();
      while (mark().equals("AND") || mark().equals("OR")) {
        if (!mark().equals(operator)) {
          throw new IllegalArgumentException("AND and OR are mixed");
        }
        at++;
        parts.add(term());
      }
      return parts.size() == 1
          ? parts.get(0)
          : operator.equals("AND") ? new All(parts) : new Any(parts);
    }

    private AbacCondition term() {
      if (at == tokens.size()) {
        throw new IllegalArgumentException("The condition is cut off");
      }
      Matcher token = tokens.get(at++);
      if (token.group("action") != null) {
        return new ActionMatches(token.group("action"));
      }
      if (token.group("attribute") != null) {
        return new IsOneOf(token.group("attribute"), Set.of(token.group("guids").split(", ", -1)));
      }
      if (token.group("mark").equals("!")) {
        return new Not(term());
      }
      if (!token.group("mark").equals("(")) {
        throw new IllegalArgumentException("Not expected: " + token.group("mark"));
      }
      AbacCondition inner = expression();
      if (!mark().equals(")")) {
        throw new IllegalArgumentException("A parenthesis is not closed");
      }
      at++;
      return inner;
    }

    private String mark() {
      String mark = at < tokens.size() ? tokens.get(at).group("mark") : null;
      return mark == null ? "" : mark;
    }

    void expectEnd() {
      if (at < tokens.size()) {
        throw new IllegalArgumentException("More than a condition: " + tokens.get(at).group());
      }
    }
  }
}
