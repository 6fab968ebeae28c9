package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTemplateTest {
  private static Optional<Map<String, String>> match(String template, String path) {
    return RouteTemplate.parse(template).match(path);
  }

  @Test
  void match_whenLiteralsDifferInCaseOnly_thenMatches() {
    assertEquals(Optional.of(Map.of()), match("api/Peerings", "API/peerings"));
  }

  @Test
  void match_whenParametersFit_thenKeepsTheirCase() {
    assertEquals(
        Optional.of(Map.of("id", "AbC", "action", "Cancel")),
        match("api/operations/{id}/{action}", "api/operations/AbC/Cancel"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api", "api/operations/1/2", "api/operations//", "api//1", "operations/1", ""})
  void match_whenSegmentsAreMissingEmptyOrTooMany_thenDoesNotMatch(String path) {
    assertEquals(Optional.empty(), match("api/operations/{id}", path));
  }

  @Test
  void match_whenPathEndsInOneSlash_thenItDoesNotCount() {
    assertEquals(Optional.of(Map.of("id", "1")), match("api/{id}", "api/1/"));
    assertEquals(Optional.empty(), match("api/{id}", "api/1//"));
  }

  @Test
  void match_whenOptionalParameterIsAbsent_thenLeavesItOut() {
    assertEquals(Optional.of(Map.of()), match("list/{page:int?}", "list"));
    assertEquals(Optional.of(Map.of("page", "3")), match("list/{page:int?}", "list/3"));
    assertEquals(Optional.empty(), match("list/{page:int?}", "list/x"));
  }

  @Test
  void match_whenTheRestIsTaken_thenMayBeEmptyOrLong() {
    assertEquals(Optional.of(Map.of("rest", "")), match("files/{*rest}", "files"));
    assertEquals(Optional.of(Map.of("rest", "a/b")), match("files/{*rest}", "files/a/b"));
  }

  @ParameterizedTest
  @CsvSource({
    "guid, 0f8fad5b-d9cb-469f-a165-70867728950e, true",
    "guid, 0F8FAD5BD9CB469FA16570867728950E, true",
    "guid, {0f8fad5b-d9cb-469f-a165-70867728950e}, true",
    "guid, 0f8fad5b-d9cb-469f-a165-70867728950, false",
    "guid, 0f8fad5b-d9cb-469f-a165-70867728950g, false",
    "int, 2147483647, true",
    "int, -1, true",
    "int, 2147483648, false",
    "int, 1.0, false",
    "long, 2147483648, true",
    "long, 9223372036854775808, false",
    "alpha, abcXYZ, true",
    "alpha, abc1, false",
    "alpha, äbc, false",
    "bool, True, true",
    "bool, yes, false",
  })
  void match_whenParameterHasAConstraint_thenOnlyFittingValuesMatch(
      String constraint, String value, boolean fits) {
    assertEquals(fits, match("x/{id:" + constraint + "}", "x/" + value).isPresent());
  }

  @Test
  void match_whenValueHoldsAnEncodedSlash_thenStaysOneSegment() {
    assertEquals(Optional.of(Map.of("id", "a%2Fb")), match("x/{id}", "x/a%2Fb"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api | empty segment",
        "api/ | empty segment",
        "a//b | empty segment",
        "{id?}/x | must be the last",
        "{*rest}/x | must be the last",
        "{id}/{ID} | has {ID} twice",
        "{id:even} | constraint :even",
        "{a}-{b} | not known here",
        "{id | not known here",
        "{id=5} | not known here",
      })
  void parse_whenTemplateIsWrong_thenSaysWhat(String template, String reason) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> RouteTemplate.parse(template))
                .getMessage());
    assertTrue(message.contains(reason), message);
  }
}
