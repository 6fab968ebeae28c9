package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchCodeTest {
  private static final MatchCode CODE = new MatchCode("DB-2345-ABCD");

  @Test
  void random_whenAsked_thenHasTheFormAndDiffers() {
    Set<String> codes = new HashSet<>();
    Random random = new Random(42);
    for (int i = 0; i < 10_000; i++) {
      MatchCode code = MatchCode.random(random);
      assertTrue(
          code.text().matches("DB-[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}"), code.text());
      codes.add(code.text());
    }
    assertEquals(10_000, codes.size());
    assertNotEquals(MatchCode.random(), MatchCode.random());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "DB-2345", "DB-2345-ABC0", "DB-2345-ABCI", "db-2345-abcd", "XX-2345-ABCD"})
  void new_whenItIsNoCode_thenIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new MatchCode(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB-2345-ABCD",
        "db-2345-abcd",
        " DB-2345-ABCD\n",
        "please approve (DB-2345-ABCD), thanks",
        "code:DB-2345-ABCD.",
        "DB-2345-ABCD DB-2345-ABCD"
      })
  void isIn_whenItIsAWordOfTheMessage_thenIsFound(String message) {
    assertTrue(CODE.isIn(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "DB-2345-ABC",
        "DB-2345-ABCDE",
        "XDB-2345-ABCD",
        "DB-2345-ABCD-2",
        "-DB-2345-ABCD",
        "DB 2345 ABCD",
        "DB-2345-ABC\u0414",
        "DB-2345-\u0410BCD",
        "DB-2345-ABCD\u0661",
        "\u00e9DB-2345-ABCD",
        "DB-2345-AB\u200bCD",
        "DB\u20112345\u2011ABCD"
      })
  void isIn_whenItOnlyLooksLikeIt_thenIsNot(String message) {
    assertFalse(CODE.isIn(message));
  }

  @Test
  void isAnyIn_whenThereIsACodeOfAnyOperation_thenSaysSo() {
    assertTrue(MatchCode.isAnyIn("DB-9999-ZZZZ"));
    assertTrue(MatchCode.isAnyIn("x db-9999-zzzz y"));
    assertFalse(MatchCode.isAnyIn("DB-999-ZZZZ"));
  }
}
