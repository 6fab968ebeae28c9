package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The results in docs/costs.md follow from the numbers in it. CostsIT counts those of the code. */
class CostsTest {
  private static final Pattern VARIABLE = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d.]+) \\|");
  private static final Pattern RESULT =
      Pattern.compile("(?m)^\\| ([^|`]+) \\| ([\\d,.]+) \\| ([\\d,.]+) \\| ([\\d,.]+) \\|$");
  private static final double HOURS = 730;

  private final Map<String, Double> variables = new TreeMap<>();

  private double of(String variable) {
    return variables.get(variable);
  }

  @Test
  void results_whenComputedAnew_thenAreThoseOfTheDocument() throws IOException {
    String document = Files.readString(Path.of("docs/costs.md"));
    Matcher variable = VARIABLE.matcher(document);
    while (variable.find()) {
      variables.put(variable.group(1), Double.valueOf(variable.group(2)));
    }
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (int requests : List.of(10, 1_000, 100_000)) {
      compute(requests)
          .forEach((name, text) -> expected.computeIfAbsent(name, n -> new ArrayList<>()).add(text));
    }
    Map<String, List<String>> shown = new LinkedHashMap<>();
    Matcher result = RESULT.matcher(document);
    while (result.find()) {
      shown.put(result.group(1), List.of(result.group(2), result.group(3), result.group(4)));
    }
    assertTrue(document.contains("\n| | 10 | 1,000 | 100,000 |\n"));
    assertEquals(expected, shown);
  }

  private Map<String, String> compute(int requests) {
    double open = requests * of("openHours") / HOURS;
    double calls = requests * (1 + of("messages") + of("polls"));
    double executions = calls + of("sweeps");
    double sweep = Math.max(of("secondsAtLeast"), open * of("secondsPerOpen"));
    double gbSeconds =
        of("memoryGB") * (calls * of("secondsAtLeast") + of("sweeps") * sweep);
    double tables =
        requests * (of("tablesGrant") + of("tablesEnd") + of("polls") * of("tablesPoll"))
            + of("sweeps") * (of("tablesIdleSweep") + open * of("tablesOpenSweep"));
    double logGb =
        (requests * of("linesRequest")
                + of("sweeps") * of("linesSweep")
                + executions * of("rowsPerExecution"))
            * of("bytesPerRow")
            / 1e9;
    double functions =
        Math.max(0, gbSeconds - of("freeGBSeconds")) * of("priceGBSecond")
            + Math.max(0, executions - of("freeExecutions")) / 1e6 * of("priceMillionExecutions");
    double storage =
        tables / 1e4 * of("price10kTables")
            + of("sweeps") * of("hostBlobsPerMinute") / 1e4 * of("price10kBlobs");
    double operations = requests * of("messages") * of("operationsPerMessage");
    double serviceBus =
        of("priceServiceBus")
            + Math.max(0, operations - of("freeOperations")) / 1e6 * of("priceMillionOperations");
    double logs = Math.max(0, logGb - of("freeLogGB")) * of("priceLogGB");
    double total = functions + storage + serviceBus + logs + of("priceAlerts");
    assertTrue(total > serviceBus);
    Map<String, String> results = new LinkedHashMap<>();
    results.put("executions", whole(executions));
    results.put("GB-seconds", whole(gbSeconds));
    results.put("table transactions", whole(tables));
    results.put("log, GB", cents(logGb));
    results.put("Functions, $", cents(functions));
    results.put("storage, $", cents(storage));
    results.put("Service Bus, $", cents(serviceBus));
    results.put("Log Analytics, $", cents(logs));
    results.put("alerts, $", cents(of("priceAlerts")));
    results.put("**a month, $**", cents(total));
    return results;
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String cents(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }
}
