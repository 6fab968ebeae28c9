package dev.drawbridge.local.servicebus;

import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.PortInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Service Bus queues on loopback, without TLS, for the unchanged SDK. There are no topics, message
 * sessions and transactions: who asks for them is refused.
 */
public final class LocalServiceBus implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LocalServiceBus.class.getName());
  private static final String NAME = "servicebus";

  private final ServerSocket server;
  private final Broker broker;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> Broker.daemon("local-servicebus-io", task));
  private final Set<AmqpConnection> connections = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private LocalServiceBus(ServerSocket server, Broker broker) {
    this.server = server;
    this.broker = broker;
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param port 0 for any free one
   * @param clock tells when locks, schedules and lives end; a {@link LocalClock} is followed at
   *     once when it is advanced
   * @throws PortInUseException if another process has the port
   */
  public static LocalServiceBus start(int port, Clock clock, List<QueueOptions> queues) {
    Broker broker = new Broker(clock, queues);
    LocalServiceBus started = new LocalServiceBus(listen(port), broker);
    broker.start();
    if (clock instanceof LocalClock local) {
      local.onAdvance(broker::lookAtTheClock);
    }
    started.threads.execute(started::acceptConnections);
    return started;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** For the SDK's clients. The key is not looked at. */
  public String connectionString() {
    return "Endpoint=sb://localhost:"
        + port()
        + ";SharedAccessKeyName=local;SharedAccessKey=bG9jYWw=;UseDevelopmentEmulator=true;";
  }

  /**
   * A queue's messages as of now, all read at the same moment.
   *
   * @param queue its name, or that of its dead-letter queue: {@code NAME/$DeadLetterQueue}
   * @throws IllegalArgumentException if there is no such queue
   */
  public QueueCounts counts(String queue) {
    Queue found = broker.find(queue);
    if (found == null) {
      throw new IllegalArgumentException("No such queue: " + queue);
    }
    return broker.call(found::counts);
  }

  /**
   * Has the next sends refused with {@code com.microsoft:server-busy}. A message, a batch and a
   * request to schedule are one send each.
   *
   * <p>The SDK waits 4 seconds more before each of its retries. Without retries, or when they are
   * used up, a send ends with a ServiceBusException "Retries exhausted" of reason GENERAL_ERROR;
   * only its cause, an AmqpException, has the condition. A request to schedule ends with the reason
   * SERVICE_BUSY.
   *
   * @param times {@link Integer#MAX_VALUE} for until further notice, 0 for no more
   */
  public void refuseSends(int times) {
    set(() -> broker.faults().refuse(times));
  }

  /**
   * Has the connection cut under each of the next sends after the message is stored, so that its
   * sender can't know that it was. The SDK sends again by itself, after about 4 seconds, unless it
   * has no retries.
   *
   * @param times as in {@link #refuseSends}
   */
  public void loseSendAnswers(int times) {
    set(() -> broker.faults().loseAnswers(times));
  }

  /** Cuts all connections. What clients had locked stays locked until the locks end. */
  public void dropConnections() {
    set(() -> List.copyOf(connections).forEach(AmqpConnection::cut));
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      connections.forEach(AmqpConnection::closeSocket);
    }
    broker.close();
    threads.shutdown();
    try {
      server.close();
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warning("The local Service Bus has threads that do not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true); // else the port stays taken for a minute after a restart
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return server;
    } catch (BindException e) {
      throw new PortInUseException(NAME, port, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void set(Runnable change) {
    broker.call(
        () -> {
          change.run();
          return true;
        });
  }

  private void acceptConnections() {
    try {
      while (!server.isClosed()) {
        connect(server.accept());
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "No more connections", e);
    }
  }

  private synchronized void connect(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      return;
    }
    AmqpConnection connection = new AmqpConnection(broker, socket, connections::remove);
    connections.add(connection);
    connection.start(threads);
  }
}
