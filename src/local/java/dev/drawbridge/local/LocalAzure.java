package dev.drawbridge.local;

import com.azure.core.credential.TokenCredential;
import dev.drawbridge.Drawbridge;
import dev.drawbridge.DrawbridgeInjector;
import dev.drawbridge.Settings;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.local.arm.LocalArm;
import dev.drawbridge.local.arm.ManagedIdentityTokens;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.arm.World;
import dev.drawbridge.local.functions.LocalFunctionsHost;
import dev.drawbridge.local.servicebus.LocalServiceBus;
import dev.drawbridge.local.servicebus.QueueOptions;
import dev.drawbridge.local.tables.LocalTables;
import dev.drawbridge.local.tickets.LocalTickets;
import dev.drawbridge.tickets.outbound.Tickets;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All of the local Azure, with Drawbridge running in it. */
public final class LocalAzure implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LocalAzure.class.getName());
  private static final String FUNCTIONS = "dev.drawbridge.functions";

  private final Deque<AutoCloseable> open;
  private final LocalClock clock;
  private final World world;
  private final LocalServiceBus serviceBus;
  private final LocalTables tables;
  private final LocalArm arm;
  private final LocalTickets tickets;
  private final LocalFunctionsHost functions;

  private LocalAzure(LocalOptions options, Deque<AutoCloseable> open) {
    this.open = open;
    clock = options.clock();
    world = World.sample(clock);
    serviceBus = opened(LocalServiceBus.start(options.ports().serviceBus(), clock, queues()));
    tables = opened(LocalTables.start(options.ports().tables(), clock));
    arm = opened(LocalArm.start(options.ports().arm(), options.ports().graph(), clock, world));
    arm.registerFaults("tables", tables.faults());
    options.record().ifPresent(arm::recordTo);
    tickets = opened(LocalTickets.start(clock, options.ports().tickets()));
    Map<String, String> values = new HashMap<>(options.settings());
    values.put("ServiceBusConnection", serviceBus.connectionString());
    values.put("LedgerConnection", tables.connectionString());
    values.put("ARM_ENDPOINT", arm.armEndpoint().toString());
    values.put("GRAPH_ENDPOINT", arm.graphEndpoint().toString());
    values.computeIfPresent(Tickets.SETTING, (name, document) -> TicketUrls.of(tickets, document));
    Settings settings = Settings.of(values);
    if (settings.assignments() == Settings.Assignments.TIME_BOUND) {
      SampleWorld.allowTimeBoundAssignments(world);
    }
    Drawbridge drawbridge = opened(new Drawbridge(settings, clock, this::managedIdentity));
    functions =
        opened(
            LocalFunctionsHost.start(
                new LocalFunctionsHost.Options(
                    options.ports().functions(),
                    clock,
                    FUNCTIONS,
                    values,
                    Path.of("host.json"),
                    new DrawbridgeInjector(() -> drawbridge),
                    options.requireKeys(),
                    LocalOptions.FUNCTION_KEY,
                    LocalOptions.MASTER_KEY,
                    options.timers(),
                    options.logHandler())));
    tickets.sendTo(api());
  }

  /**
   * Starts everything, or nothing.
   *
   * @throws dev.drawbridge.local.http.PortInUseException if another process has one of the ports
   */
  public static LocalAzure start(LocalOptions options) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      return new LocalAzure(options, open);
    } catch (RuntimeException e) {
      close(open);
      throw e;
    }
  }

  public LocalClock clock() {
    return clock;
  }

  public World world() {
    return world;
  }

  public LocalServiceBus serviceBus() {
    return serviceBus;
  }

  public LocalTables tables() {
    return tables;
  }

  public LocalArm arm() {
    return arm;
  }

  public LocalTickets tickets() {
    return tickets;
  }

  public LocalFunctionsHost functions() {
    return functions;
  }

  /** The address of the functions' API, without a slash at its end. */
  public URI api() {
    return URI.create(functions.uri() + "/api");
  }

  /** Stops everything, last started first. */
  @Override
  public void close() {
    close(open);
  }

  private static void close(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      AutoCloseable service = open.pop();
      try {
        service.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, e, () -> service + " did not stop cleanly");
      }
    }
  }

  private TokenCredential managedIdentity() {
    return new ManagedIdentityTokens(arm.identityEndpoint(), arm.identityHeader());
  }

  private <T extends AutoCloseable> T opened(T service) {
    open.push(service);
    return service;
  }

  private static List<QueueOptions> queues() {
    return Arrays.stream(ConnectionKind.values())
        .map(ConnectionKind::queue)
        .distinct()
        .map(QueueOptions::named)
        .toList();
  }
}
