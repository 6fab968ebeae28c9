package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionResponse;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.data.tables.models.TableTransactionFailedException;
import com.azure.data.tables.models.TableTransactionResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entity group transactions. */
interface TransactionContract {
  TableServiceClient service();

  TableClient table();

  private static TableTransactionAction action(
      TableTransactionActionType type, String rowKey, String value) {
    return new TableTransactionAction(type, new TableEntity("p", rowKey).addProperty("A", value));
  }

  private static TableTransactionAction create(String rowKey, String value) {
    return action(TableTransactionActionType.CREATE, rowKey, value);
  }

  private String value(String rowKey) {
    return (String) table().getEntity("p", rowKey).getProperty("A");
  }

  private void assertFails(String code, int index, List<TableTransactionAction> actions) {
    TableTransactionFailedException failed =
        assertThrows(
            TableTransactionFailedException.class, () -> table().submitTransaction(actions));
    assertEquals(code, failed.getValue().getErrorCode().toString());
    assertEquals(index, failed.getFailedTransactionActionIndex());
  }

  @Test
  default void submitTransaction_whenEveryKindOfAction_thenAllAreDone() {
    for (String row : List.of("replaced", "merged", "deleted")) {
      table().createEntity(new TableEntity("p", row).addProperty("B", "before"));
    }
    String etag = table().getEntity("p", "replaced").getETag();

    TableTransactionResult result =
        table()
            .submitTransaction(
                List.of(
                    create("created it's 😀", "naïve\n\"text\""),
                    action(TableTransactionActionType.UPDATE_REPLACE, "replaced", "new"),
                    action(TableTransactionActionType.UPDATE_MERGE, "merged", "new"),
                    action(TableTransactionActionType.UPSERT_REPLACE, "upserted1", "new"),
                    action(TableTransactionActionType.UPSERT_MERGE, "upserted2", "new"),
                    action(TableTransactionActionType.DELETE, "deleted", "")));

    assertEquals(
        List.of(204, 204, 204, 204, 204, 204),
        result.getTransactionActionResponses().stream()
            .map(TableTransactionActionResponse::getStatusCode)
            .toList());
    assertEquals("naïve\n\"text\"", value("created it's 😀"));
    assertEquals("new", value("replaced"));
    assertEquals("before", table().getEntity("p", "merged").getProperty("B"));
    assertEquals("new", value("upserted1"));
    assertEquals("new", value("upserted2"));
    assertNotEquals(etag, table().getEntity("p", "replaced").getETag());
    assertRefused(404, "ResourceNotFound", () -> table().getEntity("p", "deleted"));
  }

  @Test
  default void submitTransaction_whenOneIsRefused_thenNoneIsDoneAndItsIndexIsTold() {
    table().createEntity(new TableEntity("p", "taken").addProperty("A", "old"));

    assertFails(
        "EntityAlreadyExists",
        2,
        List.of(
            create("one", "x"),
            action(TableTransactionActionType.UPSERT_REPLACE, "two", "x"),
            create("taken", "x"),
            create("three", "x")));

    assertEquals(1, table().listEntities().stream().count());
    assertEquals("old", value("taken"));
  }

  @Test
  default void submitTransaction_whenEtagIsStale_thenUpdateConditionNotSatisfied() {
    table().createEntity(new TableEntity("p", "r").addProperty("A", "old"));
    TableEntity stale = table().getEntity("p", "r");
    table().updateEntity(new TableEntity("p", "r").addProperty("A", "newer"));

    assertFails(
        "UpdateConditionNotSatisfied",
        1,
        List.of(
            create("one", "x"),
            new TableTransactionAction(
                TableTransactionActionType.UPDATE_REPLACE, stale.addProperty("A", "x"), true)));

    assertEquals("newer", value("r"));
    assertRefused(404, "ResourceNotFound", () -> table().getEntity("p", "one"));
  }

  @Test
  default void submitTransaction_whenEtagIsCurrent_thenDone() {
    table().createEntity(new TableEntity("p", "r").addProperty("A", "old"));
    TableEntity current = table().getEntity("p", "r");

    table()
        .submitTransaction(
            List.of(
                create("one", "x"),
                new TableTransactionAction(
                    TableTransactionActionType.UPDATE_MERGE, current.addProperty("A", "x"), true)));

    assertEquals("x", value("r"));
  }

  @Test
  default void submitTransaction_whenUpdateOfNone_thenResourceNotFound() {
    assertFails(
        "ResourceNotFound",
        1,
        List.of(create("one", "x"), action(TableTransactionActionType.UPDATE_MERGE, "none", "x")));
  }

  @Test
  default void submitTransaction_whenTwoPartitions_thenRefused() {
    assertFails(
        "CommandsInBatchActOnDifferentPartitions",
        1,
        List.of(
            create("one", "x"),
            new TableTransactionAction(
                TableTransactionActionType.CREATE, new TableEntity("q", "two"))));
    assertEquals(0, table().listEntities().stream().count());
  }

  @Test
  default void submitTransaction_whenOneEntityTwice_thenInvalidDuplicateRow() {
    assertFails(
        "InvalidDuplicateRow",
        1,
        List.of(create("one", "x"), action(TableTransactionActionType.UPSERT_MERGE, "one", "y")));
    assertEquals(0, table().listEntities().stream().count());
  }

  @Test
  default void submitTransaction_when100_thenDone() {
    table().submitTransaction(IntStream.range(0, 100).mapToObj(i -> create("r" + i, "x")).toList());

    assertEquals(100, table().listEntities().stream().count());
  }

  @Test
  default void submitTransaction_whenOver100_thenInvalidInput() {
    assertFails(
        "InvalidInput", 99, IntStream.range(0, 101).mapToObj(i -> create("r" + i, "x")).toList());
    assertEquals(0, table().listEntities().stream().count());
  }

  @Test
  default void submitTransaction_whenNoSuchTable_thenTableNotFound() {
    TableClient none = service().getTableClient(table().getTableName() + "none");

    TableTransactionFailedException failed =
        assertThrows(
            TableTransactionFailedException.class,
            () -> none.submitTransaction(List.of(create("one", "x"))));
    assertEquals("TableNotFound", failed.getValue().getErrorCode().toString());
  }
}
