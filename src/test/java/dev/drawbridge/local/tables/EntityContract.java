package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Collections;
import java.util.List;
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
