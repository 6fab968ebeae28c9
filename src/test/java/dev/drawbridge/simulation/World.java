package dev.drawbridge.simulation;

import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.MatchCode;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Policy;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TrustedRemotes;
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
import dev.drawbridge.access.port.Versioned;
import dev.drawbridge.azure.RoleTemplates;
import dev.drawbridge.ledger.TableLedger;
import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A world for the app to live in, and instances of the app. */
final class World {
  static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  static final UUID TENANT = UUID.fromString("aaaabbbb-0000-cccc-1111-dddd2222eeee");
  static final UUID SUBSCRIPTION = UUID.fromString("aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e");
  static final UUID NOT_SERVED = UUID.fromString("9999aaaa-bb1b-cc2c-dd3d-eeeeee4e4e4e");
  static final UUID ASTRO = UUID.fromString("cccc2c2c-dd3d-ee4e-ff5f-aaaaaa6a6a6a");
  static final UUID VENDOR = UUID.fromString("bbbbcccc-1111-dddd-2222-eeee3333ffff");
  static final UUID OWN = UUID.fromString("dddd1111-2222-3333-4444-555566667777");
  static final Set<UUID> PRINCIPALS = Set.of(VENDOR, OWN);
  static final Logger LOG = Logger.getLogger("simulation");
  private static final String STORAGE = "Microsoft.Storage/storageAccounts";

  static {
    LOG.setLevel(Level.OFF);
  }

  /** One instance of the app: its own objects, of which nothing outlives a crash. */
  final class Instance {
    final Intake intake;
    final Operations operations;
    final Granting granting;
    final Sweep sweep;
    final Telling telling;
    final Orphans orphans;
    final Parking parking;
    final Replaying replaying;
    final BreakGlass brake;

    Instance() {
      Ledger ledger = new TableLedger(table, () -> LOG);
      intake = new Intake(ledger, queue, tickets, POLICY, World.this::code, wire.clock);
      operations = new Operations(ledger, wire.clock);
      granting =
          new Granting(
              ledger,
              queue,
              targets,
              targets,
              assignments,
              new Granting.Rules(
                  POLICY, scope, ROLES, new UUID(0, 1), Optional.of(OWN), Backoff.DEFAULT),
              wire.clock);
      sweep =
          new Sweep(ledger, queue, targets, assignments, TrustedRemotes.ANY, TENANT, wire.clock);
      telling = new Telling(ledger, tickets, wire.clock);
      orphans = new Orphans(ledger, assignments, POLICY, ROLES.values(), wire.clock);
      parking = new Parking(ledger, queue, wire.clock);
      replaying = new Replaying(ledger, intake, POLICY, LIMITS, wire.clock);
      brake = new BreakGlass(ledger, sweep, wire.clock);
    }
  }

  private static final Policy POLICY = new Policy(TENANT, Set.of(SUBSCRIPTION));
  private static final Limits LIMITS = new Limits(Duration.ofDays(1), Duration.ofDays(7));
  private static final Map<ConnectionKind, RoleTemplate> ROLES = RoleTemplates.load();

  final Wire wire;
  final TableModel table;
  final QueueModel queue;
  final TicketModel tickets;
  final GivenUp givenUp = new GivenUp(this);
  final Brake brake;
  final Judge judge;
  final Assignments assignments;
  final Targets targets;

  /** The ledger for who only looks on. */
  final Ledger onlooker;

  private final GrantScope scope;
  private final Map<String, Operation> read = new HashMap<>();
  private List<Operation> open = List.of();
  private int openAt;

  /**
   * @param deliveries how often a message is delivered before its queue gives it up
   */
  World(Random random, GrantScope scope, int deliveries) {
    this.scope = scope;
    wire = new Wire(LocalClock.standingAt(START), random);
    table = new TableModel(wire);
    queue = new QueueModel(wire, deliveries);
    tickets = new TicketModel(wire);
    onlooker = new TableLedger(table.silently(), () -> LOG);
    brake = new Brake(wire.clock::instant);
    judge = new Judge(wire, this::open, this::isAccounted, this::goesOn, roles(), brake);
    assignments = new Assignments(wire, judge, name -> table.losses(name.toString()));
    targets = new Targets(wire, assignments, judge);
  }

  private static Set<RoleTemplate> roles() {
    Set<RoleTemplate> roles = new HashSet<>(ROLES.values());
    ROLES.values().forEach(role -> roles.add(role.forResourceType(STORAGE)));
    return roles;
  }

  private MatchCode code() {
    StringBuilder code = new StringBuilder("DB-");
    for (int i = 0; i < 9; i++) {
      code.append(i == 4 ? '-' : "23456789ABCDEFGHJKMNPQRSTWXYZ".charAt(wire.random.nextInt(29)));
    }
    return new MatchCode(code.toString());
  }

  static ConnectionRequest request(Map<String, ?> fields) {
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(fields, LIMITS);
    if (parsed instanceof Parsed.Valid<ConnectionRequest> valid) {
      return valid.value();
    }
    throw new AssertionError(parsed.toString());
  }

  private boolean isAccounted(UUID assignment) {
    return table.hasLost() || onlooker.grant(assignment).isPresent();
  }

  private boolean goesOn(OperationId id) {
    return table.hasLost()
        || open().stream().anyMatch(one -> one.id().equals(id) && one.endedAt().isEmpty());
  }

  List<Operation> open() {
    if (openAt != table.changes()) {
      openAt = table.changes();
      open = table.here("open").stream().flatMap(row -> open(row).stream()).toList();
    }
    return open;
  }

  /** Each version of a row is read once: most of a life's time would go into it otherwise. */
  private Optional<Operation> open(TableEntity row) {
    Operation known = read.get(row.getETag());
    if (known != null && known.status() != Status.NOT_STARTED) {
      return Optional.of(known);
    }
    // A new one may stand beside one that has ended, and is open no more.
    Optional<Operation> found =
        onlooker
            .operation(OperationId.parse(row.getRowKey()))
            .filter(one -> one.version().equals(row.getETag()))
            .map(Versioned::value);
    found.ifPresent(one -> read.put(row.getETag(), one));
    return found;
  }

  /** The operation that a message names, unless it is somebody's rubbish. */
  Optional<OperationId> operationOf(QueueModel.Message message) {
    try {
      return Optional.of(queue.read(message.body).operation());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<Operation> look(OperationId id) {
    return onlooker.operation(id).map(Versioned::value);
  }
}
