package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What one request takes, counted; docs/costs.md computes with these numbers. */
class CostsIT {
  private static final Pattern COUNT = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\d+) \\|");

  @Test
  void counts_whenARequestGoesItsWay_thenAreThoseOfTheDocument() throws IOException {
    Map<String, Long> documented = new LinkedHashMap<>();
    Matcher count = COUNT.matcher(Files.readString(Path.of("docs/costs.md")));
    while (count.find()) {
      documented.put(count.group(1), Long.valueOf(count.group(2)));
    }
    assertEquals(documented, counted());
  }

  private static Map<String, Long> counted() {
    try (Line line = Line.start()) {
      line.sweep(); // which makes the table
      Map<String, Long> counts = new LinkedHashMap<>();
      long idle = tables(line, line::sweep);
      String[] id = new String[1];
      counts.put("tablesAccept", tables(line, () -> id[0] = line.accept(request("vnet-data", "1"))));
      counts.put("tablesGrant", tables(line, line::settle));
      counts.put("tablesIdleSweep", idle);
      counts.put("tablesOpenSweep", tables(line, line::sweep) - idle);
      line.astro.behave(Behaviour.connecting());
      assertEquals(201, line.astro.tryNow(peering()));
      line.clearCalls();
      counts.put("tablesEnd", tables(line, line::sweep) - idle);
      assertEquals("Succeeded", line.status(id[0]));
      counts.put("tablesPoll", tables(line, () -> line.operation(id[0])));
      counts.put(
          "messages",
          line.events(id[0]).stream()
              .filter(event -> event.equals("queued") || event.equals("retry"))
              .count());
      return counts;
    }
  }

  /** How many calls to the tables an action takes until all that it started is over. */
  private static long tables(Line line, Runnable action) {
    long before = line.azure.tables().calls();
    action.run();
    return line.azure.tables().calls() - before;
  }

  private static PeeringRequest peering() {
    return new PeeringRequest(
        SampleWorld.SUBSCRIPTION,
        SampleWorld.RESOURCE_GROUP,
        SampleWorld.VNET,
        "astro",
        SampleWorld.ASTRO_VNET_ID);
  }

  private static String request(String vnet, String ticket) {
    return """
        {"type": "vnet", "ticket": {"system": "zendesk", "id": "%s"}, "clusterId": "cluster-one",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s", "vnetName": "%s"}
        """
        .formatted(
            ticket,
            SampleWorld.TENANT,
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            vnet);
  }
}
