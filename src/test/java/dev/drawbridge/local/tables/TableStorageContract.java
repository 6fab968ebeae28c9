package dev.drawbridge.local.tables;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the real SDK must see of a Table storage, whichever it talks to. Where an implementation
 * differs from Azure's documentation, the contract is Azure's, and the implementation's class says
 * why it disables a line of it. Each test has a table of its own.
 */
abstract class TableStorageContract
    implements TableContract, EntityContract, ValueContract, QueryContract, TransactionContract {
  private final String name = "t" + UUID.randomUUID().toString().replace("-", "");

  abstract String connectionString();

  @BeforeEach
  void create() {
    service().createTable(name);
  }

  @AfterEach
  void delete() {
    service().deleteTable(name);
  }

  @Override
  public TableServiceClient service() {
    return new TableServiceClientBuilder().connectionString(connectionString()).buildClient();
  }

  @Override
  public TableClient table() {
    return service().getTableClient(name);
  }
}
