package dev.drawbridge.ledger;

import com.azure.core.http.rest.PagedResponse;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.Trail;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The ledger in one table. Open operations have a partition of their own, so that a sweep reads
 * what is open and not what ever was; an operation that ends moves to the ended ones, and whatever
 * is there is never written again.
 */
public final class TableLedger implements Ledger {
  private static final String OPEN = "open";
  private static final String ENDED = "ended";
  private static final String GRANTS = "grants";
  private static final String PARKED = "parked";
  private static final String SWEEPS = "sweeps";
  private static final String LAST = "last";
  private static final String STOP = "stop";
  private static final String STATUS = "status";

  private final Rows rows;
  private final Supplier<Logger> log;

  /** The ledger in a table, which is made at first use where there is none. */
  public static TableLedger in(TableClient table, Supplier<Logger> log) {
    return new TableLedger(new TableRows(table), log);
  }

  /**
   * @param log where a line goes that is written now
   */
  public TableLedger(Rows rows, Supplier<Logger> log) {
    this.rows = rows;
    this.log = log;
  }

  @Override
  public Optional<Versioned<Operation>> operation(OperationId id) {
    Optional<Versioned<Operation>> open = find(OPEN, id);
    // A creation that a crash cut short can leave a new row beside an ended one, which goes first.
    boolean settled = open.map(found -> found.value().status() != Status.NOT_STARTED).orElse(false);
    return settled ? open : find(ENDED, id).or(() -> open);
  }

  private Optional<Versioned<Operation>> find(String partition, OperationId id) {
    return rows.find(partition, id.toString()).map(row -> versioned(row, this::operation));
  }

  @Override
  public Optional<Versioned<Operation>> create(Operation operation) {
    String version;
    try {
      version = rows.insert(row(OPEN, operation));
    } catch (ConflictException e) {
      return Optional.empty();
    }
    if (rows.find(ENDED, operation.id().toString()).isPresent()) {
      remove(operation.id());
      return Optional.empty();
    }
    return Optional.of(new Versioned<>(operation, version));
  }

  @Override
  public Versioned<Operation> update(Versioned<Operation> from, Operation to) {
    return new Versioned<>(to, rows.replace(row(OPEN, to), from.version()));
  }

  @Override
  public void close(Versioned<Operation> from, Operation ended) {
    Versioned<Operation> last = from.value().equals(ended) ? from : update(from, ended);
    try {
      rows.insert(row(ENDED, last.value()));
    } catch (ConflictException e) {
      log.get().fine(() -> "operation " + ended.id() + ": was put away before");
    }
    remove(ended.id());
  }

  /** Removes what stands among the ended ones, too; another may have been faster. */
  private void remove(OperationId ended) {
    try {
      rows.delete(OPEN, ended.toString());
    } catch (ConflictException e) {
      log.get().fine(() -> "operation " + ended + ": was removed before");
    }
  }

  @Override
  public List<Versioned<Operation>> openOperations() {
    List<Versioned<Operation>> open = new ArrayList<>();
    for (Versioned<Operation> found : readable(OPEN, this::operation)) {
      // A creation that a crash cut short may have left one that has ended long since.
      OperationId id = found.value().id();
      if (found.value().status() == Status.NOT_STARTED
          && rows.find(ENDED, id.toString()).isPresent()) {
        remove(id);
      } else {
        open.add(found);
      }
    }
    return open;
  }

  @Override
  public Page list(Optional<Status> status, int top, Optional<String> continuation) {
    String partitions = "(PartitionKey eq '%s' or PartitionKey eq '%s')".formatted(OPEN, ENDED);
    String filter =
        status
            .map(wanted -> "%s and %s eq '%s'".formatted(partitions, STATUS, wanted.name()))
            .orElse(partitions);
    Optional<PagedResponse<TableEntity>> page =
        rows.page(filter, top, continuation.map(TableLedger::decoded));
    List<Operation> operations = new ArrayList<>();
    page.ifPresent(
        found ->
            found
                .getValue()
                .forEach(
                    row ->
                        readable(row, this::operation)
                            .ifPresent(operation -> operations.add(operation.value()))));
    return new Page(
        operations, page.map(PagedResponse::getContinuationToken).map(TableLedger::encoded));
  }

  @Override
  public Optional<Versioned<Grant>> grant(UUID assignmentName) {
    return rows.find(GRANTS, assignmentName.toString())
        .map(row -> versioned(row, TableLedger::grant));
  }

  @Override
  public List<Versioned<Grant>> grants() {
    return readable(GRANTS, TableLedger::grant);
  }

  @Override
  public Versioned<Grant> createGrant(Grant grant) {
    return new Versioned<>(grant, rows.insert(row(grant)));
  }

  @Override
  public Versioned<Grant> updateGrant(Versioned<Grant> from, Grant to) {
    return new Versioned<>(to, rows.replace(row(to), from.version()));
  }

  @Override
  public void deleteGrant(Versioned<Grant> grant) {
    rows.delete(GRANTS, grant.value().access().assignmentName().toString(), grant.version());
  }

  @Override
  public Optional<Stop> stop() {
    return rows.find(SWEEPS, STOP)
        .map(
            row ->
                new Stop(
                    instant(String.valueOf(row.getProperty("since"))).orElse(Instant.EPOCH),
                    String.valueOf(row.getProperty("reason"))));
  }

  @Override
  public void setStop(Stop stop) {
    rows.put(
        new TableEntity(SWEEPS, STOP)
            .addProperty("since", stop.since().toString())
            .addProperty("reason", stop.reason()));
  }

  @Override
  public void liftStop() {
    // No other than the one that was there: a call that is late must not lift one made since.
    rows.find(SWEEPS, STOP).ifPresent(row -> rows.delete(SWEEPS, STOP, row.getETag()));
  }

  @Override
  public void park(Parked message) {
    try {
      String unused = rows.insert(row(message)); // its version: nobody changes it yet
    } catch (ConflictException e) {
      log.get().fine(() -> "message " + message.id() + ": was parked before");
    }
  }

  @Override
  public List<Versioned<Parked>> parked() {
    return readable(PARKED, TableLedger::parked);
  }

  @Override
  public Versioned<Parked> updateParked(Versioned<Parked> from, Parked to) {
    return new Versioned<>(to, rows.replace(row(to), from.version()));
  }

  @Override
  public void noteSweep(Instant at) {
    rows.put(new TableEntity(SWEEPS, LAST).addProperty("endedAt", at.toString()));
  }

  @Override
  public Optional<Instant> lastSweep() {
    return rows.find(SWEEPS, LAST)
        .map(row -> String.valueOf(row.getProperty("endedAt")))
        .flatMap(this::instant);
  }

  /** A row that somebody else wrote counts for none. */
  private Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      log.get().log(Level.SEVERE, e, () -> "The time of the last sweep can't be read");
      return Optional.empty();
    }
  }

  private static TableEntity row(String partition, Operation operation) {
    TableEntity row = new TableEntity(partition, operation.id().toString());
    row.addProperty(STATUS, operation.status().name());
    Properties.setDocument(row, Documents.write(operation));
    return row;
  }

  private static TableEntity row(Grant grant) {
    TableEntity row = new TableEntity(GRANTS, grant.access().assignmentName().toString());
    Properties.setDocument(row, Documents.write(grant));
    return row;
  }

  private static TableEntity row(Parked message) {
    TableEntity row = new TableEntity(PARKED, message.id().toString());
    Properties.setDocument(row, ParkedDocuments.write(message));
    return row;
  }

  /** One row that can't be read must not hide the others. */
  private <T> List<Versioned<T>> readable(String partition, Function<TableEntity, T> read) {
    List<Versioned<T>> found = new ArrayList<>();
    Iterator<TableEntity> all = rows.all(partition);
    while (all.hasNext()) {
      readable(all.next(), read).ifPresent(found::add);
    }
    return found;
  }

  private <T> Optional<Versioned<T>> readable(TableEntity row, Function<TableEntity, T> read) {
    try {
      return Optional.of(versioned(row, read));
    } catch (IllegalArgumentException e) {
      log.get()
          .log(
              Level.SEVERE,
              e,
              () ->
                  "row %s/%s can't be read and is left alone: %s"
                      .formatted(row.getPartitionKey(), row.getRowKey(), e.getMessage()));
      return Optional.empty();
    }
  }

  private static <T> Versioned<T> versioned(TableEntity row, Function<TableEntity, T> read) {
    return new Versioned<>(read.apply(row), row.getETag());
  }

  /** An operation whose record was meddled with goes on: its access must end all the same. */
  private Operation operation(TableEntity row) {
    Operation operation = Documents.readOperation(Properties.document(row));
    if (operation.trailState() == Trail.State.BROKEN) {
      log.get().severe(() -> "event=auditBroken operation=" + operation.id());
    }
    return inItsPlace(row, operation, operation.id().toString());
  }

  private static Grant grant(TableEntity row) {
    Grant grant = Documents.readGrant(Properties.document(row));
    return inItsPlace(row, grant, grant.access().assignmentName().toString());
  }

  private static Parked parked(TableEntity row) {
    Parked message = ParkedDocuments.read(Properties.document(row));
    return inItsPlace(row, message, message.id().toString());
  }

  private static <T> T inItsPlace(TableEntity row, T value, String key) {
    if (!key.equals(row.getRowKey())) {
      throw new IllegalArgumentException("it is the document of row " + key);
    }
    return value;
  }

  private static String encoded(String continuation) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(continuation.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String continuation) {
    return new String(Base64.getUrlDecoder().decode(continuation), StandardCharsets.UTF_8);
  }
}
