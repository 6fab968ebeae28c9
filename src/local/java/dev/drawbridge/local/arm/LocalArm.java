package dev.drawbridge.local.arm;

import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.PortInUseException;
import dev.drawbridge.local.http.Request;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Azure Resource Manager, Microsoft Graph and the token endpoints on loopback, serving a {@link
 * World}. On Resource Manager's port are also the knobs, under {@code /_local/}.
 */
public final class LocalArm implements AutoCloseable {
  private static final String ARM = "arm";
  private static final String GRAPH = "graph";
  private static final String IDENTITY = "identity";

  private final World world;
  private final Tokens tokens = new Tokens(Clock.systemUTC());
  private final ManagedIdentityEndpoint managedIdentity;
  private final CallLog calls = new CallLog();
  private final Recorder recorder = new Recorder();
  private final Map<String, Faults> faults = new ConcurrentHashMap<>();
  private final LocalServer armServer;
  private final LocalServer graphServer;

  private LocalArm(int armPort, int graphPort, LocalClock clock, World world) {
    this.world = world;
    this.managedIdentity = new ManagedIdentityEndpoint(world, tokens);
    Set<String> armAudiences = audiences("management.azure.com", "management.core.windows.net");
    Set<String> graphAudiences = audiences("graph.microsoft.com");
    Service identities = identityService(clock);
    Service arm = armService(clock, new Authentication(tokens, world, armAudiences));
    Service graph = graphService(clock, new Authentication(tokens, world, graphAudiences));
    Knobs knobs = new Knobs(clock, world, calls, faults);
    armServer =
        LocalServer.start(
            ARM,
            armPort,
            request -> {
              if (Knobs.isFor(request)) {
                return knobs.handle(request);
              }
              return (isForTokens(request) ? identities : arm).handle(request);
            });
    try {
      graphServer = LocalServer.start(GRAPH, graphPort, graph::handle);
    } catch (PortInUseException e) {
      armServer.close();
      throw e;
    }
    armAudiences.add(armEndpoint().toString());
    graphAudiences.add(graphEndpoint().toString());
  }

  /**
   * Starts the services.
   *
   * @param armPort 0 for any free port
   * @param graphPort 0 for any free port
   * @throws PortInUseException naming {@code arm} or {@code graph}
   */
  public static LocalArm start(int armPort, int graphPort, LocalClock clock, World world) {
    return new LocalArm(armPort, graphPort, clock, world);
  }

  private static Set<String> audiences(String... hosts) {
    Set<String> audiences = ConcurrentHashMap.newKeySet();
    List.of(hosts).forEach(host -> audiences.add("https://" + host));
    return audiences;
  }

  private Service armService(Clock clock, Authentication authentication) {
    return new Service(
        ARM,
        clock,
        new ArmService(world, authentication)::handle,
        faults(ARM),
        ArmService::fault,
        authentication::name,
        calls,
        recorder::record);
  }

  private Service graphService(Clock clock, Authentication authentication) {
    GraphService graph = new GraphService(world, authentication);
    return new Service(
        GRAPH,
        clock,
        graph::handle,
        faults(GRAPH),
        graph::fault,
        authentication::name,
        calls,
        recorder::record);
  }

  private static boolean isForTokens(Request request) {
    return TokenEndpoint.isFor(request) || ManagedIdentityEndpoint.isFor(request);
  }

  /** Its answers hold tokens, so they are not recorded. */
  private Service identityService(Clock clock) {
    TokenEndpoint clientCredentials = new TokenEndpoint(world, tokens);
    return new Service(
        IDENTITY,
        clock,
        request ->
            ManagedIdentityEndpoint.isFor(request)
                ? managedIdentity.handle(request)
                : clientCredentials.handle(request),
        faults(IDENTITY),
        clientCredentials::fault,
        request -> Optional.empty(),
        calls,
        (request, response) -> {});
  }

  private Faults faults(String service) {
    return faults.computeIfAbsent(service, name -> new Faults());
  }

  /** {@code http://127.0.0.1:port}. */
  public URI armEndpoint() {
    return armServer.uri();
  }

  /** {@code http://127.0.0.1:port}; the API itself is below {@code /v1.0}. */
  public URI graphEndpoint() {
    return graphServer.uri();
  }

  /** What a managed identity's app finds in IDENTITY_ENDPOINT. */
  public URI identityEndpoint() {
    return armServer.uri().resolve(ManagedIdentityEndpoint.PATH);
  }

  /** What a managed identity's app finds in IDENTITY_HEADER. */
  public String identityHeader() {
    return managedIdentity.header();
  }

  /** The client credentials endpoint of the tenant. */
  public URI tokenEndpoint() {
    return armServer.uri().resolve("/" + world.tenantId() + "/oauth2/v2.0/token");
  }

  public World world() {
    return world;
  }

  public CallLog calls() {
    return calls;
  }

  public Faults armFaults() {
    return faults(ARM);
  }

  public Faults graphFaults() {
    return faults(GRAPH);
  }

  public Faults identityFaults() {
    return faults(IDENTITY);
  }

  /** Lets {@code /_local/faults} reach the faults of another service. */
  public void registerFaults(String service, Faults others) {
    faults.put(service, others);
  }

  /** Lets all tokens issued so far be past their time. */
  public void expireTokens() {
    tokens.expireAll();
  }

  /** Writes the calls to ARM and Graph to a file from now on, one JSON line each. */
  public void recordTo(Path jsonl) {
    recorder.to(jsonl);
  }

  @Override
  public void close() {
    armServer.close();
    graphServer.close();
  }
}
