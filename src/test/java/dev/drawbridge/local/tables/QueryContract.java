package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries. */
interface QueryContract {
  TableClient table();

  private Stream<TableEntity> query(ListEntitiesOptions options) {
    return table().listEntities(options, null, Context.NONE).stream();
  }

  private void insert(TableEntity... entities) {
    table()
        .submitTransaction(
            Stream.of(entities)
                .map(e -> new TableTransactionAction(TableTransactionActionType.CREATE, e))
                .toList());
  }

  private void insertFive() {
    insert(
        new TableEntity("p", "a").addProperty("Name", "O'Neill").addProperty("Int", 1),
        new TableEntity("p", "b").addProperty("Name", "Weiß").addProperty("Int", 2),
        new TableEntity("p", "c").addProperty("Int", 3).addProperty("Long", 1L << 40),
        new TableEntity("p", "d")
            .addProperty("Double", 2.5)
            .addProperty("Bool", true)
            .addProperty("Guid", UUID.fromString("a67e6057-7138-4f78-bbaf-fd9db7b8aab0")),
        new TableEntity("p", "e")
            .addProperty("Double", 4.0)
            .addProperty("Bool", false)
            .addProperty("Time", OffsetDateTime.parse("2026-11-24T08:00:00Z"))
            .addProperty("Bytes", new byte[] {1, (byte) 0xAB}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PartitionKey eq 'p' and RowKey ge 'b' and RowKey lt 'd'         | bc",
        "PartitionKey eq 'q'                                              | ''",
        "RowKey gt 'b' and RowKey le 'd'                                  | cd",
        "RowKey ne 'c'                                                    | abde",
        "Name eq 'O''Neill'                                               | a",
        "Name eq 'Weiß'                                                   | b",
        "Int eq 2                                                         | b",
        "Int gt -5 and Int lt 3                                           | ab",
        "Int eq 1 or Int eq 3                                             | ac",
        "Int eq 1 or Int eq 3 and RowKey eq 'c'                           | ac",
        "(Int eq 1 or Int eq 3) and RowKey eq 'c'                         | c",
        "not (RowKey eq 'a' or RowKey eq 'b') and RowKey lt 'e'           | cd",
        "Long eq 1099511627776L                                           | c",
        "Double gt 2.5                                                    | e",
        "Double ge 2.5 and Double le 4.0                                  | de",
        "Bool eq true                                                     | d",
        "Bool eq false                                                    | e",
        "Guid eq guid'a67e6057-7138-4f78-bbaf-fd9db7b8aab0'               | d",
        "Time eq datetime'2026-11-24T08:00:00Z'                           | e",
        "Time ge datetime'2026-11-24T08:00:01Z'                           | ''",
        "Bytes eq X'01ab'                                                 | e",
        "Bytes eq binary'01ab'                                            | e",
        "Nothing eq 'x'                                                   | ''",
        "Timestamp gt datetime'2020-01-01T00:00:00Z'                      | abcde",
      })
  default void listEntities_whenFilter_thenWhatMatchesInOrder(String filter, String expected) {
    insertFive();

    List<String> found =
        query(new ListEntitiesOptions().setFilter(filter)).map(TableEntity::getRowKey).toList();

    assertEquals(expected.replace("'", ""), String.join("", found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RowKey eq", "(RowKey eq 'a'", "RowKey is 'a'", "eq 'a'", "RowKey 'a'"})
  default void listEntities_whenFilterIsNone_thenInvalidInput(String filter) {
    assertRefused(
        400, "InvalidInput", () -> query(new ListEntitiesOptions().setFilter(filter)).findFirst());
  }

  @Test
  default void listEntities_whenStringIsNotClosed_thenInvalidInput() {
    assertRefused(
        400,
        "InvalidInput",
        () -> query(new ListEntitiesOptions().setFilter("RowKey eq 'a")).findFirst());
  }

  @Test
  default void listEntities_whenManyPartitions_thenOrderedByPartitionThenRow() {
    for (String key : List.of("b2", "a2", "B1", "b1", "a10")) {
      table().createEntity(new TableEntity(key.substring(0, 1), key.substring(1)));
    }

    List<String> found =
        query(new ListEntitiesOptions()).map(e -> e.getPartitionKey() + e.getRowKey()).toList();

    assertEquals(List.of("B1", "a10", "a2", "b1", "b2"), found);
  }

  @Test
  default void listEntities_whenSelect_thenOnlyThoseProperties() {
    insert(new TableEntity("p", "r").addProperty("A", 1).addProperty("B", 2).addProperty("C", 3));

    TableEntity found =
        query(new ListEntitiesOptions().setSelect(List.of("PartitionKey", "RowKey", "B")))
            .findFirst()
            .orElseThrow();

    assertEquals(2, found.getProperty("B"));
    assertEquals("r", found.getRowKey());
    assertFalse(found.getProperties().containsKey("A"));
    assertFalse(found.getProperties().containsKey("C"));
  }

  @Test
  default void listEntities_whenTop_thenItIsThePagesSize() {
    insertFive();

    List<Integer> sizes =
        table()
            .listEntities(
                new ListEntitiesOptions().setTop(2).setFilter("RowKey ne 'c'"), null, Context.NONE)
            .streamByPage()
            .map(page -> page.getValue().size())
            .toList();

    assertEquals(List.of(2, 2), sizes);
  }

  @Test
  default void listEntities_when2500Rows_thenPagesOf1000AndResumableByToken() {
    List<String> keys = new ArrayList<>();
    for (int batch = 0; batch < 25; batch++) {
      TableEntity[] entities = new TableEntity[100];
      for (int i = 0; i < 100; i++) {
        String key = "it's;%05d".formatted(batch * 100 + i);
        keys.add(key);
        entities[i] = new TableEntity("p;q", key);
      }
      insert(entities);
    }

    Iterator<PagedResponse<TableEntity>> pages = table().listEntities().iterableByPage().iterator();
    PagedResponse<TableEntity> first = pages.next();
    PagedResponse<TableEntity> second = pages.next();
    PagedResponse<TableEntity> third = pages.next();
    String token = first.getContinuationToken();

    assertFalse(pages.hasNext());
    assertNull(third.getContinuationToken());
    assertEquals(keys, keysOf(List.of(first, second, third)));
    assertEquals(1000, first.getValue().size());
    assertEquals(1000, second.getValue().size());
    assertNotNull(token);
    assertEquals(
        keysOf(List.of(second)),
        keysOf(List.of(table().listEntities().iterableByPage(token).iterator().next())));
  }

  private static List<String> keysOf(List<PagedResponse<TableEntity>> pages) {
    return pages.stream()
        .flatMap(page -> page.getValue().stream())
        .map(TableEntity::getRowKey)
        .toList();
  }
}
