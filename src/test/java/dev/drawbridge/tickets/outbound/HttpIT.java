package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Limits.Callbacks;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.tickets.outbound.Http.Answer;
import dev.drawbridge.tickets.outbound.Http.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against servers that behave, and servers that don't. */
@Timeout(60)
class HttpIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(1500));
  private static final String LARGEST = "a".repeat(1 << 20);

  private Stub stub;
  private Http http;

  @BeforeEach
  void start() throws IOException {
    stub = new Stub();
    http = Http.open(CLOCK, SHORT);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    stub.close();
  }

  private Answer post(URI uri) {
    return http.send("POST", uri, Map.of("Content-Type", "application/json"), "{\"a\":\"ü\"}");
  }

  private PassingFault fault(URI uri) {
    return assertThrows(PassingFault.class, () -> post(uri));
  }

  private void assertFault(PassingFault fault, String code, boolean effectUnknown) {
    assertEquals(code, fault.code(), message(fault));
    assertEquals(effectUnknown, fault.effectUnknown(), message(fault));
    assertFalse(message(fault).contains("/secret-path"), message(fault));
  }

  private static String message(PassingFault fault) {
    return String.valueOf(fault.getMessage());
  }

  @Test
  void send_whenAnswered_thenBothSidesHaveAll() {
    stub.thenAnswers(201, "{\"ö\":1}", "Set-Cookie: a=b");
    assertEquals(new Answer(201, "{\"ö\":1}", Optional.empty()), post(stub.uri("/a%20b?c=%5B")));
    post(stub.uri("/"));

    Stub.Seen seen = stub.seen().get(0);
    assertEquals("POST /a%20b?c=%5B HTTP/1.1", seen.line());
    assertEquals("{\"a\":\"ü\"}", seen.body());
    assertEquals("application/json", seen.headers().get("content-type"));
    assertEquals("drawbridge", seen.headers().get("user-agent"));
    assertNull(seen.headers().get("accept-encoding"));
    assertNull(stub.seen().get(1).headers().get("cookie"));
  }

  @Test
  void send_whenInATrace_thenIsPartOfIt() {
    stub.thenAnswers(204, "");
    TraceContext trace = TraceContext.random();
    CurrentTrace.in(Optional.of(trace), () -> post(stub.uri("/")));
    post(stub.uri("/"));

    String sent = stub.seen().get(0).headers().getOrDefault("traceparent", "");
    TraceContext received = TraceContext.parse(sent).orElseThrow();
    assertEquals(trace.traceId(), received.traceId());
    assertNotEquals(trace.spanId(), received.spanId());
    assertNull(stub.seen().get(1).headers().get("traceparent"));
  }

  @Test
  void send_whenThereIsNoBody_thenNoneIsSent() {
    stub.thenAnswers(204, "");
    assertEquals(
        new Answer(204, "", Optional.empty()), http.send("GET", stub.uri("/"), Map.of(), ""));
    assertNull(stub.seen().get(0).headers().get("content-length"));
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "'Sun, 01 Mar 2026 10:00:30 GMT', PT30S",
    "'Sun, 01 Mar 2026 09:00:00 GMT', PT0S",
    "999999999, PT277777H46M39S",
    "9999999999,",
    "-1,",
    "soon,",
  })
  void send_whenToldToRetry_thenKnowsWhen(String header, Duration expected) {
    stub.thenAnswers(429, "", "Retry-After: " + header);
    assertEquals(Optional.ofNullable(expected), post(stub.uri("/")).retryAfter());
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "303", "307", "308"})
  void send_whenRedirected_thenDoesNotFollow(int status) {
    stub.thenAnswers(status, "", "Location: " + stub.uri("/elsewhere"));
    assertEquals(status, post(stub.uri("/")).status());
    assertEquals(1, stub.seen().size());
  }

  @ParameterizedTest
  @CsvSource({"401", "407", "429", "503"})
  void send_whenRefused_thenDoesNotTryAgain(int status) {
    stub.thenAnswers(status, "no", "WWW-Authenticate: Basic realm=x", "Retry-After: 0");
    assertEquals(status, post(stub.uri("/")).status());
    assertEquals(1, stub.seen().size());
  }

  @Test
  void send_whenTheAnswerIsLarge_thenReadsAMebibyteAndNoMore() {
    stub.thenAnswers(200, LARGEST).thenAnswers(200, LARGEST + "a");
    assertEquals(LARGEST, post(stub.uri("/")).body());
    assertFault(fault(stub.uri("/secret-path")), "answerTooLarge", true);
  }

  @Test
  void send_whenTheAnswerNeverEnds_thenCutsItOff() throws InterruptedException {
    CountDownLatch cutOff = new CountDownLatch(1);
    stub.then(
        connection -> {
          stub.read(connection);
          OutputStream out = connection.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          Stub.writeUntilCutOff(out, new byte[8192]);
          cutOff.countDown();
        });
    assertFault(fault(stub.uri("/secret-path")), "answerTooLarge", true);
    assertTrue(cutOff.await(30, TimeUnit.SECONDS));
  }

  @Test
  void send_whenTheHeadNeverEnds_thenCutsItOff() throws InterruptedException {
    for (String part : List.of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a: b\r\n")) {
      CountDownLatch cutOff = new CountDownLatch(1);
      try (Stub endless = new Stub()) {
        endless.then(
            connection -> {
              endless.read(connection);
              OutputStream out = connection.getOutputStream();
              out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.UTF_8));
              Stub.writeUntilCutOff(out, part.getBytes(StandardCharsets.UTF_8));
              cutOff.countDown();
            });
        assertFault(fault(endless.uri("/secret-path")), "connectionLost", true);
        assertTrue(cutOff.await(30, TimeUnit.SECONDS));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void send_whenTheServerDrips_thenIsNotHeldLongerThanAllTheTime() throws InterruptedException {
    CountDownLatch cutOff = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    stub.then(
        connection -> {
          stub.read(connection);
          OutputStream out = connection.getOutputStream();
          try {
            out.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (!never.await(50, TimeUnit.MILLISECONDS)) {
              out.write('a');
              out.flush();
            }
          } finally {
            cutOff.countDown();
          }
        });
    assertFault(fault(stub.uri("/secret-path")), "timeout", true);
    assertTrue(cutOff.await(30, TimeUnit.SECONDS));
  }

  @Test
  void send_whenTheServerSaysNothing_thenGivesUpOnTheNextByte() {
    CountDownLatch never = new CountDownLatch(1);
    stub.then(
        connection -> {
          stub.read(connection);
          never.await();
        });
    PassingFault fault = fault(stub.uri("/secret-path"));
    assertFault(fault, "timeout", true);
    assertTrue(message(fault).contains("0.5 s"), message(fault));
    never.countDown();
  }

  @Test
  void send_whenTheServerHangsUp_thenTheEffectIsUnknown() {
    stub.then(connection -> {})
        .then(stub::read)
        .thenSends("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        .thenSends("220 smtp.example.com ESMTP\r\n");
    for (int i = 0; i < 4; i++) {
      assertFault(fault(stub.uri("/secret-path")), "connectionLost", true);
    }
  }

  @Test
  void send_whenNobodyListens_thenNothingWasSent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertFault(
        fault(URI.create("http://127.0.0.1:%d/secret-path".formatted(port))),
        "notConnected",
        false);
  }

  @Test
  void send_whenTheServerTalksNoTls_thenNothingWasSent() {
    stub.then(
        connection -> {
          connection.getInputStream().read();
          connection
              .getOutputStream()
              .write("HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        });
    URI uri = URI.create("https://127.0.0.1:%d/secret-path".formatted(stub.port()));
    assertFault(fault(uri), "tlsFailed", false);
  }

  @Test
  void send_whenTheServerStallsInTls_thenNothingWasSent() {
    CountDownLatch never = new CountDownLatch(1);
    stub.then(connection -> never.await());
    URI uri = URI.create("https://127.0.0.1:%d/secret-path".formatted(stub.port()));
    assertFalse(fault(uri).effectUnknown());
    never.countDown();
  }

  @Test
  void guarded_whenTheNameLeadsElsewhereNextTime_thenOneLookServesTheWholeCall() throws Exception {
    stub.thenAnswers(200, "{}");
    AtomicInteger looks = new AtomicInteger();
    InetAddress here = InetAddress.getLoopbackAddress();
    InetAddress inside = InetAddress.getByName("10.0.0.1");
    URI uri = URI.create("http://hooks.example.com:%d/".formatted(stub.port()));
    try (Http guarded =
        Http.guarded(
            CLOCK,
            Callbacks.LOOPBACK_TOO,
            host -> new InetAddress[] {looks.getAndIncrement() == 0 ? here : inside},
            SHORT)) {
      assertEquals(200, guarded.send("POST", uri, Map.of(), "{}").status());
      assertEquals(1, looks.get());
      assertEquals("hooks.example.com:" + stub.port(), stub.seen().get(0).headers().get("host"));

      PassingFault fault =
          assertThrows(PassingFault.class, () -> guarded.send("POST", uri, Map.of(), "{}"));
      assertFault(fault, "addressRefused", false);
      assertEquals(2, looks.get());
      assertEquals(1, stub.seen().size());
    }
  }

  /** A first look that is public, and a second that is not, as a rebinding name server gives. */
  @Test
  void guarded_whenTheSecondLookLeadsHere_thenIsRefused() throws Exception {
    stub.thenAnswers(200, "{}");
    InetAddress outside = InetAddress.getByName("93.184.216.34");
    InetAddress here = InetAddress.getLoopbackAddress();
    for (InetAddress[] answer :
        List.of(
            new InetAddress[] {here},
            new InetAddress[] {outside, here},
            new InetAddress[] {here, outside},
            InetAddress.getAllByName("::1"))) {
      try (Http guarded = Http.guarded(CLOCK, Callbacks.PUBLIC, host -> answer, SHORT)) {
        URI uri = URI.create("http://hooks.example.com:%d/".formatted(stub.port()));
        PassingFault fault =
            assertThrows(PassingFault.class, () -> guarded.send("POST", uri, Map.of(), "{}"));
        assertFault(fault, "addressRefused", false);
        assertFalse(message(fault).contains("127.0.0.1"), message(fault));
      }
    }
    assertEquals(0, stub.seen().size());
  }

  /** Requests can't name these; if one ever could, the guard stands on its own. */
  @ParameterizedTest
  @CsvSource({
    "2130706433",
    "127.1",
    "127.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "169.254.169.254",
    "[::ffff:169.254.169.254]"
  })
  void guarded_whenTheAddressIsWrittenOut_thenIsCheckedAllTheSame(String host) {
    stub.thenAnswers(200, "{}");
    try (Http guarded = Http.guarded(CLOCK, Callbacks.PUBLIC)) {
      URI uri = URI.create("http://%s:%d/".formatted(host, stub.port()));
      PassingFault fault =
          assertThrows(PassingFault.class, () -> guarded.send("POST", uri, Map.of(), "{}"));
      assertFalse(fault.effectUnknown());
      assertTrue(List.of("addressRefused", "unknownHost").contains(fault.code()), fault.code());
    }
    assertEquals(0, stub.seen().size());
  }

  @Test
  void guarded_whenTheNameIsUnknown_thenNothingWasSent() {
    try (Http guarded =
        Http.guarded(
            CLOCK,
            Callbacks.PUBLIC,
            host -> {
              throw new UnknownHostException(host);
            },
            SHORT)) {
      assertFault(
          assertThrows(
              PassingFault.class,
              () ->
                  guarded.send("GET", URI.create("https://no.example/secret-path"), Map.of(), "")),
          "unknownHost",
          false);
    }
  }

  @Test
  void guarded_whenTheNameServerHangs_thenNothingWasSent() {
    CountDownLatch over = new CountDownLatch(1);
    try (Http guarded =
        Http.guarded(
            CLOCK,
            Callbacks.LOOPBACK_TOO,
            host -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException(host);
              }
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            },
            SHORT)) {
      URI uri = URI.create("http://hooks.example.com:%d/secret-path".formatted(stub.port()));
      stub.thenAnswers(200, "{}");
      assertFault(
          assertThrows(PassingFault.class, () -> guarded.send("POST", uri, Map.of(), "{}")),
          "timeout",
          false);
      over.countDown(); // an address that comes too late is not called any more
    }
    assertEquals(0, stub.seen().size());
  }
}
