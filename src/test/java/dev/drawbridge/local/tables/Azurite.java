package dev.drawbridge.local.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Azurite, the emulator of Azure Storage, as a child process that keeps everything in memory. */
final class Azurite implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final int port;

  private Azurite(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the installed Azurite and returns when it accepts connections. */
  static Azurite start(AzuriteInstallation installation) {
    try {
      int port = freePort();
      Path folder = Files.createDirectories(Path.of("target", "azurite"));
      Path log = folder.resolve("azurite-" + port + ".log");
      Process process =
          new ProcessBuilder(
                  installation.command(
                      List.of(
                          "--tableHost",
                          "127.0.0.1",
                          "--tablePort",
                          String.valueOf(port),
                          "--inMemoryPersistence",
                          "--skipApiVersionCheck",
                          "--disableTelemetry",
                          "--silent")))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toAbsolutePath().toFile())
              .start();
      Azurite azurite = new Azurite(process, port);
      Runtime.getRuntime().addShutdownHook(new Thread(azurite::close)); // if a run is interrupted
      azurite.awaitConnection(log);
      return azurite;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitConnection(Path log) throws IOException {
    Instant limit = Instant.now().plus(START_LIMIT);
    try {
      while (!connects()) {
        boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
        if (ended || Instant.now().isAfter(limit)) {
          close();
          throw new IOException("Azurite did not start: " + Files.readString(log));
        }
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private boolean connects() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;TableEndpoint=%s;"
        .formatted(Account.NAME, Account.KEY, "http://127.0.0.1:" + port + "/" + Account.NAME);
  }

  /** Ends the process and all it started. */
  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }
}
