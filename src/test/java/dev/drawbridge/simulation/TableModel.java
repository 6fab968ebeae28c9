package dev.drawbridge.simulation;

import com.azure.core.http.rest.PagedResponse;
import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.ledger.Rows;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A table as Azure has it: what was written is read at once, and versions decide. */
final class TableModel implements Rows {
  private static final String ETAG = "odata.etag";

  private final Wire wire;
  private final Map<String, TableEntity> rows;
  private boolean isSilent;
  private int version;
  private int changes;

  TableModel(Wire wire) {
    this(wire, new TreeMap<>());
  }

  private TableModel(Wire wire, Map<String, TableEntity> rows) {
    this.wire = wire;
    this.rows = rows;
  }

  @Override
  public Optional<TableEntity> find(String partition, String key) {
    return read(
        "table find " + name(partition, key),
        () -> Optional.ofNullable(rows.get(name(partition, key))).map(TableModel::copy));
  }

  @Override
  public Iterator<TableEntity> all(String partition) {
    return read("table all " + partition, () -> here(partition)).iterator();
  }

  @Override
  public Optional<PagedResponse<TableEntity>> page(
      String filter, int top, Optional<String> continuation) {
    throw new UnsupportedOperationException("Nothing that is simulated lists page by page");
  }

  @Override
  public String insert(TableEntity row) {
    return write(
        "insert",
        row,
        () -> {
          if (rows.containsKey(name(row))) {
            throw conflict();
          }
          return store(row);
        });
  }

  @Override
  public String replace(TableEntity row, String expected) {
    return write(
        "replace",
        row,
        () -> {
          expect(name(row), expected);
          return store(row);
        });
  }

  @Override
  public void put(TableEntity row) {
    String unused = write("put", row, () -> store(row));
  }

  @Override
  public void delete(String partition, String key) {
    String unused =
        write(
            "delete",
            new TableEntity(partition, key),
            () -> {
              if (rows.remove(name(partition, key)) == null) {
                throw conflict();
              }
              changes++;
              return "";
            });
  }

  @Override
  public void delete(String partition, String key, String expected) {
    String unused =
        write(
            "delete",
            new TableEntity(partition, key),
            () -> {
              expect(name(partition, key), expected);
              rows.remove(name(partition, key));
              changes++;
              return "";
            });
  }

  /** The same rows for who only looks on: no call, and nothing can go wrong. */
  Rows silently() {
    TableModel silent = new TableModel(wire, rows);
    silent.isSilent = true;
    return silent;
  }

  /** How often something has changed. */
  int changes() {
    return changes;
  }

  /** Somebody deletes a row by hand. */
  void lose(String partition, String key) {
    if (rows.remove(name(partition, key)) != null) {
      changes++;
    }
  }

  /** What is in a partition, without a call. */
  List<TableEntity> here(String partition) {
    List<TableEntity> found = new ArrayList<>();
    rows.values().stream()
        .filter(row -> row.getPartitionKey().equals(partition))
        .forEach(row -> found.add(copy(row)));
    return found;
  }

  private <T> T read(String what, Supplier<T> effect) {
    return isSilent ? effect.get() : wire.read(what, effect);
  }

  private String write(String what, TableEntity row, Supplier<String> effect) {
    // Who only looks on changes nothing, not even what an instance would tidy up on the way.
    return isSilent ? "" : wire.write("table " + what + " " + name(row), effect);
  }

  private String store(TableEntity row) {
    TableEntity stored = copy(row);
    String etag = "W/\"" + ++version + '"';
    stored.getProperties().put(ETAG, etag);
    rows.put(name(row), stored);
    changes++;
    return etag;
  }

  private void expect(String name, String etag) {
    TableEntity row = rows.get(name);
    if (row == null || !etag.equals(row.getETag())) {
      throw conflict();
    }
  }

  private static TableEntity copy(TableEntity row) {
    TableEntity copy = new TableEntity(row.getPartitionKey(), row.getRowKey());
    row.getProperties()
        .forEach(
            (name, value) -> {
              if (!name.equals("PartitionKey") && !name.equals("RowKey")) {
                copy.getProperties().put(name, value);
              }
            });
    return copy;
  }

  private static String name(TableEntity row) {
    return name(row.getPartitionKey(), row.getRowKey());
  }

  private static String name(String partition, String key) {
    return partition + "/" + key;
  }

  private static ConflictException conflict() {
    return new ConflictException("changed since", new IllegalStateException("412"));
  }
}
