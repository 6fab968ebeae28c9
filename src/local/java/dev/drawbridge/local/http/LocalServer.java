package dev.drawbridge.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An HTTP server on loopback. Requests run concurrently, on daemon threads. */
public final class LocalServer implements AutoCloseable {
  static {
    // Without it each small answer on a kept-alive connection waits 40 ms for a delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Logger LOG = Logger.getLogger(LocalServer.class.getName());

  /** Answers a request. What it throws is logged and answered with 500. */
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request) throws Exception;
  }

  private final String name;
  private final HttpServer server;
  private final ExecutorService threads;

  private LocalServer(String name, HttpServer server, ExecutorService threads) {
    this.name = name;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param name what the server is, for messages and the setting {@code local.port.<name>}
   * @param port 0 for any free one
   * @throws PortInUseException if another process has the port
   */
  public static LocalServer start(String name, int port, Handler handler) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw new PortInUseException(name, port, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "local-" + name);
              thread.setDaemon(true);
              return thread;
            });
    LocalServer started = new LocalServer(name, server, threads);
    server.setExecutor(threads);
    server.createContext("/", exchange -> started.answer(exchange, handler));
    server.start();
    return started;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** {@code http://127.0.0.1:port}, without a slash at its end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Request request =
          new Request(
              exchange.getRequestMethod().toUpperCase(Locale.ROOT),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body);
      Response response;
      try {
        response = handler.handle(request);
      } catch (Faults.ConnectionLost e) {
        return; // closing an exchange that has no answer closes its connection
      } catch (Exception e) {
        LOG.log(Level.SEVERE, e, () -> name + ": " + request.method() + " " + request.uri());
        response = Response.text(500, "text/plain; charset=utf-8", e.toString());
      }
      response.headers().forEach(exchange.getResponseHeaders()::set);
      boolean bodiless = response.body().length == 0 || request.method().equals("HEAD");
      exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(response.body());
      }
    }
  }
}
