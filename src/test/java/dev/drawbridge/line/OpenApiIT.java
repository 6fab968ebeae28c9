package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import dev.drawbridge.local.ApiClient.Answer;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.functions.Trigger;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.openapi.ApiDocument;
import dev.drawbridge.openapi.ApiOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whether all that the API's document promises is served; {@link Line} sees to the reverse. */
final class OpenApiIT {
  private static final ApiDocument DOCUMENT = ApiDocument.load();
  private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain");
  private static final Map<String, String> SECRET = Signer.secret(Signer.GENERIC);
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";
  private static final String LARGE = "{\"x\": \"" + "y".repeat(64 * 1024) + "\"}";
  private static Line line;
  private static Line strict;
  private static String peering;
  private static String privateLink;
  private static String event;
  private static int tickets;

  private final Map<String, Supplier<Answer>> provocations = new TreeMap<>();

  @BeforeAll
  static void start() throws IOException {
    line = Line.start();
    strict = Line.start(options -> options.withKeys(true));
    peering = Files.readString(Path.of("examples", "vnet-peering.json"));
    privateLink = Files.readString(Path.of("examples", "private-link.json"));
    event = Files.readString(Path.of("examples", "webhooks", "generic.json"));
  }

  @AfterAll
  static void stop() {
    line.close();
    strict.close();
  }

  @TestFactory
  Stream<DynamicTest> document_whenItNamesAStatus_thenThatIsServed() {
    requests("/peerings", peering);
    requests("/private-links", privateLink);
    reads();
    cancel();
    approve();
    webhooks();
    app();
    manage("/manage/revoke-all");
    manage("/manage/resume");
    TreeSet<String> documented = new TreeSet<>();
    for (ApiOperation operation : DOCUMENT.operations()) {
      operation.statuses().forEach(status -> documented.add(operation.name() + " " + status));
    }
    Stream<DynamicTest> each =
        provocations.entrySet().stream()
            .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> provoke(one)));
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest(
                "all of them", () -> assertEquals(documented, provocations.keySet()))),
        each);
  }

  private static void provoke(Map.Entry<String, Supplier<Answer>> one) {
    try {
      Answer answer = one.getValue().get();
      assertTrue(
          one.getKey().endsWith(" " + answer.status()), answer.status() + " " + answer.body());
    } finally {
      line.azure.tables().faults().clear();
    }
  }

  private void requests(String route, String request) {
    String at = "POST " + route + " ";
    provocations.put(at + "202", () -> line.api.post(route, fresh(request)));
    provocations.put(at + "400", () -> line.api.post(route, "{}"));
    provocations.put(at + "401", () -> strict.api.post(route, fresh(request)));
    provocations.put(at + "403", () -> line.api.post(route, elsewhere(request)));
    provocations.put(at + "413", () -> line.api.post(route, LARGE));
    provocations.put(at + "415", () -> line.api.post(route, request, TEXT));
    provocations.put(
        at + "422",
        () -> {
          Map<String, String> key =
              Map.of("Content-Type", "application/json", "Idempotency-Key", "\"" + route + "\"");
          assertEquals(202, line.api.post(route, fresh(request), key).status());
          return line.api.post(route, fresh(request), key);
        });
    provocations.put(
        at + "503", () -> withoutTheLedger(() -> line.api.post(route, fresh(request))));
  }

  private void reads() {
    provocations.put("GET /operations 200", () -> line.api.get("/operations?status=Running&top=5"));
    provocations.put("GET /operations 400", () -> line.api.get("/operations?top=0"));
    provocations.put("GET /operations 401", () -> strict.api.get("/operations"));
    provocations.put(
        "GET /operations 503", () -> withoutTheLedger(() -> line.api.get("/operations")));
    String at = "GET /operations/{id} ";
    provocations.put(at + "200", () -> line.api.get(operation(peering, "")));
    provocations.put(at + "401", () -> strict.api.get("/operations/" + NO_ID));
    provocations.put(at + "404", () -> line.api.get("/operations/" + NO_ID));
    provocations.put(
        at + "503", () -> withoutTheLedger(() -> line.api.get("/operations/" + NO_ID)));
  }

  private void manage(String route) {
    String at = "POST " + route + " ";
    String reason = "{\"reason\": \"a drill\"}";
    provocations.put(at + "200", () -> line.api.post(route, reason));
    provocations.put(at + "400", () -> line.api.post(route, "{\"dryRun\": false}"));
    provocations.put(at + "401", () -> strict.api.post(route, reason));
    provocations.put(at + "413", () -> line.api.post(route, LARGE));
    provocations.put(at + "415", () -> line.api.post(route, reason, TEXT));
    String meant = "{\"reason\": \"a drill\", \"dryRun\": false}";
    provocations.put(at + "503", () -> withoutTheLedger(() -> line.api.post(route, meant)));
  }

  private void cancel() {
    String at = "POST /operations/{id}/cancel ";
    String none = "/operations/" + NO_ID + "/cancel";
    provocations.put(at + "202", () -> line.api.post(operation(peering, "/cancel"), ""));
    provocations.put(
        at + "200",
        () -> {
          String canceled = operation(peering, "/cancel");
          line.api.post(canceled, "");
          line.advance(Duration.ofDays(8)); // others share its access
          line.sweep();
          return line.api.post(canceled, "");
        });
    provocations.put(at + "401", () -> strict.api.post(none, ""));
    provocations.put(at + "404", () -> line.api.post(none, ""));
    provocations.put(
        at + "409",
        () -> {
          String expired = operation(peering, "/cancel");
          line.advance(Duration.ofDays(8));
          line.sweep();
          return line.api.post(expired, "");
        });
    provocations.put(at + "503", () -> withoutTheLedger(() -> line.api.post(none, "")));
  }

  private void approve() {
    String at = "POST /operations/{id}/approve ";
    String none = "/operations/" + NO_ID + "/approve";
    String connection =
        "{\"connectionId\": \"%s/privateEndpointConnections/one\"}"
            .formatted(SampleWorld.REGISTRY_ID);
    provocations.put(
        at + "202", () -> line.api.post(operation(privateLink, "/approve"), connection));
    provocations.put(at + "400", () -> line.api.post(operation(privateLink, "/approve"), "{}"));
    provocations.put(at + "401", () -> strict.api.post(none, connection));
    provocations.put(at + "404", () -> line.api.post(none, connection));
    provocations.put(at + "409", () -> line.api.post(operation(peering, "/approve"), connection));
    provocations.put(at + "413", () -> line.api.post(none, LARGE));
    provocations.put(at + "415", () -> line.api.post(none, connection, TEXT));
    provocations.put(at + "503", () -> withoutTheLedger(() -> line.api.post(none, connection)));
  }

  private void webhooks() {
    String at = "POST /webhooks/{source} ";
    String generic = "/webhooks/generic";
    provocations.put(at + "200", () -> line.api.post(generic, "{\"state\": \"new\"}", SECRET));
    provocations.put(at + "202", () -> line.api.post(generic, fresh(event), SECRET));
    provocations.put(at + "400", () -> line.api.post(generic, "[]", SECRET));
    provocations.put(at + "401", () -> line.api.post(generic, event, Signer.secret("wrong")));
    provocations.put(at + "403", () -> line.api.post(generic, elsewhere(event), SECRET));
    provocations.put(at + "404", () -> line.api.post("/webhooks/unknown", event, SECRET));
    provocations.put(at + "413", () -> line.api.post(generic, LARGE, SECRET));
    provocations.put(
        at + "415",
        () -> line.api.post(generic, event, Signer.secret(Signer.GENERIC, "text/plain")));
    provocations.put(
        at + "503", () -> withoutTheLedger(() -> line.api.post(generic, fresh(event), SECRET)));
    String options = "OPTIONS /webhooks/{source} ";
    Map<String, String> origin = Map.of("WebHook-Request-Origin", "events.example.com");
    provocations.put(options + "200", () -> line.api.options("/webhooks/cloudevents", origin));
    provocations.put(options + "400", () -> line.api.options("/webhooks/cloudevents", Map.of()));
    provocations.put(options + "404", () -> line.api.options(generic, origin));
  }

  private void app() {
    provocations.put("GET /health 200", () -> line.api.get("/health"));
    provocations.put("GET /health 503", () -> withoutTheLedger(() -> line.api.get("/health")));
    provocations.put("GET /openapi.yaml 200", () -> line.api.get("/openapi.yaml"));
    provocations.put(
        "GET /openapi.yaml 304",
        () ->
            line.api.get(
                "/openapi.yaml",
                Map.of("If-None-Match", line.api.get("/openapi.yaml").header("etag"))));
  }

  @Test
  void document_whenItIsServed_thenItIsTheOneThatIsChecked() throws IOException {
    Answer served = strict.api.get("/openapi.yaml");
    assertEquals("application/yaml", served.header("content-type"));
    assertEquals(
        Files.readString(Path.of("src", "main", "resources", "openapi.yaml")),
        served.body().asText());
    assertFalse(served.header("cache-control").isEmpty());

    String etag = served.header("etag");
    for (String known : new String[] {"W/" + etag, "\"x\", " + etag, "*"}) {
      Answer again = strict.api.get("/openapi.yaml", Map.of("If-None-Match", known));
      assertEquals(304, again.status(), known);
      assertEquals(etag, again.header("etag"));
    }
    Answer other = strict.api.get("/openapi.yaml", Map.of("If-None-Match", "\"x\""));
    assertEquals(200, other.status());
  }

  @Test
  void functions_whenTheyHaveARoute_thenAreDocumentedWithWhetherTheyNeedAKey() {
    Map<String, Boolean> served = new TreeMap<>();
    line.azure.functions().functions().stream()
        .map(function -> function.trigger())
        .filter(Trigger.Http.class::isInstance)
        .map(Trigger.Http.class::cast)
        .forEach(
            http ->
                http.methods()
                    .forEach(
                        method ->
                            served.put(
                                method + " /" + http.route().replaceFirst("^api/", ""),
                                http.authLevel() == AuthorizationLevel.ANONYMOUS)));
    Map<String, Boolean> documented = new TreeMap<>();
    DOCUMENT.operations().forEach(one -> documented.put(one.name(), one.isAnonymous()));
    assertEquals(documented, served);
  }

  /** The address of a new operation that waits for its connection. */
  private static String operation(String request, String action) {
    String route = request.contains("resourceId") ? "/private-links" : "/peerings";
    String id = line.accept(route, fresh(request));
    line.settle();
    return "/operations/" + id + action;
  }

  private static Answer withoutTheLedger(Supplier<Answer> call) {
    line.azure.tables().faults().add(Fault.of("[A-Z]+", "", 503, "ServerBusy", Integer.MAX_VALUE));
    return call.get();
  }

  /** The same from a ticket of its own. */
  private static String fresh(String request) {
    tickets++;
    return request
        .replace("\"12345\"", "\"T-%d\"".formatted(tickets))
        .replace("RITM0010042", "RITM" + tickets)
        .replace("\"T-1\"", "\"T-%d\"".formatted(tickets));
  }

  private static String elsewhere(String request) {
    return request.replace(SampleWorld.SUBSCRIPTION, SampleWorld.OTHER_SUBSCRIPTION);
  }
}
