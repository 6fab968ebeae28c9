package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableServiceException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing single entities. */
interface EntityContract {
  TableClient table();

  private static TableEntity entity(String name, Object value) {
    return new TableEntity("p", "r").addProperty(name, value);
  }

  private TableEntity stored() {
    return table().getEntity("p", "r");
  }

  private void update(TableEntity entity, TableEntityUpdateMode mode) {
    table().updateEntityWithResponse(entity, mode, true, null, Context.NONE);
  }

  @Test
  default void createEntity_whenKeyIsTaken_thenEntityAlreadyExists() {
    table().createEntity(entity("A", "first"));

    assertRefused(409, "EntityAlreadyExists", () -> table().createEntity(entity("A", "second")));
    assertEquals("first", stored().getProperty("A"));
  }

  @Test
  default void createEntity_whenAnswered_thenWithTheEtagThatIsRead() {
    Response<Void> created = table().createEntityWithResponse(entity("A", "a"), null, Context.NONE);

    String etag = stored().getETag();
    assertTrue(etag.startsWith("W/\"datetime'"), etag);
    // The SDK cuts the last quote off a weak ETag in a header, so that it can't be sent back.
    assertEquals(etag, created.getHeaders().getValue(HttpHeaderName.ETAG) + "\"");
  }

  @Test
  default void getEntity_whenNone_thenResourceNotFound() {
    assertRefused(404, "ResourceNotFound", this::stored);
  }

  @Test
  default void getEntity_whenSelect_thenOnlyThoseProperties() {
    table().createEntity(entity("A", "a").addProperty("B", "b"));

    TableEntity selected =
        table().getEntityWithResponse("p", "r", List.of("B"), null, Context.NONE).getValue();

    assertEquals("b", selected.getProperty("B"));
    assertNull(selected.getProperty("A"));
  }

  @Test
  default void updateEntity_whenEtagIsCurrent_thenReplacedAndTheEtagIsNew() {
    table().createEntity(entity("A", "a"));
    TableEntity read = stored();
    String before = read.getETag();
    read.getProperties().remove("A");

    update(read.addProperty("B", "b"), TableEntityUpdateMode.REPLACE);

    assertFalse(stored().getProperties().containsKey("A"));
    assertEquals("b", stored().getProperty("B"));
    assertNotEquals(before, stored().getETag());
  }

  @ParameterizedTest
  @ValueSource(strings = {"REPLACE", "MERGE"})
  default void updateEntity_whenEtagIsStale_thenUpdateConditionNotSatisfied(String mode) {
    table().createEntity(entity("A", "a"));
    TableEntity stale = stored();
    update(stored().addProperty("A", "winner"), TableEntityUpdateMode.REPLACE);

    assertRefused(
        412,
        "UpdateConditionNotSatisfied",
        () -> update(stale.addProperty("A", "loser"), TableEntityUpdateMode.valueOf(mode)));
    assertEquals("winner", stored().getProperty("A"));
  }

  @Test
  default void updateEntity_whenNone_thenResourceNotFound() {
    assertRefused(404, "ResourceNotFound", () -> table().updateEntity(entity("A", "a")));
  }

  @Test
  default void updateEntity_whenMerge_thenTheOtherPropertiesStay() {
    table().createEntity(entity("A", "a").addProperty("B", "b"));

    table().updateEntity(entity("B", "c").addProperty("D", 1), TableEntityUpdateMode.MERGE);

    assertEquals("a", stored().getProperty("A"));
    assertEquals("c", stored().getProperty("B"));
    assertEquals(1, stored().getProperty("D"));
  }

  @Test
  default void upsertEntity_whenNone_thenInserted() {
    table().upsertEntity(entity("A", "a"));

    assertEquals("a", stored().getProperty("A"));
  }

  @Test
  default void upsertEntity_whenThere_thenMergedOrReplacedAsAsked() {
    table().createEntity(entity("A", "a"));

    table()
        .upsertEntityWithResponse(
            entity("B", "b"), TableEntityUpdateMode.MERGE, null, Context.NONE);
    assertEquals("a", stored().getProperty("A"));
    assertEquals("b", stored().getProperty("B"));

    table()
        .upsertEntityWithResponse(
            entity("C", "c"), TableEntityUpdateMode.REPLACE, null, Context.NONE);
    assertFalse(stored().getProperties().containsKey("A"));
    assertEquals("c", stored().getProperty("C"));
  }

  @Test
  default void deleteEntity_whenEtagIsStale_thenUpdateConditionNotSatisfied() {
    table().createEntity(entity("A", "a"));
    TableEntity stale = stored();
    table().updateEntity(entity("A", "b"));

    assertRefused(
        412,
        "UpdateConditionNotSatisfied",
        () -> table().deleteEntityWithResponse(stale, true, null, Context.NONE));

    table().deleteEntityWithResponse(stored(), true, null, Context.NONE);
    assertRefused(404, "ResourceNotFound", this::stored);
  }

  @Test
  default void deleteEntity_whenNone_thenTheSdkTakesItAsDone() {
    Response<Void> answer =
        table().deleteEntityWithResponse(new TableEntity("p", "r"), false, null, Context.NONE);

    assertEquals(404, answer.getStatusCode());
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

    TableEntity read = stored();

    values.forEach((name, value) -> assertEquals(value, read.getProperty(name), name));
    assertArrayEquals(
        new byte[] {0, -1, 127}, assertInstanceOf(byte[].class, read.getProperty("Bytes")));
    assertInstanceOf(OffsetDateTime.class, read.getProperty("Timestamp"));
  }

  @Test
  default void createEntity_whenDoubleIsWhole_thenStillADouble() {
    table().createEntity(entity("A", 5.0));

    assertEquals(5.0, stored().getProperty("A"));
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

    assertEquals(value, stored().getProperty("Text"));
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

  @Test
  default void updateEntity_when200AtOnce_thenExactlyTheWinnersCount() throws Exception {
    table().createEntity(entity("Count", 0));
    TableClient table = table();
    Callable<Boolean> increment =
        () -> {
          TableEntity read = table.getEntity("p", "r");
          read.addProperty("Count", (Integer) read.getProperty("Count") + 1);
          try {
            table.updateEntityWithResponse(
                read, TableEntityUpdateMode.REPLACE, true, null, Context.NONE);
            return true;
          } catch (TableServiceException e) {
            assertEquals(412, e.getResponse().getStatusCode());
            return false;
          }
        };
    int winners = 0;
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      for (Future<Boolean> won : threads.invokeAll(Collections.nCopies(200, increment))) {
        winners += won.get() ? 1 : 0;
      }
    } finally {
      threads.shutdownNow();
    }

    assertTrue(winners > 0);
    assertEquals(winners, stored().getProperty("Count"));
  }
}
