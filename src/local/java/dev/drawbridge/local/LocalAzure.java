package dev.drawbridge.local;

import dev.drawbridge.Drawbridge;
import dev.drawbridge.DrawbridgeInjector;
import dev.drawbridge.Settings;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.local.arm.LocalArm;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.arm.World;
import dev.drawbridge.local.functions.LocalFunctionsHost;
import dev.drawbridge.local.servicebus.LocalServiceBus;
import dev.drawbridge.local.servicebus.QueueOptions;
import dev.drawbridge.local.tables.LocalTables;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All of the local Azure, with Drawbridge running in it. */
public final class LocalAzure implements AutoCloseable {
  private static final String FUNCTIONS = "dev.drawbridge.functions";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LocalClock clock;
  private final World world;
  private final LocalServiceBus serviceBus;
  private final LocalTables tables;
  private final LocalArm arm;
  private final Map<String, String> values;
  private final LocalFunctionsHost functions;

  private LocalAzure(LocalOptions options) {
    clock = options.clock();
    world = World.sample(clock);
    serviceBus = opened(LocalServiceBus.start(options.ports().serviceBus(), clock, queues()));
    tables = opened(LocalTables.start(options.ports().tables(), clock));
    arm = opened(LocalArm.start(options.ports().arm(), options.ports().graph(), clock, world));
    arm.registerFaults("tables", tables.faults());
    options.record().ifPresent(arm::recordTo);
    values = new HashMap<>(options.settings());
    values.put("ServiceBusConnection", serviceBus.connectionString());
    values.put("LedgerConnection", tables.connectionString());
    values.put("ARM_ENDPOINT", arm.armEndpoint().toString());
    values.put("GRAPH_ENDPOINT", arm.graphEndpoint().toString());
    Drawbridge drawbridge =
        opened(new Drawbridge(Settings.of(values), clock, this::managedIdentity));
    functions =
        opened(
            LocalFunctionsHost.start(
                LocalFunctionsHost.Options.builder(clock, FUNCTIONS, Path.of("host.json"))
                    .port(options.ports().functions())
                    .settings(values)
                    .injector(new DrawbridgeInjector(() -> drawbridge))
                    .requireKeys(options.requireKeys())
                    .functionKey(LocalOptions.FUNCTION_KEY)
                    .masterKey(LocalOptions.MASTER_KEY)
                    .timers(options.timers())
                    .logHandler(options.logHandler())
                    .build()));
  }

  /**
   * Starts everything, or nothing.
   *
   * @throws dev.drawbridge.local.http.PortInUseException if another process has one of the ports
   */
  public static LocalAzure start(LocalOptions options) {
    return new LocalAzure(options);
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

  public LocalFunctionsHost functions() {
    return functions;
  }

  /** The address of the functions' API, without a slash at its end. */
  public URI api() {
    return URI.create(functions.uri() + "/api");
  }

  @Override
  public void close() {
    RuntimeException failed = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failed = failed == null ? new IllegalStateException("Not all could be stopped", e) : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private LocalCredential managedIdentity() {
    return new LocalCredential(
        arm.identityEndpoint(), arm.identityHeader(), SampleWorld.DRAWBRIDGE_CLIENT_ID);
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
