package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.Headers;
import dev.drawbridge.local.functions.samples.http.HttpSamples;
import dev.drawbridge.local.http.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpFrontendTest {
  private final HostFixture.Log log = new HostFixture.Log();
  private final HttpFrontend frontend = frontend();

  private HttpFrontend frontend() {
    List<String> problems = new ArrayList<>();
    HostJson hostJson = new HostJson("api", 0, 4, Duration.ofMinutes(5), true);
    List<FunctionDefinition> functions =
        new FunctionDiscovery(new AppSettings(Map.of()), hostJson, true, problems)
            .in(List.of(HttpSamples.class));
    assertEquals(List.of(), problems);
    return new HttpFrontend(
        functions,
        new Keys(false, "", ""),
        new Invoker(new HostFixture.Giving(new HttpSamples()), Clock.systemUTC(), log),
        new Invocations(),
        (name, body) -> 404);
  }

  private int statusFor(int bodyLength) {
    Headers headers = new Headers();
    headers.set("Content-Length", String.valueOf(bodyLength));
    Request request = new Request("POST", URI.create("/api/Length"), headers, new byte[bodyLength]);
    return frontend.handle(request).status();
  }

  @Test
  void handle_whenBodyIsOverAzuresLimit_thenIs413WithoutAnInvocation() {
    assertEquals(418, statusFor(1000));
    assertEquals(413, statusFor(HttpFrontend.BODY_LIMIT + 1));
    assertEquals(List.of(), log.records());
  }

  @Test
  void handle_whenTheHostIsClosing_thenIs503() {
    frontend.stop();
    assertEquals(503, statusFor(0));
  }
}
