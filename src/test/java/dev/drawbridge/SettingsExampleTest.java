package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.tickets.Webhooks;
import dev.drawbridge.tickets.outbound.Tickets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The settings of local.settings.json.example, at the project's root. */
class SettingsExampleTest {

  /** The example has every setting, and nothing that is none. */
  @Test
  void names_whenComparedWithTheExample_thenAreTheSame() throws IOException {
    JsonNode example = new ObjectMapper().readTree(Path.of("local.settings.json.example").toFile());
    Set<String> shown = new TreeSet<>();
    example.get("Values").fieldNames().forEachRemaining(shown::add);
    assertTrue(shown.remove("FUNCTIONS_WORKER_RUNTIME"), "the host's own");
    assertTrue(shown.remove("AzureWebJobsStorage"), "the host's own");
    shown.removeIf(name -> name.startsWith(Webhooks.SECRET_SETTING)); // one for each source
    shown.removeIf(name -> name.startsWith(Tickets.SECRET_SETTING)); // one for each system
    Set<String> names = new TreeSet<>(Settings.NAMES);
    assertTrue(names.remove("ServiceBusConnection__fullyQualifiedNamespace"), "in Azure only");
    assertTrue(names.remove("LedgerConnection__tableServiceUri"), "in Azure only");
    assertEquals(shown, names);
  }

  @Test
  void of_whenTheExampleIsUsedAsItIs_thenIsComplete() throws IOException {
    Map<String, String> values = new HashMap<>();
    new ObjectMapper()
        .readTree(Path.of("local.settings.json.example").toFile())
        .get("Values")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().textValue()));
    Settings settings = Settings.of(values);
    Settings defaults = Settings.of(SettingsTest.least());
    assertEquals(defaults.limits().defaultExpiry(), settings.limits().defaultExpiry());
    assertEquals(defaults.limits().longestExpiry(), settings.limits().longestExpiry());
    assertEquals(defaults.grantScope(), settings.grantScope());
    assertEquals(defaults.vendorApplicationId(), settings.vendorApplicationId());
    assertEquals(Optional.empty(), settings.publicUrl());
  }
}
