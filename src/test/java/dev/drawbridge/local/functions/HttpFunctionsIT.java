package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.functions.samples.http.HttpSamples;
import dev.drawbridge.local.http.PortInUseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFunctionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

  private final HostFixture fixture = new HostFixture();
  private final LocalFunctionsHost host = fixture.options("http", new HttpSamples()).start();

  @AfterEach
  void close() {
    host.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return fixture.send(host, method, path, headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The status line's code, for what a well-behaved client would not send. */
  private int statusOfRaw(String requestLine, String hostHeader) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout((int) HostFixture.SOON.toMillis());
      socket
          .getOutputStream()
          .write(bytes(requestLine + "\r\nHost: " + hostHeader + "\r\nConnection: close\r\n\r\n"));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @Test
  void request_whenItHasAllParts_thenReachesTheFunctionAsInTheWorker() throws Exception {
    HttpResponse<String> response =
        fixture.send(
            host,
            "POST",
            "/api/echo?a=1&A=2&b=%C3%A9+x&empty=&flag&code=k",
            bytes("{\"ü\": 1}"),
            "X-Thing",
            "One",
            "x-thing",
            "Two",
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertEquals(200, response.statusCode());
    assertEquals(
        "application/json; charset=utf-8",
        response.headers().firstValue("Content-Type").orElse(""));
    JsonNode echo = JSON.readTree(response.body());
    assertEquals(
        host.uri() + "/api/echo?a=1&A=2&b=%C3%A9+x&empty=&flag&code=k", echo.path("uri").asText());
    assertEquals("POST", echo.path("method").asText());
    assertEquals("{\"ü\": 1}", echo.path("body").asText());
    assertEquals("One,Two", echo.path("headers").path("x-thing").asText());
    assertFalse(echo.path("headers").has("X-Thing"));
    assertEquals(
        JSON.readTree("{\"a\": \"1,2\", \"b\": \"é x\", \"code\": \"k\"}"), echo.path("query"));
    assertEquals(
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        echo.path("traceparent").asText());
  }

  @Test
  void request_whenItHasNoBodyAndNoTrace_thenGetsAnEmptyOptionalAndANewTrace() throws Exception {
    JsonNode first = JSON.readTree(send("GET", "/api/Echo").body());
    assertFalse(first.has("body"));
    assertTrue(
        first.path("traceparent").asText().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"),
        first::toString);
    JsonNode second = JSON.readTree(send("GET", "/api/Echo", "traceparent", "00-evil").body());
    assertTrue(
        second.path("traceparent").asText().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"),
        second::toString);
    assertNotEquals(first.path("traceparent"), second.path("traceparent"));
  }

  @Test
  void request_whenBodyIsChunked_thenAzuresHostDropsIt() throws Exception {
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(host.uri() + "/api/Echo"))
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes("lost"))))
            .build();
    assertFalse(JSON.readTree(fixture.send(chunked).body()).has("body"));
  }

  @Test
  void request_whenBodyIsLarge_thenIsPassedThrough() throws Exception {
    byte[] large = new byte[5_000_000];
    Arrays.fill(large, (byte) 'x');
    HttpResponse<String> response = fixture.send(host, "POST", "/api/Length", large);
    assertEquals(418, response.statusCode());
    assertEquals("5000000", response.headers().firstValue("x-length").orElse(""));
    assertEquals("text/teapot", response.headers().firstValue("content-type").orElse(""));
  }

  @Test
  void request_whenBodyIsBinary_thenBindsToBytes() throws Exception {
    HttpResponse<String> response =
        fixture.send(
            host,
            "POST",
            "/api/Reverse",
            bytes("abc"),
            "Content-Type",
            "Application/Octet-Stream; x=y");
    assertEquals("cba", response.body());
    assertEquals(
        "application/octet-stream", response.headers().firstValue("content-type").orElse(""));
    assertEquals("", send("POST", "/api/Reverse").body());
  }

  @Test
  void request_whenBodyIsTextForBytes_thenFailsAsInTheWorker() throws Exception {
    assertEquals(
        500,
        fixture
            .send(host, "POST", "/api/Reverse", bytes("{}"), "Content-Type", "application/json")
            .statusCode());
    assertEquals(1, fixture.log.records().size());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/orders/" + GUID + ", 200",
    "POST, /api/orders/" + GUID + "/7, 200",
    "GET, /API/Orders/" + GUID + "/, 200",
    "GET, /api/x/%2e%2e/orders/" + GUID + ", 200",
    "GET, /api/orders/1, 404",
    "GET, /api/orders/" + GUID + "/x, 404",
    "GET, /api/orders/" + GUID + "%2F7, 404",
    "GET, /api/orders//" + GUID + ", 404",
    "GET, /orders/" + GUID + ", 404",
    "GET, /api/GetOrder, 404",
    "DELETE, /api/orders/" + GUID + ", 404",
    "HEAD, /api/orders/" + GUID + ", 404",
    "OPTIONS, /api/orders/" + GUID + ", 404",
    "GET, /, 404",
    "GET, /api/names/%00, 400",
    "GET, /api/names/%C3, 400",
  })
  void request_whenRouteOrMethodIsGiven_thenIsRoutedAsInAzure(
      String method, String path, int status) throws Exception {
    assertEquals(status, send(method, path).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/names/a%20b%2Bc, a b+c",
    "/api/names/a+b, a+b",
    "/api/names/%E2%82%AC, €",
    "/api/names/a%2Fb, a%2Fb",
    "/api/names/%252e%252e, %2e%2e",
    "/api/names/x/../y, y",
  })
  void request_whenRouteValueIsEncoded_thenIsDecodedButForSlashes(String path, String name)
      throws Exception {
    assertEquals(name, send("GET", path).body());
  }

  @Test
  void request_whenPathBeginsWithTwoSlashes_thenItsHostIsNoHost() throws Exception {
    assertEquals(404, statusOfRaw("GET //evil/api/names/x HTTP/1.1", "localhost"));
    assertEquals(200, statusOfRaw("GET /api/names/x HTTP/1.1", "localhost"));
  }

  @ParameterizedTest
  @CsvSource({"a b", "user@host", "a/b", "a:b:c"})
  void request_whenHostHeaderIsMalformed_thenIsRefused(String value) throws Exception {
    assertEquals(400, statusOfRaw("GET /api/names/x HTTP/1.1", value));
  }

  @Test
  void bindingName_whenItIsMissingOrNoNumber_thenTheInvocationFails() throws Exception {
    assertEquals("42", send("GET", "/api/lines/41").body());
    assertEquals("8", send("GET", "/api/lines?line=7").body());
    assertEquals(500, send("GET", "/api/lines").statusCode());
    assertEquals(500, send("GET", "/api/lines/x").statusCode());
    assertTrue(
        fixture.log.records().get(0).getMessage().contains("Cannot find the @BindingName \"line\""),
        () -> fixture.log.records().get(0).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"exception, secret detail", "error, worse", "header, control character"})
  void function_whenItFails_thenAnswers500WithoutABodyAndLogsWhy(String how, String reason)
      throws Exception {
    HttpResponse<String> response = send("GET", "/api/fail/" + how);
    assertEquals(500, response.statusCode());
    assertEquals("", response.body());
    assertTrue(response.headers().firstValue("Set-Cookie").isEmpty());
    List<FunctionLogRecord> records = fixture.log.records();
    assertEquals("About to fail\nby " + how, records.get(0).getMessage());
    assertEquals("Fail", records.get(1).function());
    assertEquals(Level.SEVERE, records.get(1).getLevel());
    assertEquals(fixture.clock.instant(), records.get(1).getInstant());
    assertEquals(records.get(0).invocationId(), records.get(1).invocationId());
    Throwable thrown = assertNotNullThrown(records.get(1));
    assertTrue(String.valueOf(thrown.getMessage()).contains(reason), thrown::toString);
  }

  private static Throwable assertNotNullThrown(FunctionLogRecord record) {
    Throwable thrown = record.getThrown();
    assertNotNull(thrown);
    return thrown;
  }

  @Test
  void function_whenItReturnsNothingOrText_thenAnswers204OrText() throws Exception {
    assertEquals(204, send("POST", "/api/Nothing").statusCode());
    HttpResponse<String> text = send("GET", "/api/names/x");
    assertEquals(200, text.statusCode());
    assertEquals("text/plain; charset=utf-8", text.headers().firstValue("content-type").orElse(""));
  }

  @Test
  void start_whenPortIsTaken_thenNamesThePort() {
    PortInUseException refused =
        assertThrows(
            PortInUseException.class,
            () -> fixture.options("http", new HttpSamples()).port(host.port()).start().close());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("-Dlocal.port.functions="),
        refused::toString);
  }
}
