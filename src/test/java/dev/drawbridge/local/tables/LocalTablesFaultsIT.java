package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.PortInUseException;
import dev.drawbridge.local.http.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK against a Table storage with faults, and with credentials that are none. */
class LocalTablesFaultsIT {
  private final LocalTables tables = LocalTables.start(0, LocalClock.running());
  private final TableClient table = client(3);

  private TableClient client(int retries) {
    return new TableClientBuilder()
        .connectionString(tables.connectionString())
        .tableName("operations")
        .retryOptions(new RetryOptions(new FixedDelayOptions(retries, Duration.ofMillis(1))))
        .buildClient();
  }

  @BeforeEach
  void create() {
    table.createTable();
  }

  @AfterEach
  void stop() {
    tables.close();
  }

  @Test
  void createEntity_whenBusyTwice_thenTheSdkTriesAgain() {
    tables.faults().add(Fault.of("POST", "operations", 503, "ServerBusy", 2));

    table.createEntity(new TableEntity("p", "r"));

    assertEquals("r", table.getEntity("p", "r").getRowKey());
    assertEquals(List.of(), tables.faults().waiting());
  }

  @Test
  void createEntity_whenBusyForTooLong_thenTheFaultsCodeIsTold() {
    tables.faults().add(Fault.of("POST", "operations", 503, "ServerBusy", 10));

    assertRefused(503, "ServerBusy", () -> client(1).createEntity(new TableEntity("p", "r")));

    assertEquals(8, tables.faults().waiting().get(0).times());
    tables.faults().clear();
    assertEquals(0, table.listEntities().stream().count());
  }

  @Test
  void createEntity_whenTheAnswerIsLost_thenTheRepetitionFindsItDone() {
    tables.faults().add(Fault.of("POST", "operations", 500, "InternalError", 1).losingTheAnswer());

    assertRefused(409, "EntityAlreadyExists", () -> table.createEntity(new TableEntity("p", "r")));
    assertEquals("r", table.getEntity("p", "r").getRowKey());
  }

  @Test
  void upsertEntity_whenTheConnectionIsLost_thenTheSdkTriesAgain() {
    tables.faults().add(Fault.of("PATCH", "operations", 0, "", 2));

    table.upsertEntity(new TableEntity("p", "r"));

    assertEquals("r", table.getEntity("p", "r").getRowKey());
    assertEquals(List.of(), tables.faults().waiting());
  }

  @Test
  void submitTransaction_whenBusyOnce_thenTheSdkTriesAgain() {
    tables.faults().add(Fault.of("POST", "\\$batch", 503, "ServerBusy", 1));

    table.submitTransaction(
        List.of(
            new TableTransactionAction(
                TableTransactionActionType.CREATE, new TableEntity("p", "r"))));

    assertEquals("r", table.getEntity("p", "r").getRowKey());
    assertEquals(List.of(), tables.faults().waiting());
  }

  @Test
  void getEntity_whenTheKeyIsWrong_thenAuthenticationFailed() {
    TableClient stranger =
        new TableClientBuilder()
            .endpoint(tables.endpoint().toString())
            .credential(
                new AzureNamedKeyCredential(Account.NAME, "AAAA" + Account.KEY.substring(4)))
            .tableName("operations")
            .buildClient();

    assertRefused(403, "AuthenticationFailed", () -> stranger.getEntity("p", "r"));
  }

  @Test
  void start_whenThePortIsTaken_thenItIsNamed() {
    try (LocalServer other = LocalServer.start("other", 0, request -> Response.empty(204))) {
      PortInUseException refused =
          assertThrows(
              PortInUseException.class,
              () -> LocalTables.start(other.port(), LocalClock.running()));

      assertTrue(String.valueOf(refused.getMessage()).contains("tables"), refused.getMessage());
    }
  }
}
