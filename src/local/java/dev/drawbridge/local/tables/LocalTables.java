package dev.drawbridge.local.tables;

import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.LocalServer;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A local Azure Table storage: the REST interface of the Table service, for the real SDK, with one
 * account, whose name and key are the well-known ones of Azure Storage's emulators. Entities live
 * in memory, as long as this object.
 */
public final class LocalTables implements AutoCloseable {
  private final LocalServer server;
  private final Faults faults;
  private final AtomicLong calls;

  private LocalTables(LocalServer server, Faults faults, AtomicLong calls) {
    this.server = server;
    this.faults = faults;
    this.calls = calls;
  }

  /**
   * Starts it, for callers that have the account's key.
   *
   * @param port 0 for any free one
   * @param clock what Timestamps and ETags are made of
   * @throws dev.drawbridge.local.http.PortInUseException if another process has the port
   */
  public static LocalTables start(int port, Clock clock) {
    return start(port, clock, token -> false);
  }

  /**
   * Starts it, for callers that have the account's key or a bearer token that {@code tokens}
   * accepts.
   */
  public static LocalTables start(int port, Clock clock, Predicate<String> tokens) {
    Access access = new Access(new SharedKey(Account.NAME, Account.KEY), tokens);
    TableApi api = new TableApi(new TableStore(clock), access, clock);
    Faults faults = new Faults();
    AtomicLong calls = new AtomicLong();
    LocalServer.Handler handler = faults.around(api::handle, api::fault);
    LocalServer server =
        LocalServer.start(
            "tables",
            port,
            request -> {
              calls.incrementAndGet();
              return handler.handle(request);
            });
    return new LocalTables(server, faults, calls);
  }

  public int port() {
    return server.port();
  }

  /** The account's address: {@code http://127.0.0.1:PORT/devstoreaccount1}. */
  public URI endpoint() {
    return URI.create(server.uri() + "/" + Account.NAME);
  }

  /** What the SDK's builders take. */
  public String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;TableEndpoint=%s;"
        .formatted(Account.NAME, Account.KEY, endpoint());
  }

  /**
   * Faults that are put around every call, before anything else is looked at. A transaction is a
   * POST to {@code /devstoreaccount1/$batch}, whose address does not name its table.
   */
  public Faults faults() {
    return faults;
  }

  /** How many calls came so far. Azure bills each as a transaction, a batch as one. */
  public long calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.close();
  }
}
