package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Astro;
import dev.drawbridge.local.astro.Attempt;
import dev.drawbridge.local.astro.PeeringRequest;
import dev.drawbridge.local.astro.SupportRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;
import java.util.logging.SimpleFormatter;

/**
 * Tells the story of one request in a local Azure, as it happens. Exits with 0 if it came to its
 * end as it should, else with 1.
 */
public final class Demo {
  private static final Path REQUEST = Path.of("examples", "vnet-peering.json");
  private static final Path LOG = Path.of("target", "demo.log");
  private static final Duration PATIENCE = Duration.ofSeconds(50);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.S").withZone(ZoneId.systemDefault());

  private final PrintStream out;
  private final LocalAzure azure;
  private final Astro astro;
  private final ApiClient api;
  private int told;
  private int attemptsTold;

  private Demo(PrintStream out, LocalAzure azure, Astro astro) {
    this.out = out;
    this.azure = azure;
    this.astro = astro;
    this.api = new ApiClient(azure.api(), Map.of());
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run(System.out) ? 0 : 1);
  }

  /**
   * @return whether everything came as it should; what did not is printed
   */
  static boolean run(PrintStream out) throws IOException {
    Files.createDirectories(LOG.toAbsolutePath().getParent());
    FileHandler log = new FileHandler(LOG.toString());
    log.setFormatter(new SimpleFormatter());
    LocalOptions options =
        LocalProperties.recording(LocalOptions.of(LocalClock.running()))
            .withSetting("SWEEP_SCHEDULE", "*/2 * * * * *")
            .withTimers()
            .loggingTo(log);
    try (LocalAzure azure = LocalAzure.start(options);
        Astro astro = Astro.start(azure.arm(), azure.clock(), Duration.ofSeconds(1))) {
      new Demo(out, azure, astro).tell();
      out.println("\nThat went as it should. The functions' log is in " + LOG + ".");
      return true;
    } catch (UnexpectedEnd e) {
      out.println("\nNot as it should be: " + e.getMessage());
      out.println("The functions' log is in " + LOG + ".");
      return false;
    } finally {
      log.close();
    }
  }

  /** The story took a turn that it should not. */
  private static final class UnexpectedEnd extends RuntimeException {
    UnexpectedEnd(String message) {
      super(message);
    }
  }

  private void tell() throws IOException {
    out.println("A ticket asks for a VNet peering between vnet-data and an Astro cluster.\n");
    PeeringRequest early =
        new PeeringRequest(
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            SampleWorld.VNET,
            "astro-peering",
            SampleWorld.ASTRO_VNET_ID);
    expectRefusal(early, "before the grant");

    ApiClient.Answer accepted = api.post("/peerings", Files.readString(REQUEST));
    expect(accepted.status() == 202, "the request was answered with " + accepted.status());
    String address = accepted.header("operation-location");
    line(azure.clock().instant(), "202 Accepted", address);
    String id = accepted.body().path("id").asText();

    JsonNode granted = follow(id, "granted");
    out.println("\n  For Astronomer's support, ready to paste:\n");
    granted.path("supportText").asText().lines().forEach(text -> out.println("  | " + text));
    out.println();
    astro.request(SupportRequest.read(granted.path("supportText").asText(), "astro-peering"));

    JsonNode ended = follow(id, "revoked");
    expect(
        ended.path("status").asText().equals("Succeeded"),
        "the operation ended as " + ended.path("status").asText() + " " + ended.path("error"));
    expectRefusal(early, "after the revocation");
    expectNothingLeft(ended.path("access"));
    table(ended);
  }

  /** Tells what happens until the operation is in a phase, or has ended. */
  private JsonNode follow(String id, String phase) {
    Instant deadline = azure.clock().instant().plus(PATIENCE);
    while (azure.clock().instant().isBefore(deadline)) {
      JsonNode operation = api.get("/operations/" + id).body();
      tellNews(operation);
      if (operation.path("phase").asText().equals(phase) || operation.has("endedAt")) {
        return operation;
      }
      pause();
    }
    throw new UnexpectedEnd("the operation was not " + phase + " within " + PATIENCE);
  }

  private void tellNews(JsonNode operation) {
    record News(Instant at, String what, String detail) {}
    List<News> news = new ArrayList<>();
    JsonNode events = operation.path("events");
    for (; told < events.size(); told++) {
      JsonNode event = events.get(told);
      news.add(
          new News(
              Instant.parse(event.path("at").asText()),
              event.path("what").asText(),
              event.path("detail").asText()));
    }
    List<Attempt> attempts = astro.attempts();
    for (; attemptsTold < attempts.size(); attemptsTold++) {
      Attempt attempt = attempts.get(attemptsTold);
      news.add(new News(attempt.at(), "(Astronomer)", attempt.describe()));
    }
    news.stream()
        .sorted(Comparator.comparing(News::at))
        .forEach(one -> line(one.at(), one.what(), one.detail()));
  }

  private void expectRefusal(PeeringRequest request, String when) {
    int status = astro.tryNow(request);
    List<Attempt> attempts = astro.attempts();
    Attempt last = attempts.get(attempts.size() - 1);
    attemptsTold = attempts.size();
    line(last.at(), "(Astronomer)", last.describe());
    expect(
        status == 401 || status == 403,
        "Astronomer was not refused " + when + " but answered with " + status);
  }

  private void expectNothingLeft(JsonNode access) {
    String principal = access.path("principalId").asText();
    boolean assigned =
        azure.world().roleAssignments().stream()
            .anyMatch(assignment -> assignment.principalId().equalsIgnoreCase(principal));
    expect(!assigned, "Astronomer's service principal still has a role");
    boolean defined =
        azure.world().roleDefinitions().stream()
            .anyMatch(role -> role.roleName().equals(access.path("role").asText()));
    expect(!defined, "the temporary role is still defined");
  }

  private void table(JsonNode operation) {
    String row = "%-14s  %-30s  %-52s  %-10s  %-10s  %s%n";
    JsonNode access = operation.path("access");
    out.println();
    out.printf(row, "WHO", "HELD WHAT", "WHERE", "FROM", "TO", "WHY IT ENDED");
    out.printf(
        row,
        "Astronomer",
        access.path("role").asText(),
        access.path("scope").asText(),
        TIME.format(event(operation, "assignmentCreated").orElseThrow()),
        TIME.format(event(operation, "accessGone").orElseThrow()),
        operation.path("observed").asText());
  }

  private static Optional<Instant> event(JsonNode operation, String what) {
    for (JsonNode event : operation.path("events")) {
      if (event.path("what").asText().equals(what)) {
        return Optional.of(Instant.parse(event.path("at").asText()));
      }
    }
    return Optional.empty();
  }

  private void line(Instant at, String what, String detail) {
    out.printf("%s  %-18s  %s%n", TIME.format(at), what, detail);
    out.flush();
  }

  private static void expect(boolean asItShouldBe, String otherwise) {
    if (!asItShouldBe) {
      throw new UnexpectedEnd(otherwise);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedEnd("interrupted");
    }
  }
}
