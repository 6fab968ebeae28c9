package dev.drawbridge.local.tables;

import dev.drawbridge.local.LocalClock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;

/** The contract, kept by the local Table storage, with a clock that stands still. */
class LocalTablesIT extends TableStorageContract {
  private static final LocalTables TABLES =
      LocalTables.start(0, LocalClock.standingAt(Instant.parse("2026-11-24T08:00:00Z")));

  @AfterAll
  static void stop() {
    TABLES.close();
  }

  @Override
  String connectionString() {
    return TABLES.connectionString();
  }
}
