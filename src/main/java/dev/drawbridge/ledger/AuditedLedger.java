package dev.drawbridge.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Stop;
import dev.drawbridge.access.Trail;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Logs each event that the ledger has taken as one line: {@code audit} and a JSON object. A line is
 * a copy, out of reach of who may write to the ledger; the ledger is the record. An event whose
 * write was taken without an answer, or before a crash, has no line.
 */
public final class AuditedLedger implements Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Ledger ledger;
  private final Supplier<Logger> log;

  /**
   * @param log where a line goes that is written now
   */
  public AuditedLedger(Ledger ledger, Supplier<Logger> log) {
    this.ledger = ledger;
    this.log = log;
  }

  @Override
  public Optional<Versioned<Operation>> create(Operation operation) {
    Optional<Versioned<Operation>> created = ledger.create(operation);
    created.ifPresent(taken -> log(taken.value(), 0));
    return created;
  }

  @Override
  public Versioned<Operation> update(Versioned<Operation> from, Operation to) {
    Versioned<Operation> updated = ledger.update(from, to);
    log(to, from.value().trail().entries().size());
    return updated;
  }

  @Override
  public void close(Versioned<Operation> from, Operation ended) {
    ledger.close(from, ended);
    log(ended, from.value().trail().entries().size());
  }

  /** Events are only ever added at the end. */
  private void log(Operation operation, int known) {
    List<Trail.Entry> entries = operation.trail().entries();
    for (Trail.Entry entry : entries.subList(Math.min(known, entries.size()), entries.size())) {
      log.get().info(() -> "audit " + line(operation, entry));
    }
  }

  private static ObjectNode line(Operation operation, Trail.Entry entry) {
    Event event = entry.event();
    ObjectNode line =
        JSON.createObjectNode()
            .put("event", event.what())
            .put("operation", operation.id().toString())
            .put("ticket", operation.request().terms().ticket().toString())
            .put("at", event.at().toString())
            .put("detail", event.detail());
    operation.trace().ifPresent(trace -> line.put("trace", trace.traceId()));
    event.correlationId().ifPresent(id -> line.put("correlationId", id));
    entry.chain().ifPresent(chain -> line.put("chain", chain));
    if (event.what().equals(Operation.ENDED)) {
      line.put("status", operation.status().word());
      operation.ending().map(Ending::code).ifPresent(code -> line.put("code", code));
    }
    return line;
  }

  @Override
  public Optional<Versioned<Operation>> operation(OperationId id) {
    return ledger.operation(id);
  }

  @Override
  public List<Versioned<Operation>> openOperations() {
    return ledger.openOperations();
  }

  @Override
  public Page list(Optional<Status> status, int top, Optional<String> continuation) {
    return ledger.list(status, top, continuation);
  }

  @Override
  public Optional<Versioned<Grant>> grant(UUID assignmentName) {
    return ledger.grant(assignmentName);
  }

  @Override
  public List<Versioned<Grant>> grants() {
    return ledger.grants();
  }

  @Override
  public Versioned<Grant> createGrant(Grant grant) {
    return ledger.createGrant(grant);
  }

  @Override
  public Versioned<Grant> updateGrant(Versioned<Grant> from, Grant to) {
    return ledger.updateGrant(from, to);
  }

  @Override
  public void deleteGrant(Versioned<Grant> grant) {
    ledger.deleteGrant(grant);
  }

  @Override
  public Optional<Stop> stop() {
    return ledger.stop();
  }

  @Override
  public void setStop(Stop stop) {
    ledger.setStop(stop);
  }

  @Override
  public void liftStop() {
    ledger.liftStop();
  }

  @Override
  public void park(Parked message) {
    ledger.park(message);
  }

  @Override
  public List<Versioned<Parked>> parked() {
    return ledger.parked();
  }

  @Override
  public Versioned<Parked> updateParked(Versioned<Parked> from, Parked to) {
    return ledger.updateParked(from, to);
  }

  @Override
  public void noteSweep(Instant at) {
    ledger.noteSweep(at);
  }

  @Override
  public Optional<Instant> lastSweep() {
    return ledger.lastSweep();
  }
}
