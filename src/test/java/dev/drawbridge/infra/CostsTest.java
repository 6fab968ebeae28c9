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
import java.util.Objects;
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
    return Objects.requireNonNull(variables.get(variable), variable);
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
          .forEach(
              (name, text) -> expected.computeIfAbsent(name, n -> new ArrayList<>()).add(text));
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
    double executions = calls + of("timers") * of("sweeps");
    double sweep = Math.max(of("secondsAtLeast"), open * of("secondsPerOpen"));
    double gbSeconds =
        of("memoryGB")
            * (calls * of("secondsAtLeast")
                + of("sweeps") * sweep
                + (of("timers") - 1) * of("sweeps") * of("secondsAtLeast"));
    double tables =
        requests * (of("tablesGrant") + of("tablesEnd") + of("polls") * of("tablesPoll"))
            + of("sweeps")
                * (of("tablesIdleSweep") + of("tablesTell") + open * of("tablesOpenSweep"));
    double rows =
        requests * of("linesRequest")
            + of("sweeps") * of("linesSweep")
            + executions * of("rowsPerExecution");
    double logGb = rows * of("bytesPerRow") / 1e9;
    Map<String, String> results = new LinkedHashMap<>();
    results.put("executions", whole(executions));
    results.put("GB-seconds", whole(gbSeconds));
    results.put("table transactions", whole(tables));
    results.put("log, GB", cents(logGb));
    Map<String, Double> dollars = dollars(requests, executions, gbSeconds, tables, logGb);
    dollars.forEach((name, value) -> results.put(name + ", $", cents(value)));
    results.put("**a month, $**", cents(dollars.values().stream().mapToDouble(one -> one).sum()));
    return results;
  }

  private Map<String, Double> dollars(
      int requests, double executions, double gbSeconds, double tables, double logGb) {
    Map<String, Double> dollars = new LinkedHashMap<>();
    dollars.put(
        "Functions",
        beyond(of("freeGBSeconds"), gbSeconds) * of("priceGBSecond")
            + beyond(of("freeExecutions"), executions) / 1e6 * of("priceMillionExecutions"));
    dollars.put(
        "storage",
        tables / 1e4 * of("price10kTables")
            + of("sweeps") * of("hostBlobsPerMinute") / 1e4 * of("price10kBlobs"));
    double operations = requests * of("messages") * of("operationsPerMessage");
    dollars.put(
        "Service Bus",
        of("priceServiceBus")
            + beyond(of("freeOperations"), operations) / 1e6 * of("priceMillionOperations"));
    dollars.put("Log Analytics", beyond(of("freeLogGB"), logGb) * of("priceLogGB"));
    dollars.put("alerts", of("priceAlerts"));
    return dollars;
  }

  private static double beyond(double free, double amount) {
    return Math.max(0, amount - free);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String cents(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }
}
