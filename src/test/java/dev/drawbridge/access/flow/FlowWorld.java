package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.fakes.FakeMessenger;
import dev.drawbridge.access.fakes.FakeQueue;
import dev.drawbridge.access.fakes.InMemoryLedger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The flow over fakes, and what must hold of it whatever happens. */
final class FlowWorld {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final String ROLE = "Astro VNET Peering Contributor";
  static final String SUBSCRIPTION = "/subscriptions/" + Samples.SUBSCRIPTION;

  /** What a peering's operation is granted. */
  static final Access ACCESS =
      new Access(
          SUBSCRIPTION, ROLE, RoleTemplate.definitionId(Samples.TENANT, ROLE), FakeAzure.VENDOR);

  private static final UUID UNRELATED = UUID.fromString("00000000-0000-0000-0000-0000000000aa");
  static final Logger LOG = Logger.getLogger("flow");

  static {
    LOG.setLevel(Level.OFF);
  }

  final Calls calls = new Calls();
  final LocalClock clock = LocalClock.standingAt(START);
  final InMemoryLedger ledger = new InMemoryLedger(calls);
  final FakeQueue queue = new FakeQueue(calls, clock);
  final FakeAzure azure = new FakeAzure(calls);
  final Policy policy = new Policy(Samples.TENANT, Set.of(Samples.SUBSCRIPTION));
  final FakeMessenger messenger = new FakeMessenger(calls);
  final Intake intake = new Intake(ledger, queue, messenger, policy, () -> Samples.CODE, clock);
  final Operations operations = new Operations(ledger, clock);
  final Granting granting = granting(policy);
  final Sweep sweep =
      new Sweep(ledger, queue, azure, azure, TrustedRemotes.ANY, Samples.TENANT, clock);

  final Parking parking = new Parking(ledger, queue, clock);
  final Replaying replaying =
      new Replaying(
          ledger, intake, policy, new Limits(Duration.ofDays(3), Duration.ofDays(7)), clock);
  final Telling telling = new Telling(ledger, messenger, clock);

  FlowWorld() {
    azure.addNetwork(Samples.request().target());
    azure.assignByHand(
        UNRELATED,
        new Access(SUBSCRIPTION, "Reader", UNRELATED, FakeAzure.VENDOR),
        "Somebody else's");
  }

  static ConnectionRequest request(String ticket, String cluster, String network) {
    Map<String, Object> fields = new HashMap<>(Samples.fields());
    fields.put("ticket", Map.of("system", "zendesk", "id", ticket));
    fields.put("clusterId", cluster);
    fields.put("vnetName", network);
    return Samples.valid(fields);
  }

  /** As the settings may have it at another time. */
  Granting granting(Policy allowed) {
    return new Granting(
        ledger,
        queue,
        azure,
        azure,
        azure,
        new Granting.Rules(
            allowed,
            GrantScope.SUBSCRIPTION,
            Map.of(
                ConnectionKind.VNET_PEERING,
                new RoleTemplate(ROLE, "Peers.", Set.of("Microsoft.Network/virtualNetworks/read"))),
            UUID.fromString("a67e6057-7138-4f78-bbaf-fd9db7b8aab0"),
            Optional.empty(),
            Backoff.DEFAULT),
        clock);
  }

  OperationId accept(ConnectionRequest request) {
    Intake.Result result = intake.accept(request, Optional.empty(), "api", LOG);
    return assertInstanceOf(Intake.Result.Accepted.class, result).operation().id();
  }

  /** As {@link #accept}, whatever goes wrong: the caller sends it until it is accepted. */
  OperationId acceptInTheEnd(ConnectionRequest request) {
    for (int i = 0; i < 5; i++) {
      try {
        if (intake.accept(request, Optional.empty(), "api", LOG)
            instanceof Intake.Result.Accepted accepted) {
          return accepted.operation().id();
        }
      } catch (RuntimeException | Calls.Crash e) {
        // The caller saw no answer, and sends it again.
      }
    }
    throw new AssertionError("not accepted");
  }

  void deliver() {
    queue.deliverDue(granting, LOG);
  }

  void tell() {
    int unused = telling.run(LOG);
  }

  void sweep() {
    SweepReport unused = sweep.run(LOG);
  }

  /** Lets the app run; a crash, or what the host would see as a failed function, ends one step. */
  void run(Duration time) {
    for (Duration run = Duration.ZERO; run.compareTo(time) < 0; run = run.plusMinutes(1)) {
      clock.advance(Duration.ofMinutes(1));
      step(this::deliver);
      step(this::sweep);
      step(this::tell);
    }
  }

  /** Nobody knows whether the call had its effect, or has it yet. */
  static PassingFault noAnswer() {
    return new PassingFault(
        "noAnswer", "no answer", Optional.empty(), true, new IllegalStateException());
  }

  /** Has {@code part} run just before the next call of that name. */
  void justBefore(String call, Runnable part) {
    calls.before(
        (number, name) -> {
          if (name.equals(call)) {
            calls.noHooks();
            part.run();
          }
        });
  }

  /** Has every call of that name fail. */
  void always(String call, RuntimeException fault) {
    calls.before(
        (number, name) -> {
          if (name.equals(call)) {
            throw fault;
          }
        });
  }

  /** What an operation's events are, in order. */
  List<String> events(OperationId id) {
    return look(id).events().stream().map(Event::what).toList();
  }

  /** What an operation's ticket was told, in order. */
  List<String> told(OperationId id) {
    return messenger.told(look(id).request().terms().ticket());
  }

  /** The call certainly had no effect. */
  static PassingFault busy() {
    return new PassingFault("TooManyRequests", "busy");
  }

  static void step(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Calls.Crash e) {
      // The next tick, or the next delivery, goes on.
    }
  }

  Operation look(OperationId id) {
    return ledger.look(id);
  }

  /** The assignments of the role that Drawbridge lends out. */
  long temporaryAssignments() {
    return azure.assignments().values().stream()
        .filter(one -> one.access().roleName().equals(ROLE))
        .count();
  }

  /** What must hold once everything has had the time to settle. */
  void assertSettled(OperationId id, String story) {
    tell();
    Operation operation = look(id);
    assertTrue(operation.endedAt().isPresent(), story + ": did not end: " + operation);
    assertEquals(0, temporaryAssignments(), story + ": access is still there");
    assertFalse(azure.hasRole(ROLE), story + ": the role is still there");
    assertEquals(0, ledger.grantCount(), story + ": the ledger still has a grant");
    assertTrue(azure.assignments().containsKey(UNRELATED), story + ": a foreign one was touched");
    assertEquals(0, queue.deadLettered(), story + ": a message was given up");
    assertTrue(operation.isOver(), story + ": not all is told: " + operation.outbox());
    assertEquals(
        operation.outbox().notices().stream().map(Notice::key).toList(),
        messenger.told(operation.request().terms().ticket()),
        story + ": each step is told once, in its order");
    if (operation.status() == Status.SUCCEEDED) {
      assertTrue(operation.connection().isPresent(), story + ": succeeded unconnected");
      assertTrue(azure.seenGone(), story + ": succeeded, and nobody saw the access gone");
    }
  }
}
