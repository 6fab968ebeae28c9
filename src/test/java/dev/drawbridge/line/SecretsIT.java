package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.functions.OneLineFormatter;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.tickets.TicketSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults at every service, and no secret in any log, answer or row. */
final class SecretsIT {
  private static final Pattern KEY = Pattern.compile("(?:AccountKey|SharedAccessKey)=([^;]+)");
  private static final int[] FAILURES = {400, 401, 403, 429, 500, 0};

  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
  private final Handler everything = new Everything();
  private final Logger ours = Logger.getLogger("dev.drawbridge");
  private final Logger sdks = Logger.getLogger("com.azure");
  private final Line line = Line.start();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    ours.addHandler(everything);
    sdks.addHandler(everything);
    sdks.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    sdks.setLevel(null);
    sdks.removeHandler(everything);
    ours.removeHandler(everything);
    line.close();
  }

  @Test
  void secrets_whenEveryServiceFails_thenAreInNoLogNoAnswerAndNoRow() throws IOException {
    JsonNode settings =
        new ObjectMapper()
            .readTree(Files.readString(Path.of("local.settings.json.example")))
            .path("Values");
    for (int status : FAILURES) {
      failAll(status);
      post("10" + status);
      line.settle();
      approve(line.azure.tickets().zendesk(), line.tickets.vnet());
      approve(line.azure.tickets().jira(), line.tickets.vhub());
      approve(line.azure.tickets().serviceNow(), line.tickets.privateLink());
      line.settle();
      line.run(Duration.ofMinutes(6));
      tell();
    }
    line.azure.serviceBus().refuseSends(2);
    post("201");
    line.azure.serviceBus().dropConnections();
    post("202");
    for (String name : List.of("zendesk", "jira", "servicenow", "generic", "cloudevents")) {
      told.add(
          answer(
              line.api.post(
                  "/webhooks/" + name,
                  "{}",
                  Map.of(
                      "Content-Type",
                      "application/json",
                      "X-Drawbridge-Secret",
                      "sent-instead-of-the-secret",
                      "Authorization",
                      "Bearer sent-instead-of-the-token"))));
    }
    told.add(answer(line.api.get("/operations?top=1000")));
    for (JsonNode one : line.api.get("/operations?top=1000").body().path("operations")) {
      told.add(line.operation(one.path("id").asText()).toString());
    }
    told.add(LedgerRow.all(line));

    String all =
        String.join("\n", told)
            + String.join("\n", List.copyOf(logged))
            + String.join("\n", line.traces);
    assertTrue(line.traces.size() > 50, "there is something to look through");
    assertTrue(all.contains("noToken"), "the identity failed, too");
    for (String secret : secrets(settings)) {
      assertFalse(all.contains(secret), "found: " + secret);
    }
    assertFalse(all.matches("(?s).*\\b(?:Basic|Bearer|SharedKey) [A-Za-z0-9+/=_.-]{8,}.*"));
  }

  /** One fault of this status, or a lost answer, at each service that is called. */
  private void failAll(int status) {
    Faults arm = line.azure.arm().armFaults();
    arm.add(Fault.of("GET", "roleDefinitions", status, "TestFault", 1));
    arm.add(Fault.of("PUT", "roleAssignments", status, "TestFault", 1));
    arm.add(Fault.of("DELETE", "roleAssignments", status, "TestFault", 1));
    line.azure.arm().graphFaults().add(Fault.of("GET", ".", status, "TestFault", 1));
    line.azure.arm().identityFaults().add(Fault.of("GET", ".", status, "TestFault", 1));
    line.azure.arm().expireTokens();
    Faults tables = line.azure.tables().faults();
    tables.add(Fault.of("GET", "drawbridge", status, "TestFault", 2));
    tables.add(Fault.of("PUT|POST|MERGE", "drawbridge", status, "TestFault", 2));
    for (TicketSystem system :
        List.of(
            line.azure.tickets().zendesk(),
            line.azure.tickets().jira(),
            line.azure.tickets().serviceNow())) {
      system.faults().add(Fault.of("GET|PUT|POST|PATCH", ".", status, "TestFault", 2));
    }
  }

  private void post(String ticket) throws IOException {
    String request =
        Files.readString(Path.of("examples", "vnet-peering.json"))
            .replace("12345", ticket)
            .replace("\"expiresIn\"", "\"callbackUrl\": \"http://127.0.0.1:1/\", \"expiresIn\"");
    told.add(answer(line.api.post("/peerings", request)));
  }

  private void approve(TicketSystem system, String ticket) {
    told.add(system.approve(ticket, "ana").answer());
  }

  private void tell() {
    line.advance(Duration.ofMinutes(5));
    try {
      line.tell();
    } catch (RuntimeException e) {
      told.add(String.valueOf(e));
    }
  }

  private static String answer(ApiClient.Answer answer) {
    return answer.headers() + " " + answer.body();
  }

  /** Those of the settings, whole, and what the services derive from them. */
  private List<String> secrets(JsonNode settings) {
    List<String> secrets = new ArrayList<>();
    settings
        .properties()
        .forEach(
            setting -> {
              if (setting.getKey().contains("SECRET")) {
                secrets.addAll(List.of(setting.getValue().asText().split(" ", -1)));
              }
            });
    assertEquals(11, secrets.size());
    for (String secret : List.copyOf(secrets)) {
      byte[] bytes =
          secret.startsWith("whsec_")
              ? Base64.getDecoder().decode(secret.substring("whsec_".length()))
              : secret.getBytes(StandardCharsets.UTF_8);
      secrets.add(new String(bytes, StandardCharsets.UTF_8));
    }
    for (String connection :
        List.of(
            line.azure.tables().connectionString(), line.azure.serviceBus().connectionString())) {
      Matcher key = KEY.matcher(connection);
      assertTrue(key.find());
      secrets.add(key.group(1));
    }
    secrets.add(line.azure.arm().identityHeader());
    secrets.add("sent-instead-of-the-secret");
    secrets.add("sent-instead-of-the-token");
    return secrets;
  }

  private final class Everything extends Handler {
    @Override
    public void publish(LogRecord record) {
      logged.add(new OneLineFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
