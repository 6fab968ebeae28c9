package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys and values may be, and that they are read as they were written. */
interface ValueContract {
  TableClient table();

  private static TableEntity entity(String name, Object value) {
    return new TableEntity("p", "r").addProperty(name, value);
  }

  @Test
  default void createEntity_whenEveryType_thenReadAsWritten() {
    Map<String, Object> values =
        Map.of(
            "Text",
            "text",
            "Int",
            Integer.MIN_VALUE,
            "Long",
            Long.MAX_VALUE,
            "Double",
            -1.5e300,
            "Bool",
            true,
            "Time",
            OffsetDateTime.parse("2026-11-24T08:00:00.123456Z"),
            "Guid",
            UUID.fromString("a67e6057-7138-4f78-bbaf-fd9db7b8aab0"),
            "Empty",
            "");
    TableEntity entity = new TableEntity("p", "r").setProperties(values);
    table().createEntity(entity.addProperty("Bytes", new byte[] {0, -1, 127}));

    TableEntity read = table().getEntity("p", "r");

    values.forEach((name, value) -> assertEquals(value, read.getProperty(name), name));
    assertArrayEquals(
        new byte[] {0, -1, 127}, assertInstanceOf(byte[].class, read.getProperty("Bytes")));
    assertInstanceOf(OffsetDateTime.class, read.getProperty("Timestamp"));
  }

  @Test
  default void createEntity_whenDoubleIsWhole_thenStillADouble() {
    table().createEntity(entity("A", 5.0));

    assertEquals(5.0, table().getEntity("p", "r").getProperty("A"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "\"quoted\"",
        "a\nb\r\nc\td",
        "Grüße, 日本語 😀",
        "{\"a\": [1]}",
        "100% & more"
      })
  default void createEntity_whenStringIsUnusual_thenReadAsWritten(String value) {
    table().createEntity(entity("Text", value));

    assertEquals(value, table().getEntity("p", "r").getProperty("Text"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "''",
        "a b",
        "a+b",
        "100%",
        "%41",
        "a&b=c",
        "a;b,c",
        "(x)",
        "Grüße 😀",
        ""
      })
  default void getEntity_whenKeyIsUnusual_thenFound(String key) {
    table().createEntity(new TableEntity(key, key).addProperty("A", 1));

    assertEquals(1, table().getEntity(key, key).getProperty("A"));
    table().deleteEntity(key, key);
    assertRefused(404, "ResourceNotFound", () -> table().getEntity(key, key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a\\b", "a#b", "a?b", "a\tb", "a\u0000b", "a\u0085b"})
  default void createEntity_whenKeyHasForbiddenCharacter_thenOutOfRangeInput(String key) {
    assertRefused(400, "OutOfRangeInput", () -> table().createEntity(new TableEntity(key, "r")));
    assertRefused(400, "OutOfRangeInput", () -> table().createEntity(new TableEntity("p", key)));
  }

  @Test
  default void createEntity_whenKeyIsAtItsLimit_thenStored() {
    String key = "k".repeat(512);
    table().createEntity(new TableEntity(key, key));

    assertEquals(key, table().getEntity(key, key).getRowKey());
  }

  @Test
  default void createEntity_whenKeyIsOver1KiB_thenKeyValueTooLarge() {
    assertRefused(
        400, "KeyValueTooLarge", () -> table().createEntity(new TableEntity("p", "k".repeat(513))));
  }

  @Test
  default void createEntity_whenValueIsAtItsLimit_thenStoredAndLargerIsRefused() {
    String largest = "x".repeat(32 * 1024);
    table().createEntity(entity("A", largest));
    assertEquals(largest, table().getEntity("p", "r").getProperty("A"));

    assertRefused(
        400, "PropertyValueTooLarge", () -> table().upsertEntity(entity("A", largest + "x")));
    assertRefused(
        400,
        "PropertyValueTooLarge",
        () -> table().upsertEntity(entity("A", new byte[64 * 1024 + 1])));
  }

  @Test
  default void createEntity_whenOver1MiB_thenEntityTooLarge() {
    TableEntity entity = new TableEntity("p", "r");
    for (int i = 0; i < 17; i++) {
      entity.addProperty("P" + i, "x".repeat(32 * 1024));
    }

    assertRefused(400, "EntityTooLarge", () -> table().createEntity(entity));
  }

  @Test
  default void createEntity_whenOver252Properties_thenTooManyProperties() {
    TableEntity entity = new TableEntity("p", "r");
    for (int i = 0; i < 252; i++) {
      entity.addProperty("P" + i, i);
    }
    table().createEntity(entity);

    assertRefused(400, "TooManyProperties", () -> table().updateEntity(entity("More", 1)));
  }
}
