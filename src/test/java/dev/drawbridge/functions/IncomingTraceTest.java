package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.drawbridge.access.TraceContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

class IncomingTraceTest {
  private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String HOST = "00-11111111111111111111111111111111-2222222222222222-01";
  private static final FakeRequest REQUEST = FakeRequest.json("{}");

  private static ExecutionContext host(@Nullable String traceparent) {
    com.microsoft.azure.functions.TraceContext trace =
        Mockito.mock(com.microsoft.azure.functions.TraceContext.class);
    Mockito.when(trace.getTraceparent()).thenReturn(traceparent);
    ExecutionContext context = Mockito.mock(ExecutionContext.class);
    Mockito.when(context.getTraceContext()).thenReturn(trace);
    return context;
  }

  private static String of(FakeRequest request, ExecutionContext context) {
    return IncomingTrace.of(request, context).traceparent();
  }

  @Test
  void of_whenTheRequestHasOne_thenItIsThat() {
    assertEquals(HEADER, of(REQUEST.with("traceparent", HEADER), host(HOST)));
    assertEquals(HEADER, of(REQUEST.with("traceparent", HEADER), host(null)));
  }

  @Test
  void of_whenTheHostIsInTheSameTrace_thenItIsTheHostsPartOfIt() {
    String nearer = HEADER.replace("b7ad6b7169203331", "2222222222222222");
    assertEquals(nearer, of(REQUEST.with("traceparent", HEADER), host(nearer)));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = "00-nonsense")
  void of_whenThereIsNoneAnywhere_thenIsANewOneEachTime(@Nullable String host) {
    ExecutionContext none = Mockito.mock(ExecutionContext.class);
    for (ExecutionContext context : new ExecutionContext[] {none, host(host)}) {
      TraceContext first = IncomingTrace.of(REQUEST, context);
      assertFalse(first.traceId().equals(IncomingTrace.of(REQUEST, context).traceId()));
    }
  }

  static Stream<String> hostile() {
    return Stream.of(
        "a".repeat(10_240),
        HEADER + "-" + "a".repeat(10_240),
        HEADER.toUpperCase(Locale.ROOT),
        "00-" + "0".repeat(32) + "-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-" + "0".repeat(16) + "-01",
        HEADER + "\r\nx-functions-key: x",
        HEADER.replaceFirst("^00", "ff"),
        HEADER + "," + HOST,
        HEADER + ", " + HEADER);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void of_whenTheHeaderIsNoTrace_thenItIsTheHosts(String header) {
    assertEquals(HOST, of(REQUEST.with("traceparent", header), host(HOST)));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void request_whenTheHeaderIsNoTrace_thenIsAcceptedInANewOne(String header) throws Exception {
    FakeApp app = new FakeApp();
    String body = Files.readString(Path.of("examples", "vnet-peering.json"));
    HttpResponseMessage answer =
        app.requestPeering(FakeRequest.json(body).with("traceparent", header));
    assertEquals(202, answer.getStatusCode());
    String trace = app.operations().get(0).trace().orElseThrow().traceparent();
    assertFalse(header.contains(trace), trace);
    assertFalse(String.valueOf(answer.getBody()).contains(header));
  }

  @Test
  void request_whenRepeated_thenTheFirstOnesTraceStays() throws Exception {
    FakeApp app = new FakeApp();
    FakeRequest request =
        FakeRequest.json(Files.readString(Path.of("examples", "vnet-peering.json")));
    for (String header : new String[] {HEADER, HOST}) {
      assertEquals(202, app.requestPeering(request.with("traceparent", header)).getStatusCode());
    }
    assertEquals(1, app.created());
    assertEquals(HEADER, app.operations().get(0).trace().orElseThrow().traceparent());
  }
}
