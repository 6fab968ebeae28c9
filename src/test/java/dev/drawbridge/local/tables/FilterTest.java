package dev.drawbridge.local.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final Map<String, EdmValue> ENTITY =
      Map.ofEntries(
          Map.entry("PartitionKey", EdmValue.of("p")),
          Map.entry("Name", EdmValue.of("O'Neill (x) and y")),
          Map.entry("Int", EdmValue.of(-7)),
          Map.entry("Long", EdmValue.of(1L << 40)),
          Map.entry("Double", EdmValue.of(2.5)),
          Map.entry("Zero", EdmValue.of(-0.0)),
          Map.entry("Infinite", EdmValue.of(Double.NEGATIVE_INFINITY)),
          Map.entry("Yes", EdmValue.of(true)),
          Map.entry("No", EdmValue.of(false)),
          Map.entry("Time", EdmValue.of(Instant.parse("2026-11-24T08:00:00.1234567Z"))),
          Map.entry("Guid", EdmValue.of(UUID.fromString("a67e6057-7138-4f78-bbaf-fd9db7b8aab0"))),
          Map.entry("Bytes", EdmValue.of(new byte[] {0x7F, (byte) 0xFF})),
          Map.entry("_a1", EdmValue.of(1)));

  private static boolean holds(String filter) {
    return Filter.parse(filter).matches(ENTITY::get);
  }

  private static void assertInvalid(String filter) {
    TableError refused = assertThrows(TableError.class, () -> Filter.parse(filter), filter);
    assertEquals(ErrorCode.INVALID_INPUT, refused.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name eq 'O''Neill (x) and y'",
        "Name gt 'O''' and Name lt 'P'",
        "Name ge '' and Name ne ''",
        "Int eq -7",
        "Int lt -6 and Int gt -8 and Int le -7 and Int ge -7",
        "Int ge -2147483648 and Int le 2147483647",
        "Long eq 1099511627776L and Long eq 1099511627776l",
        "Long lt 9223372036854775807L",
        "Double eq 2.5 and Double lt 2.6e0 and Double gt -2.5E+0 and Double eq 25e-1",
        "Double lt INF and Infinite eq -INF",
        "Zero eq 0.0",
        "Yes eq true and No eq false and Yes ne false and Yes gt false",
        "Yes",
        "not No",
        "(Yes) and (PartitionKey eq 'p')",
        "Time eq datetime'2026-11-24T08:00:00.1234567Z'",
        "Time eq datetime'2026-11-24T10:00:00.1234567+02:00'",
        "Time gt datetime'2026-11-24T08:00:00'",
        "Guid eq guid'A67E6057-7138-4F78-BBAF-FD9DB7B8AAB0'",
        "Bytes eq X'7fFF' and Bytes eq binary'7FFF' and Bytes lt X'80' and Bytes gt X'7F'",
        "_a1 eq 1",
        "\tInt  eq\r\n-7 ",
        "((((Int eq -7))))",
        "not not (Int eq -7)",
        "not (Int eq 1)",
        "Int eq 1 and Int eq 2 or Int eq -7",
        "Int eq -7 or Int eq 1 and Int eq 2",
        "not (Int eq 1) and Yes",
        "not(Int eq 1)and(Yes)",
      })
  void matches_whenItHolds_thenTrue(String filter) {
    assertTrue(holds(filter));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Int eq 7",
        "Int gt -7",
        "No",
        "(Int eq -7 or Int eq 1) and Int eq 2",
        "Time gt datetime'2026-11-24T08:00:00.1234567Z'",
        "partitionKey eq 'p'",
        "Name eq 'o''neill (x) and y'",
      })
  void matches_whenItDoesNotHold_thenFalse(String filter) {
    assertFalse(holds(filter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eq", "ne", "gt", "ge", "lt", "le"})
  void matches_whenNoSuchProperty_thenNoComparisonHolds(String operator) {
    assertFalse(holds("Nothing " + operator + " 'x'"));
    assertTrue(holds("not (Nothing " + operator + " 'x')"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Long ne 1",
        "Int ne 1L",
        "Int lt 1.0",
        "Double gt 1",
        "Yes ne 'true'",
        "Guid ne 'x'",
        "Time gt '2000-01-01T00:00:00Z'",
        "Name ne X'00'",
        "Int"
      })
  void matches_whenTypesDiffer_thenNoComparisonHolds(String filter) {
    assertFalse(holds(filter));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "(",
        ")",
        "()",
        "(Int eq 1",
        "Int eq 1)",
        "((Int eq 1)",
        "Int eq",
        "Int eq eq 1",
        "Int eq 1 and",
        "and Int eq 1",
        "Int eq 1 Int eq 2",
        "Int eq 1 and or Int eq 2",
        "not",
        "1 eq Int",
        "'a' eq Name",
        "Int eq Long",
        "Int EQ 1",
        "Int eq 1 AND Int eq 2",
        "Int = 1",
        "Int eq 1;",
        "Name eq 'a",
        "Name eq 'a''",
        "Name eq a'",
        "Name eq \"a\"",
        "startswith(Name, 'a')",
        "Int add 1 eq 2",
        "Int eq 2147483648",
        "Int eq -2147483649",
        "Int eq 1.",
        "Int eq .5",
        "Int eq --1",
        "Int eq 0x10",
        "Long eq 9223372036854775808L",
        "Guid eq guid'not-one'",
        "Guid eq guid",
        "Time eq datetime'yesterday'",
        "Time eq datetime'2026-13-01T00:00:00Z'",
        "Bytes eq X'7'",
        "Bytes eq X'zz'",
        "Bytes eq Y'00'",
        "Int eq null",
        "Int/Long eq 1",
        "😀 eq 1",
        "\u0000",
      })
  void parse_whenNoFilter_thenInvalidInput(String filter) {
    assertInvalid(filter);
  }

  @Test
  void parse_whenNestedTooDeeply_thenInvalidInput() {
    int deepest = FilterParser.MAX_DEPTH - 1;
    assertTrue(holds("(".repeat(deepest) + "Yes" + ")".repeat(deepest)));
    assertTrue(holds("not ".repeat(deepest - deepest % 2) + "Yes"));

    assertInvalid("(".repeat(deepest + 1) + "Yes" + ")".repeat(deepest + 1));
    assertInvalid("not ".repeat(deepest + 1) + "Yes");
    assertInvalid("(".repeat(1_000_000));
    assertInvalid("not(".repeat(250_000));
    assertInvalid("not ".repeat(250_000) + "Yes");
  }

  @Test
  void parse_whenTooManyComparisons_thenInvalidInput() {
    assertTrue(holds(comparisons(FilterParser.MAX_COMPARISONS)));
    assertInvalid(comparisons(FilterParser.MAX_COMPARISONS + 1));
    assertInvalid(comparisons(100_000));
  }

  private static String comparisons(int count) {
    return IntStream.range(0, count).mapToObj(i -> "Yes").collect(Collectors.joining(" and "));
  }

  @Test
  void parse_whenConstantIsHuge_thenReadInOneGo() {
    String huge = "''".repeat(500_000);

    assertFalse(holds("Name eq '" + huge + "'"));
    assertInvalid("Int eq " + "9".repeat(1_000_000));
  }

  @Test
  void parse_whenInvalid_thenTheMessageSaysWhere() {
    TableError refused =
        assertThrows(TableError.class, () -> Filter.parse("Int eq 1 and Long is 2"));

    assertEquals("Syntax error in the filter: 'is' at position 18.", refused.text());
  }
}
