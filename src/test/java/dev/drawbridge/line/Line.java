package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.LocalAzure;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.LocalOptions;
import dev.drawbridge.local.SampleTickets;
import dev.drawbridge.local.arm.Call;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Astro;
import dev.drawbridge.local.functions.FunctionFailedException;
import dev.drawbridge.local.functions.OneLineFormatter;
import dev.drawbridge.local.servicebus.QueueCounts;
import dev.drawbridge.local.tickets.Comment;
import dev.drawbridge.openapi.ApiDocument;
import dev.drawbridge.openapi.Conformance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole line in a local Azure: the app on the real SDKs, a clock that stands, sweeps that the
 * test makes.
 */
final class Line implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  static final String PEERINGS = "peering-requests";
  static final String PRIVATE_LINKS = "private-link-requests";
  private static final Pattern MARKER = Pattern.compile("\\[drawbridge \\S+/(\\S+)]$");
  private static final Conformance CONFORMANCE = new Conformance(ApiDocument.load());
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final LocalAzure azure;
  final Astro astro;
  final ApiClient api;
  final SampleTickets tickets;
  final List<String> log = new CopyOnWriteArrayList<>();

  /** The same, with the traces of what was thrown. */
  final List<String> traces = new CopyOnWriteArrayList<>();

  private Line(LocalOptions options) {
    azure = LocalAzure.start(options.loggingTo(new Lines()));
    astro = Astro.start(azure.arm(), azure.clock(), Duration.ofDays(1));
    api = api(Map.of());
    tickets = SampleTickets.open(azure.tickets());
  }

  /**
   * A client that sends some headers with every call. Whatever is sent and answered is held against
   * the API's document.
   */
  ApiClient api(Map<String, String> headers) {
    return new ApiClient(azure.api(), headers, CONFORMANCE);
  }

  static Line start() {
    return start(options -> options);
  }

  static Line start(UnaryOperator<LocalOptions> change) {
    return new Line(change.apply(LocalOptions.of(LocalClock.standingAt(START))));
  }

  @Override
  public void close() {
    astro.close();
    azure.close();
  }

  /** Posts a peering and expects that it is accepted. */
  String accept(String request) {
    return accept("/peerings", request);
  }

  /** Posts a request and expects that it is accepted. */
  String accept(String route, String request) {
    ApiClient.Answer answer = api.post(route, request);
    assertEquals(202, answer.status(), answer.body().toString());
    return answer.body().path("id").asText();
  }

  JsonNode operation(String id) {
    return api.get("/operations/" + id).body();
  }

  String status(String id) {
    return operation(id).path("status").asText();
  }

  String phase(String id) {
    return operation(id).path("phase").asText();
  }

  String errorCode(String id) {
    return operation(id).path("error").path("code").asText();
  }

  /** The stable words of what happened to an operation, in order. */
  List<String> events(String id) {
    List<String> events = new ArrayList<>();
    operation(id).path("events").forEach(event -> events.add(event.path("what").asText()));
    return events;
  }

  /** Waits until the queues are empty but for what is scheduled, and nothing runs. */
  void settle() {
    until("the queues are empty", () -> isEmpty(PEERINGS) && isEmpty(PRIVATE_LINKS));
    azure.functions().awaitIdle(PATIENCE);
  }

  private boolean isEmpty(String queue) {
    QueueCounts counts = azure.serviceBus().counts(queue);
    return counts.active() == 0 && counts.locked() == 0;
  }

  /** Delivers the operation's first message once more, as Service Bus may. */
  void sendAgain(String queue, String id) {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(azure.serviceBus().connectionString())
            .sender()
            .queueName(queue)
            .buildClient()) {
      sender.sendMessage(
          new ServiceBusMessage(
              "{\"version\":1,\"operation\":\"%s\",\"attempt\":0}".formatted(id)));
    }
  }

  void sweep() {
    azure.functions().runTimer("RevokeConfirmedAccess");
  }

  /** Tells what is due to be told. */
  void tell() {
    azure.functions().runTimer("TellTickets");
  }

  /** What the steps are that a ticket or a callback has been told, by the markers in the texts. */
  static List<String> steps(List<Comment> conversation) {
    return conversation.stream()
        .map(comment -> MARKER.matcher(comment.text()))
        .filter(Matcher::find)
        .map(marker -> marker.group(1))
        .toList();
  }

  /** Moves the clock, and waits for what becomes due by that. */
  void advance(Duration by) {
    azure.clock().advance(by);
    settle();
  }

  /** Runs the app for a while: a sweep a minute, and what comes due in between. */
  void run(Duration time) {
    for (Duration run = Duration.ZERO; run.compareTo(time) < 0; run = run.plusMinutes(1)) {
      advance(Duration.ofMinutes(1));
      try {
        sweep();
      } catch (FunctionFailedException e) {
        log.add("sweep failed: " + e.getMessage());
      }
    }
  }

  /**
   * The role assignments that are not there for good: the vendor's, and Drawbridge's to approve.
   */
  List<RoleAssignment> temporaryAssignments() {
    List<RoleAssignment> all = new ArrayList<>(vendorAssignments());
    azure.world().roleAssignments().stream()
        .filter(one -> one.principalId().equals(SampleWorld.DRAWBRIDGE_OBJECT_ID))
        .filter(one -> one.description() != null)
        .forEach(all::add);
    return all;
  }

  /** The vendor's role assignments. */
  List<RoleAssignment> vendorAssignments() {
    return azure
        .world()
        .servicePrincipal(SampleWorld.ASTRONOMER_CLIENT_ID)
        .map(
            principal ->
                azure.world().roleAssignments().stream()
                    .filter(one -> one.principalId().equals(principal.objectId()))
                    .toList())
        .orElse(List.of());
  }

  boolean roleIsDefined(String name) {
    return azure.world().roleDefinitions().stream().anyMatch(role -> role.roleName().equals(name));
  }

  /** The calls that Drawbridge made to Resource Manager and Graph since the last clear. */
  List<String> calls() {
    return azure.arm().calls().calls().stream()
        .filter(call -> !call.service().equals("identity"))
        .filter(call -> "id-drawbridge".equals(call.principal()))
        .map(Call::line)
        .toList();
  }

  void clearCalls() {
    azure.arm().calls().clear();
  }

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private final class Lines extends Handler {
    @Override
    public synchronized void publish(LogRecord record) {
      log.add(record.getLevel() + " " + record.getMessage());
      traces.add(new OneLineFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
