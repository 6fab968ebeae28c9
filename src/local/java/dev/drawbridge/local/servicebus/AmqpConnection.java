package dev.drawbridge.local.servicebus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.engine.Connection;
import org.apache.qpid.protonj2.engine.Engine;
import org.apache.qpid.protonj2.engine.EngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: two threads move its bytes, the broker's thread does the rest. When it
 * ends, whoever ends it, its links end, and what they had locked stays locked until the lock ends.
 */
final class AmqpConnection {
  private static final Logger LOG = Logger.getLogger(AmqpConnection.class.getName());
  private static final int MAX_FRAME_SIZE = 64 * 1024;
  private static final byte[] END = {};

  private final Broker broker;
  private final Socket socket;
  private final Consumer<AmqpConnection> onEnd;
  private final Engine engine = EngineFactory.PROTON.createEngine();
  private final BlockingQueue<byte[]> output = new LinkedBlockingQueue<>();
  private boolean cut;

  /**
   * @param onEnd is run once, on the broker's thread
   */
  AmqpConnection(Broker broker, Socket socket, Consumer<AmqpConnection> onEnd) {
    this.broker = broker;
    this.socket = socket;
    this.onEnd = onEnd;
  }

  void start(Executor threads) {
    broker.execute(this::open);
    threads.execute(this::read);
    threads.execute(this::write);
  }

  /** Ends it without a word to the client. On the broker's thread only. */
  void cut() {
    if (cut) {
      return;
    }
    cut = true;
    closeSocket();
    onEnd.accept(this);
    broker.execute(engine::shutdown); // not now: it may be the engine that is calling
  }

  /** On the broker's thread only. */
  boolean isCut() {
    return cut;
  }

  /** Ends the two threads of this connection; from any thread. */
  void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "The socket could not be closed", e);
    }
    output.add(END);
  }

  private void open() {
    engine.outputHandler((buffer, written) -> send(MessageCodec.bytes(buffer), written));
    engine.errorHandler(failed -> fail(failed.failureCause()));
    engine.saslDriver().server().setListener(new AnonymousLogin());
    Connection connection = engine.start();
    connection.openHandler(
        opened -> {
          opened.setContainerId("local-servicebus").setMaxFrameSize(MAX_FRAME_SIZE).open();
          opened.tickAuto(broker.thread());
        });
    connection.closeHandler(Connection::close);
    connection.sessionOpenHandler(session -> session.closeHandler(s -> s.close()).open());
    LinkAcceptor links = new LinkAcceptor(broker, this);
    connection.receiverOpenHandler(links::clientSends);
    connection.senderOpenHandler(links::clientReceives);
  }

  private void send(byte[] bytes, @Nullable Runnable written) {
    if (!cut) {
      output.add(bytes);
    }
    if (written != null) {
      written.run();
    }
  }

  private void read() {
    byte[] buffer = new byte[128 * 1024];
    try (InputStream in = socket.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        ProtonBuffer bytes = ProtonBufferAllocator.defaultAllocator().copy(buffer, 0, n);
        broker.execute(() -> ingest(bytes));
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "A connection ended", e);
    } finally {
      broker.execute(this::cut);
      closeSocket();
    }
  }

  private void ingest(ProtonBuffer bytes) {
    if (cut) {
      return;
    }
    try {
      engine.ingest(bytes);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (!cut) {
      LOG.warning(() -> "A client's connection is cut: " + cause);
      LOG.log(Level.FINE, "It failed here", cause);
      cut();
    }
  }

  private void write() {
    try (socket;
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 256 * 1024)) {
      socket.setTcpNoDelay(true); // answers are small and must not wait for each other
      for (byte[] bytes = output.take(); bytes != END; bytes = output.take()) {
        out.write(bytes);
        if (output.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "A connection ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
