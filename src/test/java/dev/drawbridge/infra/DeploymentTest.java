package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.infra.BicepTokens.Token;
import dev.drawbridge.local.servicebus.QueueOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the deployment's files say of the app, compared with the app. */
class DeploymentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  @Test
  void queues_whenMade_thenAreAsTheLocalOnes() {
    Bicep serviceBus = Bicep.read(Path.of("infra/servicebus.bicep"));
    Set<String> names =
        serviceBus.named("queueNames").body().stream()
            .filter(Token::quoted)
            .map(Token::text)
            .collect(Collectors.toSet());
    assertEquals(
        Arrays.stream(ConnectionKind.values())
            .map(ConnectionKind::queue)
            .collect(Collectors.toSet()),
        names);
    QueueOptions local = QueueOptions.named("any");
    String text = serviceBus.text();
    assertTrue(text.contains("lockDuration: '" + local.lockDuration() + "'"));
    assertTrue(text.contains("maxDeliveryCount: " + local.maxDeliveryCount() + "\n"));
    assertTrue(text.contains("requiresDuplicateDetection: true"));
    assertTrue(
        text.contains(
            "duplicateDetectionHistoryTimeWindow: '" + local.duplicateDetectionWindow() + "'"));
    assertTrue(text.contains("deadLetteringOnMessageExpiration: true"));
  }

  @Test
  void ledger_whenMade_thenIsTheTableThatTheAppUses() throws IOException {
    String table =
        found("TABLE = \"(\\w+)\"", text("src/main/java/dev/drawbridge/Connections.java"));
    assertTrue(
        Bicep.read(Path.of("infra/storage.bicep")).named("ledger").body().stream()
            .anyMatch(token -> token.quoted() && token.text().equals(table)));
  }

  @Test
  void package_whenDeployed_thenIsTheFolderThatMavenMakes() throws IOException {
    String name = found("<functions.appName>([^<]+)</functions.appName>", text("pom.xml"));
    String folder = "target/azure-functions/" + name;
    assertEquals(folder, found("dist: (\\S+)", text("azure.yaml")));
    assertTrue(text(".github/workflows/deploy.yml").contains("cd " + folder + "\n"));
    String app = Bicep.read(Path.of("infra/app.bicep")).text();
    assertEquals(found("<javaVersion>(\\d+)<", text("pom.xml")), found("version: '(\\d+)'", app));
    assertEquals(
        found("'azd-service-name': '(\\w+)'", app),
        found("services:\n  (\\w+):", text("azure.yaml")));
  }

  @Test
  void hooks_whenNamed_thenAreThereForBothShells() throws IOException {
    List<String> named = new ArrayList<>();
    Matcher run = Pattern.compile("run: (\\S+)").matcher(text("azure.yaml"));
    while (run.find()) {
      named.add(run.group(1));
      assertTrue(Files.exists(Path.of(run.group(1))), run.group(1));
    }
    assertEquals(2, new HashSet<>(named).size(), named.toString());
    for (String hook : named) {
      String text = text(hook);
      assertTrue(text.startsWith("#"), "says what it is for");
      if (hook.endsWith(".sh")) {
        assertTrue(text.startsWith("#!/bin/sh\n") && text.contains("set -eu"), hook);
        assertTrue(Files.isExecutable(Path.of(hook)), hook);
      } else {
        assertTrue(text.contains("$ErrorActionPreference = 'Stop'"), hook);
      }
    }
    assertTrue(text("infra/hooks/preprovision.sh").contains("az ad sp create --id"));
    assertTrue(text("infra/hooks/preprovision.ps1").contains("az ad sp create --id"));
  }

  /** What a hook tells azd, the template's file of parameters reads. */
  @Test
  void parameters_whenReadFromTheEnvironment_thenAreWhatHooksAndTheWorkflowSet()
      throws IOException {
    Set<String> read = new TreeSet<>();
    Matcher matcher =
        Pattern.compile("readEnvironmentVariable\\('(\\w+)'")
            .matcher(text("infra/main.bicepparam"));
    while (matcher.find()) {
      read.add(matcher.group(1));
    }
    assertEquals(
        "ASTRONOMER_PRINCIPAL_ID",
        found("azd env set (\\w+)", text("infra/hooks/preprovision.sh")));
    Set<String> set = new TreeSet<>(Set.of("AZURE_PRINCIPAL_ID")); // azd's own, of a person
    Matcher env =
        Pattern.compile("(?m)^      ([A-Z_]+): \\$\\{\\{ vars")
            .matcher(text(".github/workflows/deploy.yml"));
    while (env.find()) {
      set.add(env.group(1));
    }
    assertEquals(set, read);
  }

  /** So that it compiles anywhere, and a deployment that nobody told of Astronomer fails. */
  @Test
  void astronomer_whenNobodyNamesIt_thenTheTemplateFailsAndSaysWhatToSet() throws IOException {
    assertTrue(
        text("infra/main.bicepparam")
            .contains(
                "param astronomerPrincipalId ="
                    + " readEnvironmentVariable('ASTRONOMER_PRINCIPAL_ID', '')\n"));
    Bicep main = Bicep.read(Path.of("infra/main.bicep"));
    Bicep.Statement guard = main.named("vendorPrincipalId");
    assertEquals(Set.of("fail", "length"), guard.calls());
    assertTrue(
        guard.body().stream()
            .anyMatch(token -> token.quoted() && token.text().contains("ASTRONOMER_PRINCIPAL_ID")));
    assertEquals(
        Set.of("vendorPrincipalId"),
        main.statements().stream()
            .filter(statement -> statement.references().contains("astronomerPrincipalId"))
            .map(Bicep.Statement::name)
            .collect(Collectors.toSet()),
        "nothing goes past the guard");
  }

  @Test
  void workflow_whenItUsesActions_thenEachIsPinnedAndRightsAreFew() throws IOException {
    String workflow = text(".github/workflows/deploy.yml");
    Matcher uses = Pattern.compile("uses: (\\S+)").matcher(workflow);
    int actions = 0;
    while (uses.find()) {
      actions++;
      assertTrue(uses.group(1).matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}"), uses.group(1));
    }
    assertTrue(actions > 0);
    assertTrue(workflow.contains("\npermissions:\n  contents: read\n"));
    assertEquals(1, workflow.split("id-token: write", -1).length - 1, "for one job alone");
    assertFalse(workflow.contains("secrets."), "sign-in is by federation");
    for (String step : List.of("mvn -B verify", "what-if", "sub create", "/api/health")) {
      assertTrue(workflow.contains(step), step);
    }
  }

  @Test
  void linter_whenConfigured_thenNoRuleIsOff() throws IOException {
    JsonNode rules = JSON.readTree(text("infra/bicepconfig.json")).at("/analyzers/core/rules");
    assertTrue(rules.size() > 30);
    rules
        .properties()
        .forEach(
            rule -> assertEquals("error", rule.getValue().at("/level").asText(), rule.getKey()));
  }

  /** A source without a description would be one that the app refuses. */
  @Test
  void ticketSystems_whenNoneIsSetUp_thenTheFilesAreEmptyObjects() throws IOException {
    assertEquals(JSON.createObjectNode(), JSON.readTree(text("infra/webhooks.json")));
    assertEquals(JSON.createObjectNode(), JSON.readTree(text("infra/tickets.json")));
  }

  @Test
  void abbreviations_whenListed_thenAreUsed() throws IOException {
    String main = text("infra/main.bicep");
    JSON.readTree(text("infra/abbreviations.json"))
        .fieldNames()
        .forEachRemaining(name -> assertTrue(main.contains("abbrs." + name + "}"), name));
  }

  @Test
  void readme_whenItTellsHowToDeploy_thenInFiveCommandsAtMost() throws IOException {
    String deploy = found("(?s)\n## Deploy it\n.*?```\n(.*?)```", text("README.md"));
    List<String> commands = deploy.lines().filter(line -> !line.isBlank()).toList();
    assertTrue(commands.size() <= 5, commands.toString());
    assertTrue(commands.contains("azd up"), commands.toString());
  }
}
