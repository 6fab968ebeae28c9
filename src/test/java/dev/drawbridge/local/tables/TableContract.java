package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.ListTablesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Creating, deleting and listing tables. */
interface TableContract {
  TableServiceClient service();

  TableClient table();

  @Test
  default void createTable_whenItExists_thenTableAlreadyExists() {
    assertRefused(409, "TableAlreadyExists", () -> table().createTable());
    assertDoesNotThrow(() -> service().createTableIfNotExists(table().getTableName()));
  }

  @Test
  default void createTable_whenNameDiffersOnlyInCase_thenTableAlreadyExists() {
    String other = "T" + table().getTableName().substring(1);

    assertRefused(409, "TableAlreadyExists", () -> service().createTable(other));
  }

  @Test
  default void createTable_whenNew_thenListed() {
    String name = table().getTableName() + "b";
    assertNotNull(service().createTableIfNotExists(name));

    ListTablesOptions both =
        new ListTablesOptions()
            .setFilter(
                "TableName ge '%s' and TableName le '%s'".formatted(table().getTableName(), name));
    List<String> names =
        service().listTables(both, null, null).stream().map(TableItem::getName).toList();
    service().deleteTable(name);

    assertEquals(List.of(table().getTableName(), name), names);
  }

  @Test
  default void listTables_whenMoreThanTop_thenInPages() {
    String name = table().getTableName() + "b";
    service().createTable(name);

    ListTablesOptions oneByOne =
        new ListTablesOptions()
            .setTop(1)
            .setFilter(
                "TableName ge '%s' and TableName le '%s'".formatted(table().getTableName(), name));
    List<Integer> sizes =
        service()
            .listTables(oneByOne, null, null)
            .streamByPage()
            .map(page -> page.getValue().size())
            .toList();
    service().deleteTable(name);

    assertEquals(List.of(1, 1), sizes);
  }

  @Test
  default void deleteTable_whenEntitiesInIt_thenGoneWithThem() {
    String name = table().getTableName() + "b";
    TableClient table = service().createTable(name);
    table.createEntity(new TableEntity("p", "r"));

    service().deleteTable(name);

    assertRefused(404, "TableNotFound", () -> table.createEntity(new TableEntity("p", "s")));
    assertRefused(404, "TableNotFound", () -> table.listEntities().stream().count());
    service().createTable(name);
    assertEquals(0, table.listEntities().stream().count());
    service().deleteTable(name);
  }

  @Test
  default void createTable_whenNameHasForbiddenCharacter_thenInvalidResourceName() {
    assertRefused(400, "InvalidResourceName", () -> service().createTable("with-dash"));
    assertRefused(400, "InvalidResourceName", () -> service().createTable("1table"));
  }

  @Test
  default void createTable_whenNameIsTooShortOrLong_thenOutOfRangeInput() {
    assertRefused(400, "OutOfRangeInput", () -> service().createTable("ab"));
    assertRefused(400, "OutOfRangeInput", () -> service().createTable("a".repeat(64)));
  }
}
