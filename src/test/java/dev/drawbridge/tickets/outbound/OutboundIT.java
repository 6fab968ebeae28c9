package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Step;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told, and how: the ticket by a comment, a callback by a signed event. */
class OutboundIT {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER_KEY = "whsec_bG9jYWwtc3RhbmRhcmQta2V5LTEyMw==";
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Stub stub;
  private Outbound outbound;
  private Operation operation;

  @BeforeEach
  void start() throws IOException {
    stub = new Stub();
    outbound = outbound(KEY + " " + OTHER_KEY, "true");
    operation = operation(stub.uri("/hook?token=AbC").toString());
  }

  @AfterEach
  void stop() throws IOException {
    outbound.close();
    stub.close();
  }

  private Outbound outbound(String callbackSecret, String loopback) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "TICKETS", "{\"zendesk\":{\"url\":\"%s\",\"user\":\"bot\"}}".formatted(stub.uri("")));
    settings.put("TICKET_SECRET_ZENDESK", "secret");
    settings.put("CALLBACK_SECRET", callbackSecret);
    settings.put("CALLBACK_LOOPBACK", loopback);
    return new Outbound(
        Tickets.of(settings, OutboundIT::refuse),
        CallbackSettings.of(settings, OutboundIT::refuse),
        Optional.empty(),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static void refuse(String name, String why) {
    throw new AssertionError(name + " " + why);
  }

  private static Operation operation(String callbackUrl) {
    Parsed<ConnectionRequest> parsed =
        ConnectionRequest.parse(Samples.with("callbackUrl", callbackUrl), Limits.NONE);
    ConnectionRequest request = ((Parsed.Valid<ConnectionRequest>) parsed).value();
    return Operation.accepted(Samples.id(1), request, Samples.CODE, Set.of(), "api", Samples.NOW);
  }

  private static Notice notice(Addressee to, Step step, int number) {
    return new Notice(to, step, number, "", Samples.NOW, 1, Samples.NOW, Optional.empty());
  }

  @Test
  void addressees_whenTheTicketsSystemAndACallbackAreThere_thenAreBoth() {
    assertEquals(
        Set.of(Addressee.TICKET, Addressee.CALLBACK), outbound.addressees(operation.request()));
    assertEquals(Set.of(Addressee.TICKET), outbound.addressees(Samples.request()));
    ConnectionRequest elsewhere =
        Samples.valid(Samples.with("ticket", Samples.ticket("remedy", "1")));
    assertEquals(Set.of(), outbound.addressees(elsewhere));
  }

  @Test
  void line_whenItIsAsked_thenIsWhatHasToBeUpAndNoSecret() {
    assertEquals("zendesk", outbound.line(operation, Addressee.TICKET));
    assertEquals(
        "callback to 127.0.0.1:" + stub.port(), outbound.line(operation, Addressee.CALLBACK));
  }

  @Test
  void ticket_whenToldAndLookedFor_thenIsFoundByItsMarker() throws IOException {
    stub.thenAnswers(200, "{}");
    Notice notice = notice(Addressee.TICKET, Step.ACCEPTED, 1);
    outbound.tell(operation, notice);
    String text = JSON.readTree(stub.seen().get(0).body()).at("/ticket/comment/body").textValue();
    assertTrue(text.endsWith("\n" + notice.marker(operation.id())), text);

    try (Stub other = new Stub()) {
      stub.close();
      stub = other;
      outbound.close();
      outbound = outbound(KEY, "true");
      stub.thenAnswers(
          200,
          JSON.createObjectNode()
              .set(
                  "comments", JSON.createArrayNode().add(JSON.createObjectNode().put("body", text)))
              .toString());
      assertTrue(outbound.hasTold(operation, notice));
      assertFalse(outbound.hasTold(operation, notice(Addressee.TICKET, Step.WAITING, 1)));
      assertFalse(outbound.hasTold(operation, notice(Addressee.TICKET, Step.ACCEPTED, 2)));
    }
  }

  @Test
  void ticket_whenItsSystemIsSetNoMore_thenThatMayBeMended() {
    Operation elsewhere =
        Operation.accepted(
            Samples.id(1),
            Samples.valid(Samples.with("ticket", Samples.ticket("remedy", "1"))),
            Samples.CODE,
            Set.of(),
            "api",
            Samples.NOW);
    PassingFault fault =
        assertThrows(
            PassingFault.class,
            () -> outbound.tell(elsewhere, notice(Addressee.TICKET, Step.ACCEPTED, 1)));
    assertTrue(String.valueOf(fault.getMessage()).contains("TICKETS"));
  }

  /** The vector of the specification. */
  @Test
  void signatures_whenMadeForThePublishedMessage_thenAreThePublishedOnes() {
    byte[] key = Base64.getDecoder().decode(KEY.substring("whsec_".length()));
    String published = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    String body = "{\"test\": 2432232314}";
    assertEquals(published, Callback.signatures(List.of(key), id, "1614265330", body));
    String both = Callback.signatures(List.of(new byte[24], key), id, "1614265330", body);
    assertTrue(both.endsWith(" " + published) && both.startsWith("v1,"), both);
  }

  @Test
  void callback_whenTold_thenIsOneSignedEventWithTheSameIdEachTime() throws IOException {
    stub.thenAnswers(202, "");
    Notice notice = notice(Addressee.CALLBACK, Step.WAITING, 2);
    assertFalse(outbound.hasTold(operation, notice));
    outbound.tell(operation, notice);
    outbound.tell(operation, notice);

    assertEquals(2, stub.seen().size());
    for (Stub.Seen seen : stub.seen()) {
      assertEquals("POST /hook?token=AbC HTTP/1.1", seen.line());
      assertEquals("application/json", seen.headers().get("content-type"));
      assertEquals(
          "msg_00000000-0000-0000-0000-000000000001_waiting-2", seen.headers().get("webhook-id"));
      assertEquals(Long.toString(NOW.getEpochSecond()), seen.headers().get("webhook-timestamp"));
      List<byte[]> keys =
          List.of(KEY, OTHER_KEY).stream()
              .map(key -> Base64.getDecoder().decode(key.substring("whsec_".length())))
              .toList();
      assertEquals(
          Callback.signatures(
              keys,
              "msg_00000000-0000-0000-0000-000000000001_waiting-2",
              Long.toString(NOW.getEpochSecond()),
              seen.body()),
          seen.headers().get("webhook-signature"));
    }
    JsonNode event = JSON.readTree(stub.seen().get(0).body());
    assertEquals("operation.waiting", event.path("type").textValue());
    assertEquals(Samples.NOW.toString(), event.path("timestamp").textValue());
    JsonNode data = event.path("data");
    assertEquals(operation.id().toString(), data.path("operationId").textValue());
    assertEquals("vnet", data.path("kind").textValue());
    assertEquals("NotStarted", data.path("status").textValue());
    assertEquals("queued", data.path("phase").textValue());
    assertEquals("zendesk", data.at("/ticket/system").textValue());
    assertEquals("12345", data.at("/ticket/id").textValue());
    assertEquals("waiting", data.path("step").textValue());
    assertEquals(operation.expiresAt().toString(), data.path("expiresAt").textValue());
    assertEquals(operation.request().target().toString(), data.path("target").textValue());
    assertEquals(operation.supportText(), data.path("supportText").textValue());
    assertTrue(data.path("text").textValue().contains(notice.marker(operation.id())));
    assertFalse(event.toString().contains("token=AbC"));
  }

  @Test
  void callback_whenItRedirectsOrIsGone_thenIsNotFollowedAndNotToldAgain() {
    stub.thenAnswers(307, "", "Location: " + stub.uri("/inside")).thenAnswers(410, "");
    Notice notice = notice(Addressee.CALLBACK, Step.ACCEPTED, 1);
    PassingFault redirected =
        assertThrows(PassingFault.class, () -> outbound.tell(operation, notice));
    assertEquals("http307", redirected.code());
    assertFalse(String.valueOf(redirected.getMessage()).contains("token"));
    assertThrows(PermanentFault.class, () -> outbound.tell(operation, notice));
    assertEquals(2, stub.seen().size());
  }

  /** A request that was taken while callbacks were allowed to go here. */
  @Test
  void callback_whenThisMachineIsAllowedNoMore_thenIsNotCalled() {
    stub.thenAnswers(200, "");
    try (Outbound strict = outbound(KEY, "false")) {
      PassingFault fault =
          assertThrows(
              PassingFault.class,
              () -> strict.tell(operation, notice(Addressee.CALLBACK, Step.ACCEPTED, 1)));
      assertEquals("addressRefused", fault.code());
    }
    try (Outbound off = outbound("", "true")) {
      PassingFault fault =
          assertThrows(
              PassingFault.class,
              () -> off.tell(operation, notice(Addressee.CALLBACK, Step.ACCEPTED, 1)));
      assertTrue(String.valueOf(fault.getMessage()).contains("CALLBACK_SECRET"));
    }
    assertEquals(0, stub.seen().size());
  }
}
