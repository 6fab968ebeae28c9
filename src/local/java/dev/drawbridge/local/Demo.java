package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.Story.News;
import dev.drawbridge.local.arm.PrivateEndpointConnection;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Astro;
import dev.drawbridge.local.astro.Attempt;
import dev.drawbridge.local.astro.HubConnectionRequest;
import dev.drawbridge.local.astro.PeeringRequest;
import dev.drawbridge.local.astro.SupportRequest;
import dev.drawbridge.local.astro.VendorRequest;
import dev.drawbridge.local.functions.OneLineFormatter;
import dev.drawbridge.local.tickets.Comment;
import dev.drawbridge.local.tickets.Delivery;
import dev.drawbridge.local.tickets.TicketSystem;
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
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;

/**
 * Tells the story of three requests in a local Azure, as it happens. Exits with 0 if it came to its
 * end as it should, else with 1.
 */
public final class Demo {
  private static final Path LOG = Path.of("target", "demo.log");
  private static final Duration PATIENCE = Duration.ofSeconds(50);
  private static final String REGISTRY_API = "2023-07-01";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.S").withZone(ZoneId.systemDefault());

  private final PrintStream out;
  private final LocalAzure azure;
  private final Astro astro;
  private final ApiClient api;
  private final List<Story> stories = new ArrayList<>();
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
    log.setFormatter(new OneLineFormatter());
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
    out.println(
        """
        Three tickets, in Zendesk, Jira and ServiceNow, ask to connect an Astro cluster: with a virtual network, with a
        virtual hub, and with a container registry over Private Link. On the registry waits a private endpoint of
        somebody else's, too.
        """);
    PrivateEndpointConnection stranger =
        azure
            .world()
            .pendingConnection(
                SampleWorld.REGISTRY_ID, "registry", strangersEndpoint(), "please approve");
    expectRefusals(stranger.id(), "before the grant");

    SampleTickets tickets = SampleTickets.open(azure.tickets());
    ask("vnet", azure.tickets().zendesk(), tickets.vnet());
    ask("vhub", azure.tickets().jira(), tickets.vhub());
    ask("link", azure.tickets().serviceNow(), tickets.privateLink());
    follow();

    for (Story story : stories) {
      expect(story.succeeded(), story.about() + " ended as " + story.outcome());
    }
    expectRefusals(stranger.id(), "after the revocation");
    expectNothingLeft();
    expect(
        azure.world().privateEndpointConnections(SampleWorld.REGISTRY_ID).stream()
            .anyMatch(one -> one.id().equals(stranger.id()) && one.status().equals("Pending")),
        "the stranger's endpoint was approved");
    table();
    stories.forEach(this::conversation);
  }

  /** Someone approves a ticket, and its system calls Drawbridge. */
  private void ask(String about, TicketSystem system, String ticket) throws IOException {
    Delivery answered = system.approve(ticket, "ana");
    expect(
        answered.status() == 202,
        "ticket %s was answered with %d %s"
            .formatted(ticket, answered.status(), answered.answer()));
    JsonNode operation = new ObjectMapper().readTree(answered.answer());
    line(
        new News(
            azure.clock().instant(),
            about,
            "202 Accepted",
            "ticket %s was approved, and its system called %s"
                .formatted(ticket, answered.to().getPath())));
    stories.add(new Story(about, operation.path("id").asText(), system, ticket));
  }

  /** Tells what happens until all operations have ended. */
  private void follow() {
    Instant deadline = azure.clock().instant().plus(PATIENCE);
    while (azure.clock().instant().isBefore(deadline)) {
      List<News> news = new ArrayList<>(attempts());
      stories.forEach(story -> news.addAll(story.look(api)));
      news.stream().sorted(Comparator.comparing(News::at)).forEach(this::line);
      for (Story story : stories) {
        story.supportText().ifPresent(text -> tellSupport(story.about(), text));
      }
      if (stories.stream().allMatch(Story::isOver)) {
        return;
      }
      pause();
    }
    throw new UnexpectedEnd("not all operations have ended and are told within " + PATIENCE);
  }

  private void tellSupport(String about, String text) {
    out.println("\n  " + about + ": for Astronomer's support, ready to paste\n");
    text.lines().forEach(line -> out.println("  | " + line));
    out.println();
    astro.request(SupportRequest.read(text, "astro-peering"));
  }

  private List<News> attempts() {
    List<Attempt> attempts = astro.attempts();
    List<News> news = new ArrayList<>();
    for (; attemptsTold < attempts.size(); attemptsTold++) {
      Attempt attempt = attempts.get(attemptsTold);
      news.add(new News(attempt.at(), "", "Astronomer", attempt.describe()));
    }
    return news;
  }

  /** Nobody may do now what the temporary roles are for. */
  private void expectRefusals(String strangersConnection, String when) {
    for (VendorRequest request : List.of(peering(), hubConnection())) {
      int status = astro.tryNow(request);
      attempts().forEach(this::line);
      expect(
          status == 401 || status == 403,
          "Astronomer was not refused %s but answered with %d".formatted(when, status));
    }
    int status = new Approver(azure.arm()).asDrawbridge(strangersConnection, REGISTRY_API);
    line(
        new News(
            azure.clock().instant(),
            "",
            "Drawbridge",
            "tried to approve a private endpoint: " + status));
    expect(status == 403, "Drawbridge was not refused " + when + " but answered with " + status);
  }

  private static PeeringRequest peering() {
    return new PeeringRequest(
        SampleWorld.SUBSCRIPTION,
        SampleWorld.RESOURCE_GROUP,
        SampleWorld.VNET,
        "astro-peering",
        SampleWorld.ASTRO_VNET_ID);
  }

  private static HubConnectionRequest hubConnection() {
    return new HubConnectionRequest(
        SampleWorld.SUBSCRIPTION,
        SampleWorld.RESOURCE_GROUP,
        SampleWorld.HUB,
        "astro-prod",
        SampleWorld.ASTRO_VNET_ID);
  }

  private static String strangersEndpoint() {
    return "/subscriptions/dddd3d3d-ee4e-ff5f-aa6a-bbbbbb7b7b7b/resourceGroups/rg/providers"
        + "/Microsoft.Network/privateEndpoints/pe-stranger";
  }

  private void expectNothingLeft() {
    for (Story story : stories) {
      boolean assigned =
          azure.world().roleAssignments().stream()
              .anyMatch(
                  one ->
                      one.principalId().equalsIgnoreCase(story.principal())
                          && one.description() != null);
      expect(!assigned, story.about() + ": a temporary role assignment is still there");
      boolean defined =
          azure.world().roleDefinitions().stream()
              .anyMatch(role -> role.roleName().equals(story.role()));
      expect(!defined, story.about() + ": the temporary role is still defined");
    }
  }

  private void table() {
    String row = "%-11s %-8s %-8s %-10s %-10s %s%n";
    out.println();
    out.printf(row, "WHO", "TICKET", "", "FROM", "TO", "WHAT, WHERE, WHY IT ENDED");
    for (Story story : stories) {
      boolean own = story.principal().equals(SampleWorld.DRAWBRIDGE_OBJECT_ID);
      out.printf(
          row,
          own ? "Drawbridge" : "Astronomer",
          story.about(),
          "held",
          TIME.format(story.timeOf("assignmentCreated")),
          TIME.format(story.timeOf("accessGone")),
          story.role());
      out.printf(row, "", "", "", "", "", "at " + story.scope());
      out.printf(row, "", "", "", "", "", story.outcome());
    }
  }

  /** What whoever reads the ticket has read. */
  private void conversation(Story story) {
    List<Comment> comments = story.conversation();
    expect(
        comments.stream().anyMatch(comment -> comment.text().contains("/accessRevoked]")),
        story.ticket() + " was not told that the access is gone");
    out.println("\nThe conversation of ticket " + story.ticket());
    for (Comment comment : comments) {
      out.printf(
          "%n  %s  %s%s%n",
          TIME.format(comment.at()), comment.author(), comment.isPublic() ? "" : ", internally");
      comment.text().lines().forEach(text -> out.println("  | " + text));
    }
  }

  private void line(News news) {
    out.printf(
        "%s  %-5s %-18s %s%n", TIME.format(news.at()), news.about(), news.what(), news.detail());
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
