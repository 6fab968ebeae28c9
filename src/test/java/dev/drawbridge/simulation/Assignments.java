package dev.drawbridge.simulation;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Role definitions and assignments as Azure has them, and as it shows them: some time later. */
final class Assignments implements AccessControl {
  /** What a look may miss. Azure says "up to minutes" for lists; a GET by id is far closer. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(40);

  /** One assignment, whoever made it. */
  private record Entry(Assignment assignment, Instant since) {}

  private final Wire wire;
  private final Judge judge;
  private final Map<UUID, Entry> entries = new TreeMap<>();
  private final Map<UUID, Entry> deleted = new TreeMap<>();
  private final Map<String, UUID> roles = new TreeMap<>();
  private final Set<UUID> byHand = new HashSet<>();
  private final Set<String> locked = new HashSet<>();
  private boolean lags;
  private final ToIntFunction<UUID> losses;
  private boolean wasUsedByOthers;

  /**
   * @param losses how often somebody has removed the row of an assignment's grant
   */
  Assignments(Wire wire, Judge judge, ToIntFunction<UUID> losses) {
    this.wire = wire;
    this.judge = judge;
    this.losses = losses;
  }

  /** Whether what is shown may be older than what is. */
  void lag(boolean changed) {
    lags = changed;
  }

  @Override
  public Optional<UUID> findRole(RoleTemplate role, String scope) {
    return wire.read("arm find role", () -> Optional.ofNullable(roles.get(role.name())));
  }

  @Override
  public String defineRole(RoleTemplate role, Access access) {
    return wire.write(
        "arm define role",
        () -> {
          judge.defined(role, access);
          roles.put(role.name(), access.roleId());
          return call();
        });
  }

  @Override
  public Optional<Assignment> find(Access access) {
    UUID name = access.assignmentName();
    return wire.read(
        "arm find assignment " + name,
        () -> {
          Optional<Assignment> shown = shown(name);
          if (shown.isEmpty()) {
            judge.seenGone(name);
          }
          return shown;
        });
  }

  private Optional<Assignment> shown(UUID name) {
    Entry entry = entries.get(name);
    if (lags && wire.random.nextInt(3) == 0) {
      Instant old = wire.clock.instant().minus(SHOWN_WITHIN);
      Optional<Assignment> past =
          Optional.ofNullable(deleted.get(name))
              .filter(one -> one.since().isAfter(old))
              .map(Entry::assignment);
      if (entry == null || entry.since().isAfter(old)) {
        return past;
      }
    }
    return Optional.ofNullable(entry).map(Entry::assignment);
  }

  @Override
  public List<Assignment> ours(String subscriptionId) {
    return wire.read(
        "arm list ours",
        () -> {
          List<Assignment> shown = new ArrayList<>();
          Set<UUID> names = new TreeSet<>(entries.keySet());
          names.addAll(deleted.keySet());
          for (UUID name : names) {
            shown(name)
                .filter(one -> one.access().assignmentName().equals(name))
                .filter(one -> Marker.of(one.description()).isPresent())
                .map(Assignments::withoutRoleName)
                .ifPresent(shown::add);
          }
          return shown;
        });
  }

  @Override
  public String assign(Access access, String description) {
    UUID name = access.assignmentName();
    return wire.write(
        "arm assign " + name,
        () -> {
          if (!roles.containsValue(access.roleId())) {
            throw new PermanentFault("RoleDefinitionDoesNotExist", "no such role");
          }
          boolean exists =
              entries.entrySet().stream()
                  .anyMatch(
                      one ->
                          !one.getKey().equals(name)
                              && one.getValue().assignment().access().isSameAs(access));
          if (exists) {
            throw new PermanentFault("assignmentExists", "made by hand");
          }
          judge.assigned(access, Marker.of(description).orElseThrow(), byHand.contains(name));
          put(name, new Assignment(access, description));
          return call();
        });
  }

  @Override
  public String unassign(Access access) {
    UUID name = access.assignmentName();
    int lost = losses.applyAsInt(name);
    return wire.write(
        "arm unassign " + name,
        () -> {
          Entry entry = entries.get(name);
          if (entry == null) {
            return "";
          }
          if (locked.stream().anyMatch(access.scope()::startsWith)) {
            throw new PermanentFault("ScopeLocked", "a CanNotDelete lock is on the scope");
          }
          judge.unassigned(entry.assignment(), losses.applyAsInt(name) > lost);
          remove(name);
          return call();
        });
  }

  @Override
  public boolean deleteRole(Access access) {
    return wire.write(
        "arm delete role",
        () -> {
          boolean used =
              entries.values().stream()
                  .anyMatch(one -> one.assignment().access().roleId().equals(access.roleId()));
          return !used && roles.values().remove(access.roleId());
        });
  }

  // What happens in Azure without the app.

  void put(UUID name, Assignment assignment) {
    entries.put(name, new Entry(assignment, wire.clock.instant()));
  }

  void putByHand(UUID name, Assignment assignment) {
    byHand.add(name);
    wasUsedByOthers = true;
    roles.putIfAbsent(assignment.access().roleName(), assignment.access().roleId());
    entries.put(name, new Entry(assignment, Instant.MIN)); // one not shown can't be told from ours
  }

  /** Changes one that has been there: no look misses it for that. */
  void edit(UUID name, Assignment changed) {
    Entry entry = entries.get(name);
    if (entry != null) {
      entries.put(name, new Entry(changed, Instant.MIN));
      wasUsedByOthers = true;
    }
  }

  void remove(UUID name) {
    Entry entry = entries.remove(name);
    byHand.remove(name);
    if (entry != null) {
      deleted.put(name, new Entry(entry.assignment(), wire.clock.instant()));
    }
  }

  void lock(String scope) {
    locked.add(scope);
  }

  void unlockAll() {
    locked.clear();
  }

  boolean isLocked() {
    return !locked.isEmpty();
  }

  /** Whether a principal may act on a target: somebody has assigned it a role at or above. */
  boolean allows(UUID principal, String target) {
    return entries.values().stream()
        .map(one -> one.assignment().access())
        .anyMatch(
            access ->
                access.principalId().equals(principal)
                    && target
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith(access.scope().toLowerCase(java.util.Locale.ROOT)));
  }

  Map<UUID, Assignment> all() {
    Map<UUID, Assignment> all = new TreeMap<>();
    entries.forEach((name, entry) -> all.put(name, entry.assignment()));
    return all;
  }

  /** Whether any is there that somebody else made. */
  boolean isAnyByHand() {
    return entries.keySet().stream().anyMatch(name -> !isOurs(name));
  }

  /** Whether nobody has the access by an assignment yet. */
  boolean canBeMade(Access access) {
    return entries.values().stream().noneMatch(one -> one.assignment().access().isSameAs(access));
  }

  /**
   * Whether a look may still show one of this name that is gone: who makes another of the very name
   * just then can't be told from us, since Azure deletes on no condition.
   */
  boolean wasOf(UUID name) {
    Entry past = deleted.get(name);
    return past != null && past.since().plus(SHOWN_WITHIN).isAfter(wire.clock.instant());
  }

  /** Whether it is known for ours. */
  boolean isOurs(UUID name) {
    Entry entry = entries.get(name);
    return entry != null
        && !byHand.contains(name)
        && Marker.of(entry.assignment().description()).isPresent();
  }

  boolean isByHand(UUID name) {
    return byHand.contains(name);
  }

  /** Whether a role is left, and not because somebody else has assigned it, too. */
  boolean isRoleLeft() {
    return !roles.isEmpty() && !wasUsedByOthers;
  }

  private static Assignment withoutRoleName(Assignment one) {
    Access access = one.access();
    return new Assignment(
        new Access(access.scope(), "?", access.roleId(), access.principalId()), one.description());
  }

  private String call() {
    return "call-" + wire.calls();
  }
}
