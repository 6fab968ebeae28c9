package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Limits.Callbacks;
import dev.drawbridge.access.OneLine;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.port.PassingFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Calls others over HTTP, within bounds of time and size whatever they do. It follows no redirects,
 * keeps no cookies and no connections, and repeats nothing: whoever calls knows what may be
 * repeated.
 */
public final class Http implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;

  private final Clock clock;
  private final Resolver resolver;
  private final Patience patience;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "outbound-http");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable CloseableHttpClient client;

  /** What came back. */
  public record Answer(int status, String body, Optional<Duration> retryAfter) {}

  /** Finds a name's addresses. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** How long is waited for a connection, for the next byte, and for all. */
  record Patience(Duration connect, Duration nextByte, Duration all) {
    static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  private Http(Clock clock, Resolver resolver, Patience patience) {
    this.clock = clock;
    this.resolver = resolver;
    this.patience = patience;
  }

  /** For addresses that the settings name. */
  public static Http open(Clock clock) {
    return open(clock, Patience.DEFAULT);
  }

  static Http open(Clock clock, Patience patience) {
    return new Http(clock, InetAddress::getAllByName, patience);
  }

  /**
   * For addresses that requests name: each call finds the name's addresses once, refuses all if
   * callbacks may not go to one, and connects to none but these.
   */
  public static Http guarded(Clock clock, Callbacks allowed) {
    return guarded(clock, allowed, InetAddress::getAllByName, Patience.DEFAULT);
  }

  static Http guarded(Clock clock, Callbacks allowed, Resolver resolver, Patience patience) {
    return new Http(clock, host -> AddressGuard.check(resolver.resolve(host), allowed), patience);
  }

  /**
   * Sends a request and reads the whole answer, whatever its status.
   *
   * @param body in UTF-8; empty for none
   * @throws PassingFault if there is no whole answer; with the effect known if no connection stood
   */
  public Answer send(String method, URI uri, Map<String, String> headers, String body) {
    Call call = new Call(method, uri);
    headers.forEach(call::setHeader);
    CurrentTrace.forCall().ifPresent(trace -> call.setHeader(TraceContext.NAME, trace));
    if (!body.isEmpty()) {
      call.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
    }
    Future<Answer> answer = threads.submit(() -> exchange(call));
    try {
      return answer.get(patience.all().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      call.cancel(); // before it is asked: from here on nothing is sent any more
      String what = "has not answered in full within " + seconds(patience.all());
      throw fault("timeout", uri, what, call.mayBeSent(), e);
    } catch (InterruptedException e) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw fault("interrupted", uri, "was not waited for", call.mayBeSent(), e);
    } catch (ExecutionException e) {
      throw explained(e.getCause() == null ? e : e.getCause(), uri, call.mayBeSent());
    }
  }

  private Answer exchange(Call call) throws IOException, HttpException {
    try (ClassicHttpResponse response =
        client()
            .executeOpen(RoutingSupport.determineHost(call), call, HttpClientContext.create())) {
      try {
        return new Answer(response.getCode(), text(response.getEntity()), retryAfter(response));
      } catch (TooLargeException e) {
        call.cancel(); // or closing would read on to the end
        throw e;
      }
    }
  }

  private static String text(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    InputStream content = entity.getContent();
    byte[] bytes = content.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new TooLargeException();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Seconds or a date; anything else counts as none. */
  private Optional<Duration> retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader("Retry-After");
    String text = header == null || header.getValue() == null ? "" : header.getValue().strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      ZonedDateTime at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration until = Duration.between(clock.instant(), at);
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private PassingFault explained(Throwable cause, URI uri, boolean sent) {
    if (cause instanceof AddressGuard.RefusedException) {
      String what = "has an address that callbacks may not go to";
      return fault("addressRefused", uri, what, sent, cause);
    }
    if (cause instanceof UnknownHostException) {
      return fault("unknownHost", uri, "is a name without an address", sent, cause);
    }
    if (cause instanceof TooLargeException) {
      return fault("answerTooLarge", uri, "answers more than 1 MiB", sent, cause);
    }
    if (cause instanceof SSLException) {
      String what =
          "does not talk TLS as it should: " + OneLine.of(String.valueOf(cause.getMessage()));
      return fault("tlsFailed", uri, what, sent, cause);
    }
    if (!sent) {
      return fault("notConnected", uri, "can't be connected to", false, cause);
    }
    if (cause instanceof SocketTimeoutException) {
      String what = "has sent nothing for " + seconds(patience.nextByte());
      return fault("timeout", uri, what, true, cause);
    }
    return fault("connectionLost", uri, "has broken off or sent no HTTP", true, cause);
  }

  private static PassingFault fault(
      String code, URI uri, String what, boolean sent, Throwable cause) {
    return new PassingFault(
        code, "%s %s".formatted(uri.getHost(), what), Optional.empty(), sent, cause);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** At the first call: most instances of the app never make one. */
  private synchronized CloseableHttpClient client() {
    if (client == null) {
      client = Call.client(resolver, patience);
    }
    return client;
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
    if (client != null) {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
