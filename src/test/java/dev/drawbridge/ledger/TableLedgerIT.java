package dev.drawbridge.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.port.ConflictException;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.Versioned;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.tables.LocalTables;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ledger on the real SDK, over the local Table storage. */
final class TableLedgerIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final LocalTables tables = LocalTables.start(0, LocalClock.standingAt(NOW));
  private final TableLedger ledger = ledger();
  private final Operation operation = Samples.operation();

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void anyCall_whenAnotherInstanceHasMadeTheTable_thenItIsUsed() {
    assertTrue(ledger.create(operation).isPresent());

    assertEquals(operation, ledger().operation(operation.id()).map(Versioned::value).orElseThrow());
    assertTrue(ledger().create(operation).isEmpty());
  }

  @Test
  void create_whenManyInstancesStartAtOnce_thenOneCreatesTheOperation() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> create = () -> ledger().create(operation).isPresent();
      int created = 0;
      for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(8, create))) {
        created += one.get() ? 1 : 0;
      }
      assertEquals(1, created);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void park_whenItIsParkedAgain_thenItStaysAsItIs() {
    Parked message = ParkedDocumentsTest.parked();
    ledger.park(message);
    Versioned<Parked> first = ledger.parked().get(0);
    Parked putBack = message.with(ParkedDocumentsTest.REPLAY);
    Versioned<Parked> noted = ledger.updateParked(first, putBack);

    ledger.park(message);

    assertEquals(List.of(noted), ledger.parked());
    assertEquals(putBack, noted.value());
    assertThrows(ConflictException.class, () -> ledger.updateParked(first, message));
    assertEquals(List.of(), ledger.openOperations());
    assertEquals(List.of(), ledger.list(Optional.empty(), 10, Optional.empty()).operations());
  }

  @Test
  void parked_whenARowIsNotOurs_thenTheOthersAreRead() {
    ledger.park(ParkedDocumentsTest.parked());
    rawTable()
        .createEntity(new TableEntity("parked", "x").addProperty("document0", "{\"version\":1}"));

    assertEquals(
        List.of(ParkedDocumentsTest.parked()),
        ledger.parked().stream().map(Versioned::value).toList());
  }

  @Test
  void update_whenTheVersionIsOld_thenItIsAConflict() {
    Versioned<Operation> first = ledger.create(operation).orElseThrow();
    Versioned<Operation> second = ledger.update(first, operation.sent(NOW));

    assertThrows(ConflictException.class, () -> ledger.update(first, operation.sees("x", NOW)));
    assertEquals(second, ledger.operation(operation.id()).orElseThrow());
  }

  @Test
  void close_whenItWasCutShort_thenTheEndedOneStaysAsItWasWritten() {
    Versioned<Operation> open = ledger.create(operation).orElseThrow();
    Operation ended = ended("canceled");
    ledger.close(open, ended);
    assertEquals(List.of(), ledger.openOperations());
    assertEquals(ended, ledger.operation(operation.id()).map(Versioned::value).orElseThrow());

    // The row of a creation that a crash cut short, beside the ended one.
    rawTable().createEntity(openRow());
    assertEquals(ended, ledger.operation(operation.id()).map(Versioned::value).orElseThrow());
    assertEquals(List.of(), ledger.openOperations(), "it is removed, and comes to no second life");
    assertThrows(
        RuntimeException.class, () -> rawTable().getEntity("open", operation.id().toString()));
    assertEquals(ended, ledger.operation(operation.id()).map(Versioned::value).orElseThrow());
    assertTrue(ledger.create(operation).isEmpty());
    assertEquals(List.of(), ledger.openOperations());
  }

  @Test
  void openOperations_whenARowCanNotBeRead_thenTheOthersAre() {
    assertTrue(ledger.create(operation).isPresent());
    TableEntity foreign = new TableEntity("open", Samples.id(9).toString());
    foreign.addProperty("document0", "{\"version\":1}");
    rawTable().createEntity(foreign);
    TableEntity moved = openRow();
    TableEntity elsewhere = new TableEntity("open", Samples.id(8).toString());
    elsewhere.addProperty("document0", moved.getProperty("document0"));
    rawTable().createEntity(elsewhere);

    assertEquals(
        List.of(operation), ledger.openOperations().stream().map(Versioned::value).toList());
  }

  @Test
  void grants_whenTheyChange_thenVersionsDecide() {
    Grant grant = Grant.intended(Samples.access(), Samples.id(1), NOW);
    Versioned<Grant> first = ledger.createGrant(grant);
    assertThrows(ConflictException.class, () -> ledger.createGrant(grant));
    Versioned<Grant> second = ledger.updateGrant(first, grant.madeBy(Samples.id(1)));
    assertThrows(ConflictException.class, () -> ledger.updateGrant(first, grant.revoking(NOW)));
    assertThrows(ConflictException.class, () -> ledger.deleteGrant(first));

    ledger.deleteGrant(second);
    assertEquals(List.of(), ledger.grants());
    assertEquals(Optional.empty(), ledger.grant(Samples.access().assignmentName()));
  }

  @Test
  void anyCall_whenTheStoreIsAway_thenItIsAPassingFault() {
    assertTrue(ledger.create(operation).isPresent());
    tables.faults().add(Fault.of(".*", "", 503, "ServerBusy", 100));

    assertThrows(PassingFault.class, () -> ledger.operation(operation.id()));
    assertThrows(PassingFault.class, ledger::openOperations);
    assertThrows(PassingFault.class, () -> ledger.noteSweep(NOW));
  }

  @Test
  void lastSweep_whenNoted_thenItIsRead() {
    assertEquals(Optional.empty(), ledger.lastSweep());
    ledger.noteSweep(NOW);
    assertEquals(Optional.of(NOW), ledger.lastSweep());
    rawTable().upsertEntity(new TableEntity("sweeps", "last").addProperty("endedAt", "yesterday"));
    assertEquals(Optional.empty(), ledger.lastSweep());
  }

  private Operation ended(String code) {
    return operation.endsAs(new Ending(Status.CANCELED, code, "", NOW)).ended(NOW, false);
  }

  private TableEntity openRow() {
    TableEntity row = new TableEntity("open", operation.id().toString());
    row.addProperty("status", operation.status().name());
    row.addProperty("document0", Documents.write(operation));
    return row;
  }

  private TableLedger ledger() {
    return TableLedger.in(rawTable(), () -> Logger.getLogger("ledger"));
  }

  private TableClient rawTable() {
    return new TableClientBuilder()
        .connectionString(tables.connectionString())
        .tableName("drawbridge")
        .retryOptions(new RetryOptions(new FixedDelayOptions(2, Duration.ofMillis(1))))
        .buildClient();
  }
}
