package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alerts' and the workbook's queries, against what the app logs. */
class AlertsTest {
  /**
   * The tables that a query may begin with, and their columns that it may name: those of the
   * workspace, where Application Insights' own view of them has other names.
   */
  private static final Map<String, Set<String>> TABLES =
      Map.of(
          "AppExceptions", Set.of("ExceptionType", "OuterMessage", "TimeGenerated"),
          "AppRequests", Set.of("ResultCode", "TimeGenerated", "Url"),
          "AppTraces", Set.of("Message", "TimeGenerated"));

  /** Columns begin with a capital, and what a query names itself does not. */
  private static final Pattern COLUMN = Pattern.compile("\\b[A-Z]\\w+");

  private static final Bicep ALERTS = Bicep.read(Path.of("infra/alerts.bicep"));

  private static List<String> alertQueries() {
    return ALERTS.named("queries").body().stream()
        .filter(token -> token.quoted() && token.text().contains("\n|"))
        .map(BicepTokens.Token::text)
        .toList();
  }

  private static List<String> workbookQueries() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonNode workbook = new ObjectMapper().readTree(Path.of("infra/workbook.json").toFile());
    assertEquals("Notebook/1.0", workbook.get("version").asText());
    for (JsonNode item : workbook.get("items")) {
      if (item.get("type").asInt() == 3) {
        queries.add(item.at("/content/query").asText());
      }
    }
    return queries;
  }

  private static Set<String> alertNames() {
    Set<String> names = new TreeSet<>(Set.of("dead-letter-queue"));
    Matcher name = Pattern.compile("\n    name: '([a-z-]+)'").matcher(ALERTS.text());
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  @Test
  void alerts_whenListed_thenTheRunbookAnswersThoseAndNoOthers() throws IOException {
    assertEquals(
        new TreeSet<>(
            Set.of(
                "access-overdue",
                "audit-broken",
                "dead-letter-queue",
                "dead-lettered",
                "no-sweep",
                "oldest-operation",
                "revocation-failing",
                "server-errors")),
        alertNames());
    assertEquals(alertNames().size() - 1, alertQueries().size(), "one is a metric");
    String runbook = Files.readString(Path.of("docs/runbook.md"));
    Set<String> answered = new TreeSet<>();
    Matcher section = Pattern.compile("(?m)^### `([a-z-]+)`$").matcher(runbook);
    while (section.find()) {
      assertTrue(answered.add(section.group(1)), section.group());
    }
    assertEquals(alertNames(), answered);
  }

  @Test
  void queries_whenRead_thenAreOfKnownTablesAndColumnsAndBalanced() throws IOException {
    List<String> all = new ArrayList<>(alertQueries());
    all.addAll(workbookQueries());
    assertTrue(all.size() >= 11, "" + all.size());
    for (String query : all) {
      String[] lines = query.strip().split("\n", -1);
      Set<String> columns = TABLES.get(lines[0]);
      assertNotNull(columns, lines[0]);
      for (int i = 1; i < lines.length; i++) {
        assertTrue(
            lines[i].matches("\\| (where|extend|parse|project|summarize|order|render) .+"),
            lines[i]);
      }
      String outside = query.replaceAll("\"[^\"\n]*\"", "");
      assertFalse(outside.contains("\""), query);
      Matcher column = COLUMN.matcher(outside.strip().substring(lines[0].length()));
      while (column.find()) {
        assertTrue(columns.contains(column.group()), column.group() + " in " + query);
      }
      assertEquals(
          outside.chars().filter(c -> c == '(').count(),
          outside.chars().filter(c -> c == ')').count(),
          query);
    }
  }

  /** The heartbeat is the line that each sweep ends with. */
  @Test
  void heartbeat_whenASweepLogs_thenBeginsAsTheQueriesSay() throws IOException {
    String sweep =
        Files.readString(
            Path.of("src/main/java/dev/drawbridge/functions/RevokeConfirmedAccess.java"));
    assertTrue(sweep.contains("\"sweep: %d open operations, %d grants, "));
    String queries = String.join("\n", alertQueries()) + String.join("\n", workbookQueries());
    assertTrue(queries.contains("Message startswith \"sweep: \""));
    assertTrue(
        queries.contains(
            "\"sweep: \" operations:long \" open operations, \" grants:long \" grants, \""));
  }

  /** What is parsed out of that line is there, in the very words. */
  @Test
  void oldestOperation_whenASweepLogs_thenIsParsedFromTheEndOfTheLine() throws IOException {
    Matcher format =
        Pattern.compile("\"(sweep: .*)\"")
            .matcher(
                Files.readString(
                    Path.of("src/main/java/dev/drawbridge/functions/RevokeConfirmedAccess.java")));
    assertTrue(format.find());
    String line = format.group(1).formatted(2, 1, 0, 0, 93_600L);
    Matcher parse =
        Pattern.compile("parse Message with \\* \"([^\"]+)\" age:long \"([^\"]+)\" \\*")
            .matcher(String.join("\n", alertQueries()));
    assertTrue(parse.find());
    assertTrue(
        line.endsWith(parse.group(1) + "93600" + parse.group(2)), line + " / " + parse.group());
  }

  /** What the alerts and the runbook look for in the log is logged under that name. */
  @Test
  void events_whenLookedForInTheLog_thenAreLogged() throws IOException {
    String code = source();
    String looking =
        String.join("\n", alertQueries())
            + String.join("\n", workbookQueries())
            + Files.readString(Path.of("docs/runbook.md"));
    Set<String> named = new TreeSet<>();
    Matcher event = Pattern.compile("event=(\\w+)").matcher(looking);
    while (event.find()) {
      named.add(event.group(1));
      assertTrue(code.contains("event=" + event.group(1) + " "), event.group());
    }
    assertEquals(
        new TreeSet<>(
            Set.of(
                "accessOverdue",
                "allRevoked",
                "auditBroken",
                "deadLettered",
                "grantRestored",
                "grantUnreadable",
                "grantsResumed",
                "orphanFound",
                "replayed",
                "revocationFailing")),
        named);
  }

  /** What happens to an operation is named in the workbook as in the code. */
  @Test
  void events_whenTheWorkbookNamesThem_thenTheCodeHasThem() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String query : workbookQueries()) {
      Matcher event = Pattern.compile("event == \"(\\w+)\"").matcher(query);
      while (event.find()) {
        named.add(event.group(1));
      }
    }
    assertEquals(
        new TreeSet<>(Set.of("accepted", "accessGranted", "accessGone", "connected", "ended")),
        named);
    String code = source();
    named.forEach(event -> assertTrue(code.contains("\"" + event + "\""), event));
  }

  private static String source() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  code.append(Files.readString(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return code.toString();
  }
}
