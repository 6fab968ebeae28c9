package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidsTest {

  /** Computed with Python: uuid.uuid5(UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830"), "…"). */
  static Stream<Arguments> guids() {
    return Stream.of(
        guid("e655a85f-3ab2-5e4a-9666-569aa72a5a10", ""),
        guid("3703365d-5a9f-59b4-bca7-b9681389e4c1", "a"),
        guid("a98fa280-e03f-5afa-8d8e-92d0a9c201e8", "a", "b", "c"),
        guid("b7f5a885-107f-582f-ad7b-aa52b779d030", "résumé", "日本語", "𠀀"),
        guid("771065c3-c3d7-5c0a-a5a0-f3664a3b66c9", "x".repeat(10_000)),
        guid(
            "239ee648-4f01-5c4b-8ed8-398f270b8c6b",
            "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
            "b24988ac-6180-42a0-ab88-20f7382dd24c",
            "bbbbcccc-1111-dddd-2222-eeee3333ffff"));
  }

  private static Arguments guid(String expected, String... parts) {
    return Arguments.of(expected, parts);
  }

  @ParameterizedTest
  @MethodSource("guids")
  void of_whenGivenParts_thenIsVersion5InTheNamespaceOfArmTemplates(
      String expected, String[] parts) {
    assertEquals(expected, Guids.of(parts).toString());
  }

  @Test
  void of_whenPartsAreSplitElsewhere_thenIsTheSameAsInBicep() {
    assertEquals(Guids.of("a", "b", "c"), Guids.of("a-b", "c"));
    assertNotEquals(Guids.of("a", "b"), Guids.of("ab"));
    assertNotEquals(Guids.of("a"), Guids.of("A"));
  }

  @Test
  void parse_whenInEitherCase_thenIsTheSame() {
    UUID guid = UUID.fromString("aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e");
    assertEquals(guid, Guids.parse("aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"));
    assertEquals(guid, Guids.parse("AAAA0A0A-BB1B-CC2C-DD3D-EEEEEE4E4E4E"));
    assertEquals(guid, Guids.parse("aaAA0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4E"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "aaaa0a0abb1bcc2cdd3deeeeee4e4e4e",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e ",
        " aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\n",
        "{aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e}",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4g",
        "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
        "aaaa0a0abb-1b-cc2c-dd3d-eeeeee4e4e4e",
        "aaaa0a0a-bb1b-cc2c-dd3d--eeeee4e4e4e",
        "-aaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
        "+aaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
        "123456789012345678901234567890123456",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4\uff11",
        "aaaa0a0a\u2010bb1b\u2010cc2c\u2010dd3d\u2010eeeeee4e4e4e",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4\0",
        "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/..",
      })
  void parse_whenNotExactlyAGuid_thenSaysWhatItMustBe(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Guids.parse(text));
    assertEquals("must be a GUID of 36 characters", refused.getMessage());
  }
}
