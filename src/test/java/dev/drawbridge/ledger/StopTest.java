package dev.drawbridge.ledger;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.azure.data.tables.models.TableEntity;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The row that says that nothing is granted. */
class StopTest {
  private final Rows rows = mock(Rows.class);
  private final TableLedger ledger = new TableLedger(rows, () -> Logger.getLogger("stop"));

  @Test
  void liftStop_whenThereIsOne_thenNoOtherIsDeleted() {
    TableEntity row = new TableEntity("sweeps", "stop").addProperty("odata.etag", "W/\"7\"");
    when(rows.find("sweeps", "stop")).thenReturn(Optional.of(row));
    ledger.liftStop();
    verify(rows).find("sweeps", "stop");
    verify(rows).delete("sweeps", "stop", "W/\"7\"");
    verifyNoMoreInteractions(rows);
  }

  @Test
  void liftStop_whenThereIsNone_thenNothingIsDeleted() {
    when(rows.find("sweeps", "stop")).thenReturn(Optional.empty());
    ledger.liftStop();
    verify(rows).find("sweeps", "stop");
    verifyNoMoreInteractions(rows);
  }
}
