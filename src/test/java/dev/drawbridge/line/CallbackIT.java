package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever is no ticket system is told at the address that its request names. */
final class CallbackIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** That of local.settings.json.example, as whsec_ has it in base64. */
  private static final byte[] KEY = "local-callback-key-2345678".getBytes(StandardCharsets.UTF_8);

  private final List<Request> received = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 204;
  private final Line line = Line.start();
  private final LocalServer listener =
      LocalServer.start(
          "callback",
          0,
          request -> {
            received.add(request);
            return Response.empty(status);
          });

  @AfterEach
  void stop() {
    listener.close();
    line.close();
  }

  @Test
  void callback_whenTheRequestNamesOne_thenGetsEachStepSigned() throws Exception {
    String id = line.accept(request(listener.uri() + "/hooks/astro?of=us"));
    line.settle();
    assertEquals(List.of("operation.accepted", "operation.accessGranted"), types());
    for (Request request : received) {
      assertEquals("/hooks/astro?of=us", request.uri().toString());
      assertEquals("POST", request.method());
      assertSigned(request);
      JsonNode data = JSON.readTree(request.text()).path("data");
      assertEquals(id, data.path("operationId").asText());
      assertEquals("12345", data.path("ticket").path("id").asText());
    }
    assertNotEquals(received.get(0).header("webhook-id"), received.get(1).header("webhook-id"));
  }

  @Test
  void callback_whenItFails_thenIsCalledAgainWithTheSameId() throws Exception {
    status = 500;
    String id = line.accept(request(listener.uri() + "/hook"));
    line.settle();
    assertEquals(1, received.size());
    assertEquals(1, line.vendorAssignments().size(), "access does not wait for it");
    status = 200;
    line.advance(Duration.ofMinutes(2));
    line.tell();
    assertEquals(received.get(0).header("webhook-id"), received.get(1).header("webhook-id"));
    assertEquals(
        List.of("operation.accepted", "operation.accepted", "operation.accessGranted"), types());
    assertTrue(line.operation(id).path("notices").toString().contains("callback"));
  }

  @Test
  void callback_whenItIsGone_thenIsNotCalledForThatAgainAndTheOperationSaysSo() throws Exception {
    status = 410;
    String id = line.accept(request(listener.uri() + "/hook"));
    line.settle();
    assertTrue(line.events(id).contains("notTold"), line.events(id).toString());
    assertEquals(List.of("operation.accepted", "operation.accessGranted"), types());
  }

  @Test
  void callback_whenItRedirects_thenTheOtherAddressIsNotCalled() throws Exception {
    List<Request> elsewhere = Collections.synchronizedList(new ArrayList<>());
    try (LocalServer other =
        LocalServer.start(
            "elsewhere",
            0,
            request -> {
              elsewhere.add(request);
              return Response.empty(200);
            })) {
      try (LocalServer redirecting =
          LocalServer.start(
              "redirecting",
              0,
              request -> Response.empty(307).with("Location", other.uri() + "/secret"))) {
        String id = line.accept(request(redirecting.uri() + "/hook"));
        line.settle();
        assertEquals(List.of(), elsewhere);
        assertTrue(
            line.operation(id).path("notices").toString().contains("\"attempts\":1"),
            "it is tried again, as any other fault");
      }
    }
  }

  @Test
  void callback_whenTheAddressIsNotAllowed_thenTheRequestIsRefusedAndSaysWhere() throws Exception {
    for (String url :
        List.of(
            "http://example.com/hook",
            "https://169.254.169.254/metadata/identity/oauth2/token",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://[::ffff:127.0.0.1]/",
            "https://user@example.com/",
            "https://intranet/")) {
      ApiClient.Answer answer = line.api.post("/peerings", request(url));
      assertEquals(400, answer.status(), url);
      assertEquals("/callbackUrl", answer.body().path("errors").path(0).path("pointer").asText());
    }
  }

  @Test
  void callback_whenNoSecretIsSet_thenIsRefusedAndSaysWhatTurnsItOn() throws Exception {
    try (Line off = Line.start(options -> options.withSetting("CALLBACK_SECRET", ""))) {
      ApiClient.Answer answer = off.api.post("/peerings", request("https://example.com/hook"));
      assertEquals(400, answer.status());
      assertTrue(answer.body().toString().contains("CALLBACK_SECRET"), answer.body().toString());
    }
  }

  private List<String> types() throws IOException {
    List<String> types = new ArrayList<>();
    for (Request request : received) {
      types.add(JSON.readTree(request.text()).path("type").asText());
    }
    return types;
  }

  private static void assertSigned(Request request) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    String signed =
        "%s.%s.%s"
            .formatted(
                request.header("webhook-id").orElseThrow(),
                request.header("webhook-timestamp").orElseThrow(),
                request.text());
    String expected =
        "v1,"
            + Base64.getEncoder()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    assertEquals(expected, request.header("webhook-signature").orElseThrow());
  }

  private static String request(String callbackUrl) throws IOException {
    ObjectNode request =
        (ObjectNode) JSON.readTree(Files.readString(Path.of("examples", "vnet-peering.json")));
    return request.put("callbackUrl", callbackUrl).toString();
  }
}
