package dev.drawbridge.simulation;

import com.azure.core.http.rest.PagedResponse;
import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.ledger.Rows;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A table as Azure has it: what was written is read at once, and versions decide. */
final class TableModel implements Rows {
  private static final String ETAG = "odata.etag";

  private final Wire wire;
  private final Map<String, SortedMap<String, TableEntity>> partitions;
  private boolean isSilent;
  private int version;
  private int changes;
  private final Map<String, Integer> losses = new HashMap<>();

  TableModel(Wire wire) {
    this(wire, new HashMap<>());
  }

  private TableModel(Wire wire, Map<String, SortedMap<String, TableEntity>> partitions) {
    this.wire = wire;
    this.partitions = partitions;
  }

  @Override
  public Optional<TableEntity> find(String partition, String key) {
    return read(
        "table find " + name(partition, key), () -> Optional.ofNullable(rows(partition).get(key)));
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
          if (rows(row.getPartitionKey()).containsKey(row.getRowKey())) {
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
          expect(row.getPartitionKey(), row.getRowKey(), expected);
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
              if (!removed(partition, key)) {
                throw conflict();
              }
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
              expect(partition, key, expected);
              return String.valueOf(removed(partition, key));
            });
  }

  /** The same rows for who only looks on: no call, and nothing can go wrong. */
  Rows silently() {
    TableModel silent = new TableModel(wire, partitions);
    silent.isSilent = true;
    return silent;
  }

  /** How often something has changed that a sweep does not write at each time. */
  int changes() {
    return changes;
  }

  /** Whether somebody has deleted a row by hand. */
  boolean hasLost() {
    return !losses.isEmpty();
  }

  /** Somebody deletes a row by hand. */
  void lose(String partition, String key) {
    if (removed(partition, key)) {
      losses.merge(key, 1, Integer::sum);
    }
  }

  /** How often somebody has removed a row of this key. */
  int losses(String key) {
    return losses.getOrDefault(key, 0);
  }

  /** What is in a partition, without a call. Nobody changes a row that was read. */
  List<TableEntity> here(String partition) {
    return List.copyOf(rows(partition).values());
  }

  private SortedMap<String, TableEntity> rows(String partition) {
    return partitions.computeIfAbsent(partition, key -> new TreeMap<>());
  }

  private boolean removed(String partition, String key) {
    changed(partition);
    return rows(partition).remove(key) != null;
  }

  private void changed(String partition) {
    if (!partition.equals("sweeps")) {
      changes++;
    }
  }

  private <T> T read(String what, Supplier<T> effect) {
    return isSilent ? effect.get() : wire.read(what, effect);
  }

  private String write(String what, TableEntity row, Supplier<String> effect) {
    // Who only looks on changes nothing, not even what an instance would tidy up on the way.
    return isSilent ? "" : wire.write("table " + what + " " + name(row), effect);
  }

  private String store(TableEntity row) {
    String partition = row.getPartitionKey();
    TableEntity stored = new TableEntity(partition, row.getRowKey());
    stored.getProperties().putAll(row.getProperties());
    String etag = "W/\"" + ++version + '"';
    stored.getProperties().put(ETAG, etag);
    rows(partition).put(row.getRowKey(), stored);
    changed(partition);
    return etag;
  }

  private void expect(String partition, String key, String etag) {
    TableEntity row = rows(partition).get(key);
    if (row == null || !etag.equals(row.getETag())) {
      throw conflict();
    }
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
