package dev.drawbridge.ledger;

import com.azure.core.http.rest.PagedResponse;
import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.PassingFault;
import java.util.Iterator;
import java.util.Optional;

/**
 * The rows of one table. What the store answers is told apart by status: 404 is nothing, 409 and
 * 412 are a {@link ConflictException}, everything else a {@link PassingFault}, since the store has
 * no errors of ours to tell.
 */
public interface Rows {
  Optional<TableEntity> find(String partition, String key);

  Iterator<TableEntity> all(String partition);

  /**
   * @throws IllegalArgumentException if the continuation is none of this table's
   */
  Optional<PagedResponse<TableEntity>> page(String filter, int top, Optional<String> continuation);

  /**
   * @return the row's version
   */
  String insert(TableEntity row);

  /**
   * @return the row's new version
   */
  String replace(TableEntity row, String version);

  /** Writes a row over whatever is there. */
  void put(TableEntity row);

  void delete(String partition, String key);

  void delete(String partition, String key, String version);
}
