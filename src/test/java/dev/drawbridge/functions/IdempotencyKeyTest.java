package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
  private static final FakeRequest REQUEST = FakeRequest.json("{}");

  private static Optional<String> key(String header) throws JsonBody.NotTaken {
    return IdempotencyKey.of(REQUEST.with("idempotency-key", header));
  }

  @Test
  void of_whenNoHeaderIsSent_thenIsNone() throws JsonBody.NotTaken {
    assertEquals(Optional.empty(), IdempotencyKey.of(REQUEST));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "abc, abc",
        "'\"abc\"', abc",
        "'  \"abc\"  ', abc",
        "' abc ', abc",
        "a, a",
        "'\"a\"', a",
        "'!#$%&()*+,-./:;<=>?@[]^_`{|}~', '!#$%&()*+,-./:;<=>?@[]^_`{|}~'",
      })
  void of_whenQuotedOrNot_thenIsTheSameKey(String header, String expected)
      throws JsonBody.NotTaken {
    assertEquals(Optional.of(expected), key(header));
  }

  @Test
  void of_whenAtTheLongest_thenIsTakenAndOneMoreIsNot() throws JsonBody.NotTaken {
    assertEquals(Optional.of("k".repeat(255)), key("k".repeat(255)));
    assertEquals(Optional.of("k".repeat(255)), key("\"" + "k".repeat(255) + "\""));
    refused("k".repeat(256));
    refused("\"" + "k".repeat(256) + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"",
        "\"\"",
        "\" \"",
        "\"abc",
        "abc\"",
        "a\"b",
        "\"a\"b\"",
        "\"\"abc\"\"",
        "a\\b",
        "\"a\\\"b\"",
        "a b",
        "a\tb",
        "a\nb",
        "a\r\nX-Injected: 1",
        "a\0",
        "a\u007f",
        "é",
        "a\u00a0b",
        "\u201cabc\u201d",
        "key\ud83d\ude00",
      })
  void of_whenNotVisibleAscii_thenIs400(String header) {
    refused(header);
  }

  private static void refused(String header) {
    JsonBody.NotTaken refused = assertThrows(JsonBody.NotTaken.class, () -> key(header));
    assertEquals(400, refused.status().value());
    assertEquals("invalidIdempotencyKey", refused.type());
  }
}
