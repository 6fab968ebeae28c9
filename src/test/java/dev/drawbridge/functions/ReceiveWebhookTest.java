package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.MatchCode;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.flow.Intake;
import dev.drawbridge.access.flow.Operations;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.RequestQueue;
import dev.drawbridge.tickets.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** What the function makes of bodies that nobody would send, with a right secret. */
class ReceiveWebhookTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
  private static final int TRIES = 2_000;
  private static final String PIECES = "{}[]\",:/\\~%&<>0\u0000\u001f\ud800é€-+.eE\n";

  /** Refuses all; what gets so far that it would be written ends in that. */
  private final Ledger ledger =
      Mockito.mock(
          Ledger.class,
          call -> {
            throw new IllegalStateException("the ledger was asked");
          });

  @ParameterizedTest
  @CsvSource({
    "jira, local-jira-secret",
    "jira-automation-issue, local-jira-secret",
    "servicenow, local-servicenow-secret",
    "cloudevents, local-cloudevents-secret",
    "generic, local-generic-secret",
  })
  void run_whenTheBodyIsAnyText_thenItIsAnsweredAndNothingEscapes(String example, String secret)
      throws IOException {
    String source = example.replaceFirst("-.*", "");
    String body = Files.readString(Path.of("examples", "webhooks", example + ".json"));
    Map<String, String> headers = new HashMap<>(Map.of("x-drawbridge-secret", secret));
    headers.put(
        "content-type",
        source.equals("cloudevents") ? "application/cloudevents+json" : "application/json");
    ReceiveWebhook function = function();
    ExecutionContext context = context(secret);
    Random random = new Random(source.hashCode());
    Map<Integer, Integer> answers = new TreeMap<>();
    for (int i = 0; i < TRIES; i++) {
      String changed = changed(body, random);
      FakeRequest request =
          new FakeRequest(
              URI.create("https://drawbridge.azurewebsites.net/api/webhooks/" + source),
              headers,
              Optional.of(changed));
      HttpResponseMessage answer = function.run(request, source, context);
      answers.merge(answer.getStatusCode(), 1, Integer::sum);
    }
    assertTrue(Set.of(200, 400, 403, 503).containsAll(answers.keySet()), answers.toString());
    assertTrue(answers.containsKey(400), answers.toString());
  }

  @Test
  void run_whenSomethingUnexpectedHappens_thenItIs503ToSendAgain() throws IOException {
    FakeRequest request =
        FakeRequest.json(Files.readString(Path.of("examples", "webhooks", "generic.json")))
            .with("x-drawbridge-secret", "local-generic-secret");
    HttpResponseMessage answer =
        function().run(request, "generic", context("local-generic-secret"));
    assertEquals(503, answer.getStatusCode());
    assertEquals("30", answer.getHeader("Retry-After"));
  }

  /** A body with a few places overwritten, doubled or cut. */
  private static String changed(String body, Random random) {
    StringBuilder text = new StringBuilder(body);
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(40));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.delete(at, Math.min(end, text.length() - 1));
        default -> text.insert(at, (char) random.nextInt(0x10000));
      }
    }
    return text.toString();
  }

  private ReceiveWebhook function() throws IOException {
    JsonNode values =
        new ObjectMapper().readTree(Path.of("local.settings.json.example").toFile()).path("Values");
    Map<String, String> settings = new HashMap<>();
    values.properties().forEach(one -> settings.put(one.getKey(), one.getValue().textValue()));
    Webhooks webhooks =
        Webhooks.of(
            settings,
            (name, why) -> {
              throw new AssertionError(name + " " + why);
            });
    Policy policy =
        new Policy(
            UUID.fromString(settings.getOrDefault("TENANT_ID", "")),
            Set.of(UUID.fromString(settings.getOrDefault("ALLOWED_SUBSCRIPTIONS", ""))));
    Answers answers = new Answers(Optional.empty());
    Intake intake =
        new Intake(
            ledger,
            Mockito.mock(RequestQueue.class),
            Mockito.mock(Messenger.class),
            policy,
            MatchCode::random,
            CLOCK);
    return new ReceiveWebhook(
        webhooks,
        new Requests(intake, Limits.NONE, answers),
        new Operations(ledger, CLOCK),
        answers,
        CLOCK);
  }

  /** A context whose log must not hold the secret. */
  private static ExecutionContext context(String secret) {
    Logger log = Logger.getAnonymousLogger();
    log.setUseParentHandlers(false);
    log.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            assertTrue(!record.getMessage().contains(secret), record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    ExecutionContext context = Mockito.mock(ExecutionContext.class);
    Mockito.when(context.getLogger()).thenReturn(log);
    return context;
  }
}
