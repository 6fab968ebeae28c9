package dev.drawbridge.local.arm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who holds which role where, and what that allows. Guarded by World. */
final class RoleAssignments {
  /**
   * @param until when it ends by itself
   */
  private record Held(
      RoleAssignment assignment, Instant effectiveFrom, Instant listedFrom, Instant until) {}

  /** A deleted assignment that some parts of Azure still believe in. */
  private record Gone(
      RoleAssignment assignment, RoleDefinition role, Instant effectiveUntil, Instant listedUntil) {
    boolean isForgotten(Instant now) {
      return !effectiveUntil.isAfter(now) && !listedUntil.isAfter(now);
    }
  }

  private final RoleDefinitions roles;
  private final Clock clock;
  private final RoleAssignmentSchedules schedules;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final List<Gone> gone = new ArrayList<>();

  RoleAssignments(RoleDefinitions roles, Clock clock) {
    this.roles = roles;
    this.clock = clock;
    this.schedules = new RoleAssignmentSchedules(this, clock);
  }

  /** What makes those that end by themselves. */
  RoleAssignmentSchedules schedules() {
    return schedules;
  }

  /** Those that have not ended by themselves. */
  private Map<String, Held> held() {
    Instant now = clock.instant();
    held.values().removeIf(entry -> !entry.until().isAfter(now));
    return held;
  }

  /**
   * Makes an assignment, or updates one whose scope, principal and role are the same.
   *
   * @return whether it is new
   */
  boolean put(RoleAssignment wanted, Instant now, Duration accessDelay, Duration listDelay) {
    return put(wanted, Instant.MAX, now, accessDelay, listDelay);
  }

  /** As the one without an end, which only one that is new can be given. */
  boolean put(
      RoleAssignment wanted, Instant until, Instant now, Duration accessDelay, Duration listDelay) {
    Held before = held().get(wanted.name());
    if (before == null) {
      Optional<RoleAssignment> twin =
          all().stream().filter(other -> other.isSameGrantAs(wanted)).findFirst();
      if (twin.isPresent()) {
        throw new ArmException(
            409,
            "RoleAssignmentExists",
            "The role assignment already exists. The ID of the existing role assignment is %s."
                .formatted(twin.get().name().replace("-", "")));
      }
      held.put(wanted.name(), new Held(wanted, now.plus(accessDelay), now.plus(listDelay), until));
      return true;
    }
    if (!before.assignment().isSameGrantAs(wanted)) {
      throw new ArmException(
          400,
          "RoleAssignmentUpdateNotPermitted",
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    }
    held.put(
        wanted.name(),
        new Held(wanted, before.effectiveFrom(), before.listedFrom(), before.until()));
    return false;
  }

  /** Has one that is there end at another time. */
  void end(String name, Instant until) {
    held()
        .computeIfPresent(
            name,
            (key, entry) ->
                new Held(entry.assignment(), entry.effectiveFrom(), entry.listedFrom(), until));
  }

  Optional<RoleAssignment> find(String name) {
    return Optional.ofNullable(held().get(name.toLowerCase(Locale.ROOT))).map(Held::assignment);
  }

  Optional<RoleAssignment> remove(
      String name, Instant now, Duration accessDelay, Duration listDelay) {
    Held removed = held().remove(name.toLowerCase(Locale.ROOT));
    if (removed == null) {
      return Optional.empty();
    }
    roles
        .stored(removed.assignment().roleName())
        .ifPresent(
            role ->
                gone.add(
                    new Gone(
                        removed.assignment(), role, now.plus(accessDelay), now.plus(listDelay))));
    return Optional.of(removed.assignment());
  }

  List<RoleAssignment> all() {
    return held().values().stream().map(Held::assignment).toList();
  }

  /** What a list shows, which may lag behind. */
  List<RoleAssignment> listed(Instant now) {
    gone.removeIf(past -> past.isForgotten(now));
    return Stream.concat(
            held().values().stream()
                .filter(entry -> !entry.listedFrom().isAfter(now))
                .map(Held::assignment),
            gone.stream().filter(past -> past.listedUntil().isAfter(now)).map(Gone::assignment))
        .toList();
  }

  /** Whether any assignment that is in effect allows the principal the action at the scope. */
  boolean permits(String principalId, String action, ResourceId scope, Instant now) {
    gone.removeIf(past -> past.isForgotten(now));
    boolean byHeld =
        held().values().stream()
            .filter(entry -> !entry.effectiveFrom().isAfter(now))
            .map(Held::assignment)
            .filter(assignment -> applies(assignment, principalId, scope))
            .flatMap(assignment -> roles.stored(assignment.roleName()).stream())
            .anyMatch(role -> role.grants(action));
    return byHeld
        || gone.stream()
            .filter(past -> past.effectiveUntil().isAfter(now))
            .filter(past -> applies(past.assignment(), principalId, scope))
            .anyMatch(past -> past.role().grants(action));
  }

  private static boolean applies(RoleAssignment assignment, String principalId, ResourceId scope) {
    return assignment.principalId().equals(principalId) && scope.isAtOrBelow(assignment.scope());
  }
}
