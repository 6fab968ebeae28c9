package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ServiceNow's encoded query: conditions that all must hold, and an order.
 *
 * <p>ServiceNow leaves out what it can't read in a query, and then finds too much. Here that is
 * refused, so that no caller relies on it.
 *
 * @see <a
 *     href="https://www.servicenow.com/docs/bundle/zurich-platform-user-interface/page/use/using-lists/concept/c_EncodedQueryStrings.html">Encoded
 *     query strings</a>
 */
final class EncodedQuery {
  private static final Pattern CONDITION =
      Pattern.compile("([a-z_]+)(!=|=|LIKE|STARTSWITH|IN)(.*)", Pattern.DOTALL);
  private static final Pattern ORDER = Pattern.compile("ORDERBY(DESC)?([a-z_]+)");
  private static final String ESCAPED_CARET = "\u0000";

  private record Condition(String field, String operator, String value) {
    boolean holds(JsonNode row) {
      // As its databases do, ServiceNow compares without regard to case.
      String actual = row.path(field).asText().toLowerCase(Locale.ROOT);
      String wanted = value.toLowerCase(Locale.ROOT);
      return switch (operator) {
        case "=" -> actual.equals(wanted);
        case "!=" -> !actual.equals(wanted);
        case "LIKE" -> actual.contains(wanted);
        case "IN" -> List.of(wanted.split(",", -1)).contains(actual);
        default -> actual.startsWith(wanted);
      };
    }
  }

  private final List<Condition> conditions = new ArrayList<>();
  private final List<Comparator<JsonNode>> orders = new ArrayList<>();

  private EncodedQuery() {}

  /**
   * @throws IllegalArgumentException if it has something that is not known here
   */
  static EncodedQuery parse(String text) {
    EncodedQuery query = new EncodedQuery();
    for (String escaped : text.replace("^^", ESCAPED_CARET).split("\\^", -1)) {
      String term = escaped.replace(ESCAPED_CARET, "^");
      Matcher order = ORDER.matcher(term);
      Matcher condition = CONDITION.matcher(term);
      if (order.matches()) {
        String field = order.group(2);
        Comparator<JsonNode> ascending = Comparator.comparing(row -> row.path(field).asText());
        query.orders.add(order.group(1) == null ? ascending : ascending.reversed());
      } else if (condition.matches()) {
        query.conditions.add(
            new Condition(condition.group(1), condition.group(2), condition.group(3)));
      } else if (!term.isEmpty()) {
        throw new IllegalArgumentException("Not known in a query: " + term);
      }
    }
    return query;
  }

  /** What fits, in the query's order. Without one it is the given one. */
  List<JsonNode> select(List<? extends JsonNode> rows) {
    List<JsonNode> fitting = new ArrayList<>();
    for (JsonNode row : rows) {
      for (Condition condition : conditions) {
        if (!row.has(condition.field())) {
          throw new IllegalArgumentException("The table has no field " + condition.field());
        }
      }
      if (conditions.stream().allMatch(condition -> condition.holds(row))) {
        fitting.add(row);
      }
    }
    List<Comparator<JsonNode>> lastFirst = new ArrayList<>(orders);
    Collections.reverse(lastFirst);
    lastFirst.forEach(fitting::sort); // stable: the first order has the last word
    return fitting;
  }
}
