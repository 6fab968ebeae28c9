package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.functions.samples.http.HttpSamples;
import dev.drawbridge.local.functions.samples.timers.TimerSamples;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysIT {
  private final HostFixture fixture = new HostFixture();

  private OptionsBuilder http() {
    return fixture.options("http", new HttpSamples());
  }

  private OptionsBuilder timers(TimerSamples samples) {
    return fixture.options("timers", samples).settings(Map.of("SCHEDULE", "0 * * * * *"));
  }

  private int status(LocalFunctionsHost host, String path, String... headers) throws Exception {
    return fixture.send(host, "GET", path, headers).statusCode();
  }

  @Test
  void request_whenKeysAreNotAskedFor_thenEveryLevelPasses() throws Exception {
    try (LocalFunctionsHost host = http().start()) {
      assertEquals(200, status(host, "/api/names/x"));
      assertEquals(200, status(host, "/api/master-only"));
    }
  }

  @Test
  void request_whenKeysAreAskedFor_thenEachLevelNeedsItsKey() throws Exception {
    try (LocalFunctionsHost host = http().keys("fk", "mk").start()) {
      assertEquals(200, status(host, "/api/lines/1")); // anonymous
      assertEquals(401, status(host, "/api/names/x"));
      assertEquals(401, status(host, "/api/names/x", "x-functions-key", "wrong"));
      assertEquals(401, status(host, "/api/names/x", "x-functions-key", ""));
      assertEquals(401, status(host, "/api/names/x?code="));
      assertEquals(200, status(host, "/api/names/x", "x-functions-key", "fk"));
      assertEquals(200, status(host, "/api/names/x?code=fk"));
      assertEquals(200, status(host, "/api/names/x?Code=mk"));
      assertEquals(401, status(host, "/api/master-only?code=fk"));
      assertEquals(200, status(host, "/api/master-only", "X-Functions-Key", "mk"));
    }
  }

  @Test
  void request_whenHeaderKeyIsWrongAndQueryKeyRight_thenTheHeaderCounts() throws Exception {
    try (LocalFunctionsHost host = http().keys("fk", "mk").start()) {
      assertEquals(401, status(host, "/api/names/x?code=fk", "x-functions-key", "wrong"));
    }
  }

  @Test
  void request_whenRouteIsUnknown_thenIs404WithoutAKeyToo() throws Exception {
    try (LocalFunctionsHost host = http().keys("fk", "mk").start()) {
      assertEquals(404, status(host, "/api/unknown"));
    }
  }

  @Test
  void start_whenKeysAreAskedForButBlank_thenRefuses() {
    OptionsBuilder blank = http().keys("", "mk");
    assertThrows(IllegalArgumentException.class, () -> blank.start().close());
  }

  @Test
  void adminRun_whenKeysAreAskedFor_thenNeedsTheMasterKey() throws Exception {
    TimerSamples samples = new TimerSamples();
    try (LocalFunctionsHost host = timers(samples).keys("fk", "mk").start()) {
      String path = "/admin/functions/Sweep";
      assertEquals(401, fixture.send(host, "POST", path).statusCode());
      assertEquals(403, fixture.send(host, "POST", path + "?code=fk").statusCode());
      assertTrue(samples.sweeps().isEmpty());
      assertEquals(202, fixture.send(host, "POST", path + "?code=mk").statusCode());
      host.awaitIdle(HostFixture.SOON);
      assertEquals(1, samples.sweeps().size());
    }
  }

  @Test
  void adminRun_whenFunctionOrBodyIsWrong_thenSaysSoByStatus() throws Exception {
    TimerSamples samples = new TimerSamples();
    try (LocalFunctionsHost host = timers(samples).start()) {
      assertEquals(404, fixture.send(host, "POST", "/admin/functions/None").statusCode());
      assertEquals(404, fixture.send(host, "GET", "/admin/functions/Sweep").statusCode());
      byte[] broken = "{\"input\"".getBytes(StandardCharsets.UTF_8);
      assertEquals(400, fixture.send(host, "POST", "/admin/functions/Sweep", broken).statusCode());
      byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
      assertEquals(202, fixture.send(host, "POST", "/admin/functions/sweep", empty).statusCode());
      host.awaitIdle(HostFixture.SOON);
      assertEquals(1, samples.sweeps().size());
    }
  }
}
