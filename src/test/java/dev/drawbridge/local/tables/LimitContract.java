package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys and entities may be. */
interface LimitContract {
  TableClient table();

  private static TableEntity entity(String name, Object value) {
    return new TableEntity("p", "r").addProperty(name, value);
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
