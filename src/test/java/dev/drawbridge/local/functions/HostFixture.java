package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.drawbridge.local.LocalClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** What the tests of a running host share: a standing clock, an injector, the log, a client. */
final class HostFixture {
  static final Path HOST_JSON = Path.of("host.json");
  static final Duration SOON = Duration.ofSeconds(15);
  static final String SAMPLES = "dev.drawbridge.local.functions.samples.";

  final LocalClock clock = LocalClock.standingAt(Instant.parse("2026-11-24T08:00:00Z"));
  final Log log = new Log();
  private final HttpClient client = HttpClient.newHttpClient();

  OptionsBuilder options(String samples, Object instance) {
    return LocalFunctionsHost.Options.builder(clock, SAMPLES + samples, HOST_JSON)
        .injector(new Giving(instance))
        .logHandler(log);
  }

  HttpResponse<String> send(LocalFunctionsHost host, String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(host, method, path, new byte[0], headers);
  }

  HttpResponse<String> send(
      LocalFunctionsHost host, String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.uri() + path))
            .timeout(SOON)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(SOON);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        fail("Not within " + SOON + ": " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(HostFixture.SOON.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The latch was not opened");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives one and the same instance, and counts how often it was asked. */
  static final class Giving implements FunctionInstanceInjector {
    final AtomicInteger asked = new AtomicInteger();
    private final Object instance;

    Giving(Object instance) {
      this.instance = instance;
    }

    @Override
    public <T> T getInstance(Class<T> type) {
      asked.incrementAndGet();
      return type.cast(instance);
    }
  }

  /** Keeps the records. */
  static final class Log extends Handler {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    List<FunctionLogRecord> records() {
      return records.stream().map(FunctionLogRecord.class::cast).toList();
    }

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
