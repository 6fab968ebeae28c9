package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.FakeMessenger;
import dev.drawbridge.access.fakes.FakeQueue;
import dev.drawbridge.access.fakes.InMemoryLedger;
import dev.drawbridge.access.flow.Intake;
import dev.drawbridge.access.flow.Operations;
import dev.drawbridge.access.port.Versioned;
import dev.drawbridge.tickets.Source;
import dev.drawbridge.tickets.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.mockito.Mockito;

/** The HTTP functions over a ledger in memory, with the settings of the example. */
final class FakeApp {
  static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Map<String, String> SETTINGS = settings();
  private static final Webhooks WEBHOOKS =
      Webhooks.of(
          SETTINGS,
          (name, why) -> {
            throw new AssertionError(name + " " + why);
          });
  private static final ExecutionContext CONTEXT = context();

  private final Policy policy =
      new Policy(
          UUID.fromString(SETTINGS.getOrDefault("TENANT_ID", "")),
          Set.of(UUID.fromString(SETTINGS.getOrDefault("ALLOWED_SUBSCRIPTIONS", ""))));
  private final Calls calls = new Calls();
  private final InMemoryLedger ledger = new InMemoryLedger(calls);
  private final Answers answers = new Answers(Optional.empty());
  private final Operations operations = new Operations(ledger, CLOCK);
  private final Requests requests =
      new Requests(
          new Intake(
              ledger,
              new FakeQueue(calls, CLOCK),
              new FakeMessenger(calls),
              policy,
              () -> Samples.CODE,
              CLOCK),
          Limits.NONE,
          answers);

  /** From now on the ledger fails in a way that nobody expects. */
  void fail() {
    calls.before(
        (number, name) -> {
          throw new IllegalStateException(name);
        });
  }

  HttpResponseMessage receiveWebhook(FakeRequest request, String source) {
    return webhook().run(request, source, CONTEXT);
  }

  HttpResponseMessage shakeHands(FakeRequest request, String source) {
    return webhook().run(request.by(HttpMethod.OPTIONS), source, CONTEXT);
  }

  private ReceiveWebhook webhook() {
    return new ReceiveWebhook(WEBHOOKS, requests, operations, answers, CLOCK);
  }

  HttpResponseMessage requestPeering(FakeRequest request) {
    return new RequestPeering(requests).run(request, CONTEXT);
  }

  HttpResponseMessage requestPrivateLink(FakeRequest request) {
    return new RequestPrivateLink(requests).run(request, CONTEXT);
  }

  HttpResponseMessage approveConnection(FakeRequest request, String id) {
    return new ApproveConnection(operations, answers).run(request, id, CONTEXT);
  }

  List<Operation> operations() {
    return ledger.openOperations().stream().map(Versioned::value).toList();
  }

  int created() {
    return operations().size();
  }

  Policy policy() {
    return policy;
  }

  Source source(String name) {
    return WEBHOOKS.source(name).orElseThrow();
  }

  private static Map<String, String> settings() {
    try {
      JsonNode values =
          new ObjectMapper()
              .readTree(Path.of("local.settings.json.example").toFile())
              .path("Values");
      Map<String, String> settings = new HashMap<>();
      values.properties().forEach(one -> settings.put(one.getKey(), one.getValue().textValue()));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A context whose log must hold no secret, and goes nowhere. */
  private static ExecutionContext context() {
    Logger log = Logger.getAnonymousLogger();
    log.setUseParentHandlers(false);
    log.setFilter(
        record -> {
          assertFalse(record.getMessage().contains("local-"), record.getMessage());
          return false;
        });
    ExecutionContext context =
        Mockito.mock(ExecutionContext.class, Mockito.withSettings().stubOnly());
    Mockito.when(context.getLogger()).thenReturn(log);
    return context;
  }
}
