package dev.drawbridge.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.data.tables.models.TableEntity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTest {

  static Stream<String> documents() {
    String pair = "𠀀";
    return Stream.of(
        "",
        "x",
        "x".repeat(31_999),
        "x".repeat(32_000),
        "x".repeat(32_001),
        "x".repeat(64_000),
        "x".repeat(64_001),
        pair.repeat(16_000),
        "x".repeat(31_999) + pair,
        "x".repeat(31_999) + pair + "x".repeat(31_998) + pair,
        "x" + pair.repeat(80_000),
        "xx" + pair.repeat(80_000));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void setDocument_whenOfAnyLength_thenIsReadBackFromPropertiesThatAzureTakes(String document) {
    TableEntity row = new TableEntity("partition", "key");
    Properties.setDocument(row, document);
    assertEquals(document, Properties.document(row));
    for (String part : parts(row)) {
      assertTrue(part.length() * 2 <= 64 * 1024, "at most 64 KiB of UTF-16");
      assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(part), "no half of a character");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31_999, 32_000})
  void setDocument_whenItEndsInHalfACharacter_thenEnds(int before) {
    TableEntity row = new TableEntity("partition", "key");
    String document = "x".repeat(before) + '\ud840';
    Properties.setDocument(row, document);
    assertEquals(document, Properties.document(row));
  }

  @Test
  void document_whenPartsAreMissing_thenEndsThere() {
    TableEntity row = new TableEntity("partition", "key");
    assertEquals("", Properties.document(row));
    row.addProperty("document1", "later").addProperty("document", "other");
    assertEquals("", Properties.document(row));
    row.addProperty("document0", 5);
    assertEquals("", Properties.document(row), "a property of another type is no text");
    row.addProperty("document0", "first ");
    assertEquals("first later", Properties.document(row));
  }

  private static List<String> parts(TableEntity row) {
    return row.getProperties().entrySet().stream()
        .filter(property -> property.getKey().startsWith("document"))
        .map(Map.Entry::getValue)
        .map(String.class::cast)
        .toList();
  }
}
