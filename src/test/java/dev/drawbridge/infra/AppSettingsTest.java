package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.Settings;
import dev.drawbridge.infra.Bicep.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The settings of the app in Azure are those that the app knows. */
class AppSettingsTest {
  /** What only the Functions host and the SDKs read. */
  private static final Set<String> HOSTS_OWN =
      Set.of(
          "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
          "APPLICATIONINSIGHTS_CONNECTION_STRING",
          "AzureWebJobsStorage__blobServiceUri",
          "AzureWebJobsStorage__clientId",
          "AzureWebJobsStorage__credential",
          "AzureWebJobsStorage__tableServiceUri",
          "ServiceBusConnection__clientId",
          "ServiceBusConnection__credential");

  /** What is not for Azure: connection strings, which hold keys, and what loosens for a laptop. */
  private static final Set<String> LOCAL_ONLY =
      Set.of("CALLBACK_LOOPBACK", "LedgerConnection", "ServiceBusConnection");

  private static Set<String> inBicep() {
    Statement settings = Bicep.read(Bicep.FOLDER.resolve("app.bicep")).named("settings");
    int open = 0;
    while (!settings.body().get(open).is("union")) {
      open++;
    }
    while (!settings.body().get(open).is("{")) {
      open++;
    }
    Set<String> names = new TreeSet<>(settings.keysFrom(open));
    assertTrue(names.removeAll(HOSTS_OWN));
    return names;
  }

  @Test
  void settings_whenTheAppKnowsThem_thenAreSetOrAreNotForAzure() {
    Set<String> known = new TreeSet<>(Settings.NAMES);
    known.removeAll(LOCAL_ONLY);
    Set<String> missing = new TreeSet<>(known);
    missing.removeAll(inBicep());
    assertEquals(Set.of(), missing, "app.bicep does not set them");
  }

  @Test
  void settings_whenSetInAzure_thenTheAppKnowsThem() {
    Set<String> unknown = new TreeSet<>(inBicep());
    unknown.removeAll(Settings.NAMES);
    assertEquals(Set.of(), unknown, "the app does not know them");
    for (String name : LOCAL_ONLY) {
      assertFalse(inBicep().contains(name), name);
    }
  }

  /** Besides the two ways to reach a service, the example has what Azure has. */
  @Test
  void settings_whenComparedWithTheExample_thenAreTheSame() throws IOException {
    Set<String> example = new TreeSet<>();
    new ObjectMapper()
        .readTree(Path.of("local.settings.json.example").toFile())
        .get("Values")
        .fieldNames()
        .forEachRemaining(example::add);
    assertTrue(example.removeAll(Set.of("AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME")));
    example.removeIf(
        name -> name.startsWith("WEBHOOK_SECRET_") || name.startsWith("TICKET_SECRET_"));
    example.removeAll(LOCAL_ONLY);
    Set<String> azure = inBicep();
    assertTrue(azure.remove("ServiceBusConnection__fullyQualifiedNamespace"));
    assertTrue(azure.remove("LedgerConnection__tableServiceUri"));
    assertEquals(example, azure);
  }

  /** The secrets' settings are named as the app looks for them, and read from the vault. */
  @Test
  void settings_whenSecret_thenAreReferencesToTheVault() {
    String app = Bicep.read(Bicep.FOLDER.resolve("app.bicep")).text();
    for (String prefix : Set.of("WEBHOOK", "TICKET")) {
      assertTrue(app.contains("=> '" + prefix + "_SECRET_${toUpper(replace("), prefix);
      assertTrue(
          app.contains(
              "=> '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName="
                  + prefix
                  + "-SECRET-${toUpper("),
          prefix);
    }
    assertTrue(
        app.contains(
            "CALLBACK_SECRET: !callbacks ? '' : '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=CALLBACK-SECRET)'"));
    assertTrue(app.contains("keyVaultReferenceIdentity: identity.id"));
  }

  /** As they are where nothing is set up yet: empty objects, and references to no secrets. */
  @Test
  void settings_whenNoTicketSystemIsSetUp_thenTheAppStarts() {
    UUID id = UUID.fromString("aaaabbbb-0000-cccc-1111-dddd2222eeee");
    Map<String, String> values = new HashMap<>();
    inBicep().forEach(name -> values.put(name, ""));
    values.put("ServiceBusConnection__fullyQualifiedNamespace", "sb-x.servicebus.windows.net");
    values.put("LedgerConnection__tableServiceUri", "https://stx.table.core.windows.net/");
    values.put("TENANT_ID", id.toString());
    values.put("ALLOWED_SUBSCRIPTIONS", id.toString());
    values.put("SWEEP_SCHEDULE", "0 * * * * *");
    values.put("WEBHOOKS", "{}");
    values.put("TICKETS", "{}");
    assertEquals(Set.of(), Settings.of(values).webhooks().sources().keySet());
  }
}
