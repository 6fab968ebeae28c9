package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What one request takes, counted; docs/costs.md computes with these numbers. */
class CostsIT {
  private static final Pattern COUNT = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\d+) \\| counted");

  /** What an operation shows of each message that was sent for it. */
  private static final Set<String> SENT = Set.of("queued", "retry");

  private static final long CONFLICT = 3;

  @Test
  void counts_whenARequestGoesItsWay_thenAreThoseOfTheDocument() throws IOException {
    Map<String, Long> documented = new TreeMap<>();
    Matcher count = COUNT.matcher(Files.readString(Path.of("docs/costs.md")));
    while (count.find()) {
      documented.put(count.group(1), Long.valueOf(count.group(2)));
    }
    Map<String, Long> counted = counted();
    // The message may be received before its sender has noted that it is sent; who of the two is
    // second to write reads again.
    long grant = counted.getOrDefault("tablesGrant", 0L);
    long usual = documented.getOrDefault("tablesGrant", 0L);
    assertTrue(Math.abs(grant - usual) <= CONFLICT, "tablesGrant " + grant + " for " + usual);
    counted.put("tablesGrant", usual);
    assertEquals(documented, counted);
  }

  private static Map<String, Long> counted() {
    try (Line line = Line.start()) {
      line.sweep(); // which makes the table
      Map<String, Long> counts = new TreeMap<>();
      int lines = line.log.size();
      long idle = tables(line, line::sweep);
      counts.put("tablesIdleSweep", idle);
      counts.put("linesSweep", (long) line.log.size() - lines);
      lines = line.log.size();

      String[] id = new String[1];
      counts.put(
          "tablesGrant",
          tables(
              line,
              () -> {
                id[0] = line.accept(request());
                line.settle();
              }));
      counts.put("tablesOpenSweep", tables(line, line::sweep) - idle);
      line.astro.behave(Behaviour.connecting());
      assertEquals(201, line.astro.tryNow(peering()));
      counts.put("tablesEnd", tables(line, line::sweep) - idle);
      counts.put("linesRequest", line.log.size() - lines - 2 * counts.get("linesSweep"));
      assertEquals("Succeeded", line.status(id[0]));
      counts.put("tablesPoll", tables(line, () -> line.operation(id[0])));
      counts.put("messages", line.events(id[0]).stream().filter(SENT::contains).count());
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

  private static String request() {
    return """
        {"type": "vnet", "ticket": {"system": "zendesk", "id": "1"}, "clusterId": "cluster-one",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s", "vnetName": "%s"}
        """
        .formatted(
            SampleWorld.TENANT,
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            SampleWorld.VNET);
  }
}
