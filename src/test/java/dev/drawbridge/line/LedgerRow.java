package dev.drawbridge.line;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A row of the ledger, in the hands of somebody who may write to its storage account. */
final class LedgerRow {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableClient table;
  private final String partition;
  private final String key;

  private LedgerRow(TableClient table, String partition, String key) {
    this.table = table;
    this.partition = partition;
    this.key = key;
  }

  static LedgerRow operation(Line line, String id) {
    return new LedgerRow(table(line), "open", id);
  }

  /** The row of the one grant that there is. */
  static LedgerRow onlyGrant(Line line) {
    TableClient table = table(line);
    List<TableEntity> grants =
        table.listEntities().stream()
            .filter(row -> row.getPartitionKey().equals("grants"))
            .toList();
    if (grants.size() != 1) {
      throw new AssertionError(grants.size() + " grants");
    }
    return new LedgerRow(table, "grants", grants.get(0).getRowKey());
  }

  /** All that the ledger holds, as text. */
  static String all(Line line) {
    StringBuilder all = new StringBuilder();
    table(line).listEntities().forEach(row -> all.append(row.getProperties()).append('\n'));
    return all.toString();
  }

  /** Changes one member of the row's document. */
  void set(String pointer, String value) {
    JsonPointer at = JsonPointer.compile(pointer);
    try {
      ObjectNode document = (ObjectNode) JSON.readTree(document());
      document.withObject(at.head()).put(at.last().getMatchingProperty(), value);
      setDocument(document.toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  String document() {
    return String.valueOf(table.getEntity(partition, key).getProperty("document0"));
  }

  void setDocument(String document) {
    TableEntity row = table.getEntity(partition, key).addProperty("document0", document);
    table.updateEntity(row, TableEntityUpdateMode.REPLACE);
  }

  void delete() {
    table.deleteEntity(partition, key);
  }

  private static TableClient table(Line line) {
    return new TableClientBuilder()
        .connectionString(line.azure.tables().connectionString())
        .tableName("drawbridge")
        .buildClient();
  }
}
