package dev.drawbridge.local.arm;

import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all services share: faults, request ids in the answers, the log of calls, recording. */
final class Service {
  private final String name;
  private final Clock clock;
  private final LocalServer.Handler handler;
  private final Function<Request, Optional<String>> caller;
  private final CallLog log;
  private final BiConsumer<Request, Response> recorder;

  /**
   * @param caller the name of who sends a request, for the log
   * @param recorder gets every request with its answer
   */
  Service(
      String name,
      Clock clock,
      LocalServer.Handler handler,
      Faults faults,
      Function<Fault, Response> envelope,
      Function<Request, Optional<String>> caller,
      CallLog log,
      BiConsumer<Request, Response> recorder) {
    this.name = name;
    this.clock = clock;
    this.handler = faults.around(handler, envelope);
    this.caller = caller;
    this.log = log;
    this.recorder = recorder;
  }

  Response handle(Request request) throws Exception {
    Response response;
    try {
      response = handler.handle(request);
    } catch (Faults.ConnectionLost e) {
      log(request, 0, null);
      throw e;
    }
    log(request, response.status(), errorCode(response));
    recorder.accept(request, response);
    return withIds(request, response);
  }

  private void log(Request request, int status, @Nullable String errorCode) {
    log.add(
        new Call(
            clock.instant(),
            name,
            request.method(),
            request.path(),
            Optional.ofNullable(request.uri().getRawQuery()).orElse(""),
            request.query().get("api-version"),
            caller.apply(request).orElse(null),
            status,
            errorCode,
            request.header("traceparent").orElse(null)));
  }

  private static @Nullable String errorCode(Response response) {
    if (response.status() < 400) {
      return null;
    }
    return Json.parseObject(new String(response.body(), StandardCharsets.UTF_8))
        .flatMap(body -> Json.text(body.path("error"), "code").or(() -> Json.text(body, "error")))
        .orElse(null);
  }

  private static Response withIds(Request request, Response response) {
    String requestId = UUID.randomUUID().toString();
    String correlationId =
        request.header("x-ms-correlation-request-id").orElseGet(() -> UUID.randomUUID().toString());
    return response
        .with("x-ms-request-id", requestId)
        .with("x-ms-correlation-request-id", correlationId)
        .with("request-id", requestId);
  }
}
