package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.HttpResponseMessage;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.fuzz.Hostile;
import dev.drawbridge.openapi.ApiDocument;
import dev.drawbridge.openapi.ApiOperation;
import dev.drawbridge.tickets.Event;
import dev.drawbridge.tickets.Received;
import dev.drawbridge.tickets.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Whatever is sent, with a right signature or none: it is answered as documented, and an operation
 * comes of it exactly if it is a valid request that the policy allows.
 */
class HostileRequestsTest {
  private static final Map<String, Set<String>> STATUSES = new TreeMap<>();

  static {
    for (ApiOperation operation : ApiDocument.load().operations()) {
      STATUSES.put(operation.name(), operation.statuses());
    }
  }

  /** A call, and the same as the worker hands it over. */
  record Sent(String source, String body, Map<String, String> headers) {
    FakeRequest request() {
      Map<String, String> lowered = new TreeMap<>();
      headers.forEach((name, value) -> lowered.put(name.toLowerCase(Locale.ROOT), value));
      return new FakeRequest(URI.create("https://x.example/api"), lowered, Optional.of(body));
    }
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "6")
  void webhook_whenTheBodyIsAnything_thenIsAnsweredAndNothingIsCreatedThatIsNoRequest(
      @ForAll("events") Sent sent) {
    FakeApp app = new FakeApp();
    HttpResponseMessage answer = app.receiveWebhook(sent.request(), sent.source());
    answered("POST /webhooks/{source}", answer);
    assertEquals(allowedRequest(app, sent).isPresent(), app.created() == 1, sent.toString());
    assertEquals(app.created() == 1, answer.getStatusCode() == 202);
    collect(answer.getStatusCode(), 200, 202, 400);
  }

  /** What the source makes of it, asked for without the function. */
  private static Optional<ConnectionRequest> allowedRequest(FakeApp app, Sent sent) {
    FakeRequest request = sent.request();
    Source source = app.source(sent.source());
    Received received = new Received(request.headers(), sent.body());
    try {
      if (source.unsupported(received).isEmpty()
          && source.event(received, JsonBody.object(JsonBody.text(request)))
              instanceof Parsed.Valid<Event> valid
          && valid.value() instanceof Event.Asks asks
          && ConnectionRequest.parse(asks.fields(), Limits.NONE)
              instanceof Parsed.Valid<ConnectionRequest> asked
          && app.policy().refusals(asked.value()).isEmpty()) {
        return Optional.of(asked.value());
      }
      return Optional.empty();
    } catch (JsonBody.NotTaken e) {
      return Optional.empty();
    }
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "7")
  void webhook_whenHeadersAreAnything_thenNothingComesOfItThatIsNotAuthentic(
      @ForAll("unsigned") Sent sent) {
    FakeApp app = new FakeApp();
    HttpResponseMessage answer = app.receiveWebhook(sent.request(), sent.source());
    answered("POST /webhooks/{source}", answer);
    assertTrue(Set.of(401, 404, 413).contains(answer.getStatusCode()), sent.toString());
    assertEquals(0, app.created());
    collect(answer.getStatusCode(), 401);
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "8")
  void request_whenItIsAnything_thenIsAnsweredAndNothingIsCreatedThatIsNoRequest(
      @ForAll("requests") Sent sent) {
    FakeApp app = new FakeApp();
    HttpResponseMessage answer =
        sent.source().equals("/peerings")
            ? app.requestPeering(sent.request())
            : app.requestPrivateLink(sent.request());
    answered("POST " + sent.source(), answer);
    assertEquals(answer.getStatusCode() == 202 ? 1 : 0, app.created());
    app.operations()
        .forEach(
            operation -> {
              Map<String, Object> fields = operation.request().toFields();
              assertTrue(
                  ConnectionRequest.parse(fields, Limits.NONE)
                      instanceof Parsed.Valid<ConnectionRequest>);
              assertEquals(List.of(), app.policy().refusals(operation.request()));
            });
    collect(answer.getStatusCode(), 202, 400, 415);
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "9")
  void approval_whenItIsAnything_thenIsAnswered(
      @ForAll("approvals") String body, @ForAll("ids") String id) {
    FakeApp app = new FakeApp();
    HttpResponseMessage answer = app.approveConnection(FakeRequest.json(body), id);
    answered("POST /operations/{id}/approve", answer);
    collect(answer.getStatusCode(), 400, 404);
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "10")
  void handshake_whenTheOriginIsAnything_thenIsRepeatedOnlyIfItIsAHost(
      @ForAll("origins") String origin) {
    HttpResponseMessage answer =
        new FakeApp()
            .shakeHands(FakeRequest.json("").with("webhook-request-origin", origin), "cloudevents");
    answered("OPTIONS /webhooks/{source}", answer);
    boolean isHost = origin.strip().matches("[A-Za-z0-9.-]{1,253}");
    assertEquals(isHost ? origin.strip() : "", answer.getHeader("WebHook-Allowed-Origin"));
    collect(answer.getStatusCode(), 200, 400);
  }

  private static void answered(String operation, HttpResponseMessage answer) {
    Set<String> documented = STATUSES.getOrDefault(operation, Set.of());
    assertTrue(
        documented.contains(Integer.toString(answer.getStatusCode())),
        answer.getStatusCode() + " " + answer.getBody());
  }

  /** A run that never got this far would show nothing. */
  private static void collect(int status, int... expected) {
    Statistics.collect(status);
    Statistics.coverage(
        coverage -> {
          for (int one : expected) {
            coverage.check(one).count(count -> count > 0);
          }
        });
  }

  @Provide
  Arbitrary<Sent> events() {
    return Arbitraries.oneOf(
        HostileEvents.EXAMPLES.stream()
            .map(
                example ->
                    Combinators.combine(
                            Hostile.documentsLike(example("webhooks/" + example)),
                            HostileEvents.attributes())
                        .as((body, more) -> HostileEvents.signed(example, body, more)))
            .toList());
  }

  @Provide
  Arbitrary<Sent> unsigned() {
    Arbitrary<String> names =
        Arbitraries.of(
            "x-zendesk-webhook-signature",
            "x-zendesk-webhook-signature-timestamp",
            "x-hub-signature",
            "x-drawbridge-secret",
            "authorization",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "content-type");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Hostile.texts(),
            Hostile.changed("2026-03-02T09:00:00Z"),
            Hostile.changed("v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= v1a,x"),
            Hostile.changed("sha256=" + "ab".repeat(32)),
            Hostile.changed("Bearer local-generic-secreT"),
            Arbitraries.of("1772442000", "-1", "99999999999", "999999999999999999999"));
    return Combinators.combine(
            Arbitraries.of("zendesk", "jira", "servicenow", "standard", "cloudevents", "generic"),
            Arbitraries.maps(names, values).ofMaxSize(6),
            Hostile.documentsLike(example("webhooks/generic")))
        .as((source, headers, body) -> new Sent(source, body, headers));
  }

  @Provide
  Arbitrary<Sent> requests() {
    Arbitrary<String> types =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just("application/json")),
            Tuple.of(1, Hostile.changed("application/json; charset=utf-8")),
            Tuple.of(1, Hostile.texts()));
    Arbitrary<Optional<String>> keys =
        Arbitraries.oneOf(Hostile.texts(), Hostile.changed("\"key\"")).optional(0.2);
    return Arbitraries.oneOf(
        Stream.of("vnet-peering", "vhub-peering", "private-link")
            .map(
                name ->
                    Combinators.combine(Hostile.documentsLike(example(name)), types, keys)
                        .as((body, type, key) -> request(name, body, type, key)))
            .toList());
  }

  private static Sent request(String name, String body, String type, Optional<String> key) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", type);
    key.ifPresent(text -> headers.put("idempotency-key", text));
    return new Sent(name.endsWith("peering") ? "/peerings" : "/private-links", body, headers);
  }

  @Provide
  Arbitrary<String> approvals() {
    return Hostile.documentsLike("{\"connectionId\": \"/subscriptions/x\"}");
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.oneOf(
        Hostile.texts(), Hostile.changed("0fe5b679-5ec0-5efa-914c-42a5605ee958"));
  }

  @Provide
  Arbitrary<String> origins() {
    return Arbitraries.oneOf(
        Hostile.texts(),
        Arbitraries.strings().withCharRange('a', 'z').withChars(".-").ofMinLength(1),
        Hostile.changed("eventemitter.example.com"));
  }

  static String example(String name) {
    try {
      return Files.readString(Path.of("examples", name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
