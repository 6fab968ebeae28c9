package dev.drawbridge;

import static java.util.Map.entry;

import com.azure.core.credential.TokenCredential;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.MatchCode;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.flow.Backoff;
import dev.drawbridge.access.flow.BreakGlass;
import dev.drawbridge.access.flow.Granting;
import dev.drawbridge.access.flow.Intake;
import dev.drawbridge.access.flow.Operations;
import dev.drawbridge.access.flow.Orphans;
import dev.drawbridge.access.flow.Parking;
import dev.drawbridge.access.flow.Replaying;
import dev.drawbridge.access.flow.Sweep;
import dev.drawbridge.access.flow.Telling;
import dev.drawbridge.access.port.Ledger;
import dev.drawbridge.azure.RoleTemplates;
import dev.drawbridge.functions.Answers;
import dev.drawbridge.functions.ApproveConnection;
import dev.drawbridge.functions.CancelOperation;
import dev.drawbridge.functions.DeadLetters;
import dev.drawbridge.functions.GetOperation;
import dev.drawbridge.functions.GrantPeeringAccess;
import dev.drawbridge.functions.GrantPrivateLinkAccess;
import dev.drawbridge.functions.Health;
import dev.drawbridge.functions.ListOperations;
import dev.drawbridge.functions.OpenApi;
import dev.drawbridge.functions.ParkPeeringRequests;
import dev.drawbridge.functions.ParkPrivateLinkRequests;
import dev.drawbridge.functions.ReceiveWebhook;
import dev.drawbridge.functions.RemoveOrphans;
import dev.drawbridge.functions.Replay;
import dev.drawbridge.functions.RequestPeering;
import dev.drawbridge.functions.RequestPrivateLink;
import dev.drawbridge.functions.Requests;
import dev.drawbridge.functions.ResumeGrants;
import dev.drawbridge.functions.RevokeAll;
import dev.drawbridge.functions.RevokeConfirmedAccess;
import dev.drawbridge.functions.TellTickets;
import dev.drawbridge.queue.ServiceBusRequestQueue;
import dev.drawbridge.tickets.outbound.Outbound;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The object graph. Everything is made once and at first use, so that a function that takes
 * requests in never loads what talks to Azure Resource Manager.
 */
public final class Drawbridge implements AutoCloseable {
  private final Settings settings;
  private final Clock clock;
  private final Once<Ledger> ledger;
  private final Once<ServiceBusRequestQueue> queue;
  private final Once<Azure> azure;
  private final Once<Outbound> outbound;
  private final Once<Map<ConnectionKind, RoleTemplate>> roles = new Once<>(this::loadRoles);
  private final Once<Intake> intake = new Once<>(this::makeIntake);
  private final Once<Operations> operations = new Once<>(this::makeOperations);
  private final Once<Granting> granting = new Once<>(this::makeGranting);
  private final Once<DeadLetters> deadLetters = new Once<>(this::makeDeadLetters);
  private final Once<Replaying> replaying = new Once<>(this::makeReplaying);
  private final Once<Sweep> sweep = new Once<>(this::makeSweep);
  private final Once<BreakGlass> breakGlass = new Once<>(this::makeBreakGlass);
  private final Once<Orphans> orphans = new Once<>(this::makeOrphans);
  private final Once<Telling> telling = new Once<>(this::makeTelling);
  private final Map<Class<?>, Supplier<?>> functions;

  /** The app as Azure runs it: the system's clock and the app's managed identity. */
  public static Drawbridge of(Settings settings) {
    return new Drawbridge(settings, Clock.systemUTC(), () -> Connections.managedIdentity(settings));
  }

  /**
   * @param credential makes the identity that calls Azure; asked for at the first call
   */
  public Drawbridge(Settings settings, Clock clock, Supplier<TokenCredential> credential) {
    this.settings = settings;
    this.clock = clock;
    Once<TokenCredential> identity = new Once<>(credential);
    ledger = new Once<>(() -> Connections.ledger(settings.ledger(), identity));
    queue = new Once<>(() -> Connections.queue(settings.serviceBus(), identity, clock));
    azure = new Once<>(() -> new Azure(settings, identity.get(), clock));
    outbound =
        new Once<>(
            () ->
                new Outbound(
                    settings.tickets(), settings.callbacks(), settings.publicUrl(), clock));
    Answers answers = new Answers(settings.publicUrl());
    Once<Requests> requests =
        new Once<>(() -> new Requests(intake.get(), settings.limits(), answers));
    functions =
        Map.ofEntries(
            entry(RequestPeering.class, () -> new RequestPeering(requests.get())),
            entry(RequestPrivateLink.class, () -> new RequestPrivateLink(requests.get())),
            entry(ApproveConnection.class, () -> new ApproveConnection(operations.get(), answers)),
            entry(GetOperation.class, () -> new GetOperation(operations.get(), answers)),
            entry(ListOperations.class, () -> new ListOperations(operations.get(), answers)),
            entry(CancelOperation.class, () -> new CancelOperation(operations.get(), answers)),
            entry(Health.class, () -> new Health(operations.get(), answers, clock)),
            entry(OpenApi.class, new Once<>(OpenApi::new)),
            entry(
                GrantPeeringAccess.class,
                () -> new GrantPeeringAccess(granting.get(), telling.get())),
            entry(
                GrantPrivateLinkAccess.class,
                () -> new GrantPrivateLinkAccess(granting.get(), telling.get())),
            entry(ParkPeeringRequests.class, () -> new ParkPeeringRequests(deadLetters.get())),
            entry(
                ParkPrivateLinkRequests.class,
                () -> new ParkPrivateLinkRequests(deadLetters.get())),
            entry(Replay.class, () -> new Replay(replaying.get(), answers)),
            entry(
                ReceiveWebhook.class,
                () ->
                    new ReceiveWebhook(
                        settings.webhooks(), requests.get(), operations.get(), answers, clock)),
            entry(RevokeAll.class, () -> new RevokeAll(breakGlass.get(), answers)),
            entry(ResumeGrants.class, () -> new ResumeGrants(breakGlass.get(), answers)),
            entry(RemoveOrphans.class, () -> new RemoveOrphans(orphans.get())),
            entry(TellTickets.class, () -> new TellTickets(telling.get())),
            entry(RevokeConfirmedAccess.class, () -> new RevokeConfirmedAccess(sweep.get())));
  }

  /**
   * A function's instance.
   *
   * @throws IllegalArgumentException if the class is none of the app's functions
   */
  public <T> T function(Class<T> type) {
    Supplier<?> maker = functions.get(type);
    if (maker == null) {
      throw new IllegalArgumentException("Drawbridge makes no " + type.getName());
    }
    return type.cast(maker.get());
  }

  @Override
  public void close() {
    queue.ifMade(ServiceBusRequestQueue::close);
    outbound.ifMade(Outbound::close);
  }

  private Policy policy() {
    return new Policy(
        settings.tenantId(), settings.allowedSubscriptions(), settings.limits().longestExpiry());
  }

  private Map<ConnectionKind, RoleTemplate> loadRoles() {
    return RoleTemplates.load();
  }

  private Intake makeIntake() {
    return new Intake(
        ledger.get(), queue.get(), outbound.get(), policy(), MatchCode::random, clock);
  }

  private Operations makeOperations() {
    return new Operations(ledger.get(), clock);
  }

  private Granting makeGranting() {
    return new Granting(
        ledger.get(),
        queue.get(),
        azure.get().networks,
        azure.get().directory,
        azure.get().accessControl,
        new Granting.Rules(
            policy(),
            settings.grantScope(),
            roles.get(),
            settings.vendorApplicationId(),
            settings.ownPrincipalId(),
            Backoff.DEFAULT),
        clock);
  }

  private BreakGlass makeBreakGlass() {
    return new BreakGlass(ledger.get(), sweep.get(), clock);
  }

  private Orphans makeOrphans() {
    return new Orphans(
        ledger.get(), azure.get().accessControl, policy(), roles.get().values(), clock);
  }

  private DeadLetters makeDeadLetters() {
    return new DeadLetters(new Parking(ledger.get(), queue.get(), clock), telling.get());
  }

  private Replaying makeReplaying() {
    return new Replaying(ledger.get(), intake.get(), policy(), settings.limits(), clock);
  }

  private Telling makeTelling() {
    return new Telling(ledger.get(), outbound.get(), clock);
  }

  private Sweep makeSweep() {
    return new Sweep(
        ledger.get(),
        queue.get(),
        azure.get().networks,
        azure.get().accessControl,
        settings.trustedRemotes(),
        settings.tenantId(),
        clock);
  }
}
