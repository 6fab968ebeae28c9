package dev.drawbridge.ledger;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.PassingFault;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of a table of Azure Table storage. */
final class TableRows implements Rows {
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);

  private final TableClient table;
  private volatile boolean created;

  TableRows(TableClient table) {
    this.table = table;
  }

  @Override
  public Optional<TableEntity> find(String partition, String key) {
    return call(
        "read " + partition + "/" + key,
        () -> {
          try {
            return Optional.of(
                table
                    .getEntityWithResponse(partition, key, null, ANSWERED_WITHIN, Context.NONE)
                    .getValue());
          } catch (HttpResponseException e) {
            if (status(e) == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public Iterator<TableEntity> all(String partition) {
    return call(
        "list " + partition,
        () ->
            table
                .listEntities(
                    new ListEntitiesOptions().setFilter("PartitionKey eq '" + partition + "'"),
                    ANSWERED_WITHIN,
                    Context.NONE)
                .stream()
                .toList()
                .iterator());
  }

  @Override
  public Optional<PagedResponse<TableEntity>> page(
      String filter, int top, Optional<String> continuation) {
    return call(
        "list",
        () -> {
          Iterator<PagedResponse<TableEntity>> pages =
              table
                  .listEntities(
                      new ListEntitiesOptions().setFilter(filter).setTop(top),
                      ANSWERED_WITHIN,
                      Context.NONE)
                  .iterableByPage(continuation.orElse(null))
                  .iterator();
          return pages.hasNext() ? Optional.of(pages.next()) : Optional.empty();
        });
  }

  @Override
  public String insert(TableEntity row) {
    return call(
        "insert " + name(row),
        () -> etag(table.createEntityWithResponse(row, ANSWERED_WITHIN, Context.NONE)));
  }

  @Override
  public String replace(TableEntity row, String version) {
    row.addProperty("odata.etag", version);
    return call(
        "replace " + name(row),
        () ->
            etag(
                table.updateEntityWithResponse(
                    row, TableEntityUpdateMode.REPLACE, true, ANSWERED_WITHIN, Context.NONE)));
  }

  @Override
  public void put(TableEntity row) {
    call(
        "put " + name(row),
        () ->
            table.upsertEntityWithResponse(
                row, TableEntityUpdateMode.REPLACE, ANSWERED_WITHIN, Context.NONE));
  }

  @Override
  public void delete(String partition, String key) {
    delete(new TableEntity(partition, key), false);
  }

  @Override
  public void delete(String partition, String key, String version) {
    delete(new TableEntity(partition, key).addProperty("odata.etag", version), true);
  }

  private void delete(TableEntity row, boolean ifUnchanged) {
    call(
        "delete " + name(row),
        () -> table.deleteEntityWithResponse(row, ifUnchanged, ANSWERED_WITHIN, Context.NONE));
  }

  private <T extends @Nullable Object> T call(String what, Supplier<T> call) {
    try {
      create();
      return call.get();
    } catch (HttpResponseException e) {
      int status = status(e);
      if (status == 409 || status == 412 || status == 404) {
        throw new ConflictException("ledger: " + what + " met " + status, e);
      }
      throw passing(what, e);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw passing(what, e);
    }
  }

  /** The table is made at first use; that another instance was faster is no error. */
  private void create() {
    if (created) {
      return;
    }
    try {
      table.createTableWithResponse(ANSWERED_WITHIN, Context.NONE);
    } catch (HttpResponseException e) {
      if (status(e) != 409) {
        throw e;
      }
    }
    created = true;
  }

  private static PassingFault passing(String what, RuntimeException e) {
    return new PassingFault(
        "ledgerUnavailable", "ledger: " + what + ": " + e.getMessage(), Optional.empty(), true, e);
  }

  private static int status(HttpResponseException e) {
    return e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
  }

  /**
   * The row's new version. azure-data-tables 12.5.8 cuts the closing quote off the header, and the
   * service takes no ETag without it.
   */
  private static String etag(Response<?> response) {
    String etag = String.valueOf(response.getHeaders().getValue(HttpHeaderName.ETAG));
    return etag.endsWith("\"") ? etag : etag + '"';
  }

  private static String name(TableEntity row) {
    return row.getPartitionKey() + "/" + row.getRowKey();
  }
}
