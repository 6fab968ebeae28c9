package dev.drawbridge;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableClientBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import dev.drawbridge.Settings.Connection;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.functions.Invocation;
import dev.drawbridge.ledger.AuditedLedger;
import dev.drawbridge.ledger.TableLedger;
import dev.drawbridge.queue.ServiceBusRequestQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** The SDKs' clients, with time limits that fit a caller who waits for an answer. */
final class Connections {
  private static final String TABLE = "drawbridge";

  private Connections() {}

  static TokenCredential managedIdentity(Settings settings) {
    ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder();
    settings.identityClientId().ifPresent(builder::clientId);
    return builder.build();
  }

  static Ledger ledger(Connection connection, Supplier<TokenCredential> identity) {
    TableClientBuilder builder =
        new TableClientBuilder()
            .tableName(TABLE)
            .retryOptions(
                new RetryOptions(
                    new ExponentialBackoffOptions()
                        .setMaxRetries(2)
                        .setBaseDelay(Duration.ofMillis(200))
                        .setMaxDelay(Duration.ofSeconds(2))));
    if (connection instanceof Connection.ByString given) {
      builder.connectionString(given.connectionString());
    } else if (connection instanceof Connection.ByIdentity given) {
      builder.endpoint(given.endpoint()).credential(identity.get());
    }
    return new AuditedLedger(
        TableLedger.in(builder.buildClient(), Invocation::log), Invocation::log);
  }

  static ServiceBusRequestQueue queue(
      Connection connection, Supplier<TokenCredential> identity, Clock clock) {
    ServiceBusClientBuilder builder =
        new ServiceBusClientBuilder()
            .retryOptions(
                new AmqpRetryOptions()
                    .setMaxRetries(1)
                    .setDelay(Duration.ofMillis(500))
                    .setTryTimeout(Duration.ofSeconds(10)));
    if (connection instanceof Connection.ByString given) {
      builder.connectionString(given.connectionString());
    } else if (connection instanceof Connection.ByIdentity given) {
      builder.credential(given.endpoint(), identity.get());
    }
    return new ServiceBusRequestQueue(
        name -> builder.sender().queueName(name).buildClient(), clock);
  }
}
