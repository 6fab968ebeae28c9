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

/**
 * The rows of one table. What the store answers is told apart by status: 404 is nothing, 409 and
 * 412 are a {@link ConflictException}, everything else a {@link PassingFault}, since the store has
 * no errors of ours to tell.
 */
public final class Rows {
  /** Azure takes 64 KiB a property, which are 32,768 UTF-16 characters. */
  private static final int LONGEST_PROPERTY = 32_000;

  private static final String DOCUMENT = "document";
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);

  private final TableClient table;
  private volatile boolean created;

  public Rows(TableClient table) {
    this.table = table;
  }

  /** Puts a document of any length into a row, over as many properties as it takes. */
  static void setDocument(TableEntity row, String document) {
    int from = 0;
    for (int part = 0; from < document.length(); part++) {
      int to = Math.min(document.length(), from + LONGEST_PROPERTY);
      if (to < document.length() && Character.isHighSurrogate(document.charAt(to - 1))) {
        to--; // half a character is no text, and a store may give back something else
      }
      row.addProperty(DOCUMENT + part, document.substring(from, to));
      from = to;
    }
  }

  static String document(TableEntity row) {
    StringBuilder document = new StringBuilder();
    for (int part = 0; row.getProperty(DOCUMENT + part) instanceof String text; part++) {
      document.append(text);
    }
    return document.toString();
  }

  Optional<TableEntity> find(String partition, String key) {
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

  Iterator<TableEntity> all(String partition) {
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

  /**
   * @throws IllegalArgumentException if the continuation is none of this table's
   */
  Optional<PagedResponse<TableEntity>> page(String filter, int top, Optional<String> continuation) {
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

  String insert(TableEntity row) {
    return call(
        "insert " + name(row),
        () -> etag(table.createEntityWithResponse(row, ANSWERED_WITHIN, Context.NONE)));
  }

  String replace(TableEntity row, String version) {
    row.addProperty("odata.etag", version);
    return call(
        "replace " + name(row),
        () ->
            etag(
                table.updateEntityWithResponse(
                    row, TableEntityUpdateMode.REPLACE, true, ANSWERED_WITHIN, Context.NONE)));
  }

  /** Writes a row over whatever is there. */
  void put(TableEntity row) {
    call(
        "put " + name(row),
        () ->
            table.upsertEntityWithResponse(
                row, TableEntityUpdateMode.REPLACE, ANSWERED_WITHIN, Context.NONE));
  }

  void delete(String partition, String key) {
    delete(new TableEntity(partition, key), false);
  }

  void delete(String partition, String key, String version) {
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
