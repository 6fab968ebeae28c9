package dev.drawbridge.simulation;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.port.AccessControl.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Watches what the app does to Azure, at each single effect, and holds it to the invariants. */
final class Judge {
  private final Wire wire;
  private final Supplier<List<Operation>> open;
  private final Predicate<UUID> accounted;
  private final Predicate<OperationId> goesOn;
  private final Set<RoleTemplate> roles;
  private final Brake brake;
  private final Map<UUID, NavigableSet<Instant>> seenGone = new HashMap<>();
  private final Set<String> stood = new HashSet<>();
  private final List<String> violations = new ArrayList<>();

  /**
   * @param open the open operations, as an onlooker reads them
   * @param accounted whether an assignment's grant is in the ledger, or somebody has removed it
   * @param goesOn whether an operation has not ended, or somebody has removed what it waits for
   * @param roles all that may be made
   * @param brake whether all is revoked
   */
  Judge(
      Wire wire,
      Supplier<List<Operation>> open,
      Predicate<UUID> accounted,
      Predicate<OperationId> goesOn,
      Set<RoleTemplate> roles,
      Brake brake) {
    this.wire = wire;
    this.open = open;
    this.accounted = accounted;
    this.goesOn = goesOn;
    this.roles = roles;
    this.brake = brake;
  }

  List<String> violations() {
    return violations;
  }

  void violated(int invariant, String what) {
    String violation = "invariant %d: %s".formatted(invariant, what);
    wire.note("VIOLATION " + violation);
    violations.add(violation);
  }

  void defined(RoleTemplate role, Access access) {
    boolean known =
        roles.contains(role)
            && access.roleId().equals(RoleTemplate.definitionId(World.TENANT, role.name()));
    if (!known) {
      violated(3, "the role %s is none of the templates".formatted(role));
    }
  }

  void assigned(Access access, Marker marker, boolean isForeign) {
    boolean allowed =
        World.PRINCIPALS.contains(access.principalId())
            && access.scope().startsWith("/subscriptions/" + World.SUBSCRIPTION)
            && roles.stream().anyMatch(role -> role.name().equals(access.roleName()));
    if (!allowed) {
      violated(3, "%s was assigned".formatted(access));
    }
    if (isForeign) {
      violated(6, "a foreign assignment was overwritten: " + access);
    }
    if (!accounted.test(access.assignmentName())) {
      violated(2, "%s was assigned and no grant stands for it".formatted(access));
    }
    if (!goesOn.test(marker.operation())) {
      violated(2, "%s has ended, and was granted access".formatted(marker.operation()));
    }
    if (brake.isPulledFor(Grant.IN_FLIGHT_AT_MOST)) {
      violated(2, "%s was granted access, and all is revoked".formatted(marker.operation()));
    }
  }

  /**
   * @param isForgotten whether somebody has removed the grant's row since the call began, and with
   *     it that it is under way
   */
  void unassigned(Assignment assignment, boolean isForgotten) {
    if (Marker.of(assignment.description()).isEmpty()) {
      violated(6, "a foreign assignment was deleted: " + assignment);
    }
    if (isForgotten) {
      return;
    }
    UUID name = assignment.access().assignmentName();
    for (Operation operation : open.get()) {
      boolean holds =
          operation.awaitsConnection()
              && !operation.isExpired(wire.clock.instant())
              && operation.access().map(Access::assignmentName).filter(name::equals).isPresent();
      if (holds) {
        violated(5, "%s lost its access".formatted(operation.id()));
      }
    }
  }

  void seenGone(UUID name) {
    seenGone.computeIfAbsent(name, key -> new TreeSet<>()).add(wire.clock.instant());
  }

  /** A connection has come to stand, from end to end. */
  void stands(String target, String connection) {
    stood.add(place(target, connection));
  }

  private static String place(String target, String connection) {
    return (target + " " + connection).toLowerCase(Locale.ROOT);
  }

  /** Judges an operation that has ended, by what was seen of its access. */
  void ended(Operation operation) {
    if (operation.status() != Status.SUCCEEDED) {
      return;
    }
    // What was seen just when it was connected does not count: its access still stood.
    Instant connected =
        operation.events().stream()
            .filter(event -> event.what().equals("connected"))
            .map(event -> event.at())
            .findFirst()
            .orElse(Instant.MAX);
    boolean gone =
        operation
            .access()
            .map(
                access ->
                    seenGone
                            .getOrDefault(access.assignmentName(), new TreeSet<>())
                            .subSet(connected, operation.endedAt().orElseThrow())
                            .size()
                        > 0)
            .orElse(true);
    String target = operation.request().target().toString();
    boolean connects =
        operation.connection().filter(one -> stood.contains(place(target, one))).isPresent();
    if (!connects || !gone) {
      violated(4, "%s succeeded, unconnected or not seen gone".formatted(operation.id()));
    }
  }
}
