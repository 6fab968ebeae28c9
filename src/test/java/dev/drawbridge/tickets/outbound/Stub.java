package dev.drawbridge.tickets.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A server that does on each connection what the test says, and remembers what it was sent. */
final class Stub implements AutoCloseable {
  private final ServerSocket server;
  private final List<Seen> seen = new ArrayList<>();
  private final Deque<Behaviour> script = new ArrayDeque<>();

  /** A request as it came in; header names in lower case. */
  record Seen(String line, Map<String, String> headers, String body) {}

  /** What is done with a connection. */
  interface Behaviour {
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  Stub() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "stub");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port(), path));
  }

  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** On the next connection, after those said before; the last goes for all further ones. */
  synchronized Stub then(Behaviour behaviour) {
    script.add(behaviour);
    return this;
  }

  /** Reads the request and answers. */
  Stub thenAnswers(int status, String body, String... headers) {
    return thenSends(answer(status, body, headers));
  }

  /** Reads the request and sends this. */
  Stub thenSends(String raw) {
    return then(
        connection -> {
          read(connection);
          connection.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
        });
  }

  static String answer(int status, String body, String... headers) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 %d Said\r\n".formatted(status));
    for (String header : headers) {
      answer.append(header).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return answer + "Content-Length: %d\r\n\r\n%s".formatted(length, body);
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        next().serve(connection);
      } catch (IOException | InterruptedException e) {
        // The client has gone, or the test is over: what matters is what the client saw.
      }
    }
  }

  private synchronized Behaviour next() {
    Behaviour next = script.size() > 1 ? script.poll() : script.peek();
    return next == null ? connection -> {} : next;
  }

  void read(Socket connection) throws IOException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    String line = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    synchronized (this) {
      seen.add(new Seen(line, headers, new String(body, StandardCharsets.UTF_8)));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the request ends in its head");
      }
      line.append(c == '\r' ? "" : (char) c);
    }
    return line.toString();
  }

  /** Writes the same again and again until the other side hangs up, which it returns. */
  static void writeUntilCutOff(OutputStream out, byte[] part) {
    try {
      while (true) {
        out.write(part);
        out.flush();
      }
    } catch (IOException e) {
      // cut off
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
