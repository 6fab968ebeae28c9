package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  @Test
  void parse_whenConjunction_thenAllTerms() {
    Filter filter = Filter.parse("atScope() and principalId eq 'a b' AND assignedTo('c')");

    assertEquals(
        List.of(
            new Filter.Term("atScope", ""),
            new Filter.Term("principalId", "a b"),
            new Filter.Term("assignedTo", "c")),
        filter.terms());
    assertEquals(Optional.of("a b"), filter.value("PRINCIPALID"));
  }

  @Test
  void parse_whenQuoteOrAndInValue_thenPartOfIt() {
    Filter filter = Filter.parse("roleName eq 'Tom''s and Ann''s role'");

    assertEquals(Optional.of("Tom's and Ann's role"), filter.value("roleName"));
  }

  @Test
  void parse_whenEmpty_thenNoCondition() {
    assertEquals(List.of(), Filter.parse("  ").terms());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "principalId",
        "principalId eq x",
        "principalId ne 'x'",
        "atScope() or atScope()",
        "atScope() atScope()",
        "atScope() and",
        "principalId eq 'x"
      })
  void parse_whenNotUnderstood_thenRefused(String text) {
    assertEquals(400, assertThrows(ArmException.class, () -> Filter.parse(text)).status());
  }

  @Test
  void allowing_whenOtherTerm_thenRefused() {
    Filter filter = Filter.parse("displayName eq 'x'");

    assertThrows(ArmException.class, () -> filter.allowing("appId"));
    assertEquals(filter, filter.allowing("displayname"));
  }
}
