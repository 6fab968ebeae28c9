package dev.drawbridge.local.arm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Privileged Identity Management as far as administrators assign active roles for a time: requests,
 * and the schedules that they make. Each schedule stands on a role assignment under a name of
 * Azure's own, which ends at its time. Guarded by World.
 */
final class RoleAssignmentSchedules {
  /** For how long an assignment is made at least, and how soon it may be removed. */
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  /** Who is to have which role where. */
  record Subject(
      ResourceId scope, String roleName, String principalId, PrincipalType principalType) {
    boolean isGivenBy(RoleAssignment assignment) {
      return scope.equals(assignment.scope())
          && roleName.equals(assignment.roleName())
          && principalId.equals(assignment.principalId());
    }
  }

  /**
   * @param type AdminAssign, AdminUpdate or AdminRemove
   * @param end the time that is asked for, or null for a removal
   */
  record Request(
      String name,
      Subject subject,
      String type,
      @Nullable String justification,
      @Nullable Instant end,
      Instant createdOn,
      String requestor) {
    String status() {
      return type.equals("AdminRemove") ? "Revoked" : "Provisioned";
    }
  }

  /**
   * @param request the name of what made it, or changed it last
   */
  record Schedule(String name, String request, Subject subject, Instant start, Instant end) {}

  private record Kept(
      Schedule schedule, String assignment, Instant listedFrom, Instant listedUntil) {
    boolean isListedAt(Instant now) {
      return !listedFrom.isAfter(now) && listedUntil.isAfter(now);
    }
  }

  private final RoleAssignments assignments;
  private final Clock clock;
  private final Map<String, Request> requests = new LinkedHashMap<>();
  private final List<Kept> kept = new ArrayList<>();

  RoleAssignmentSchedules(RoleAssignments assignments, Clock clock) {
    this.assignments = assignments;
    this.clock = clock;
  }

  Optional<Request> request(String name) {
    return Optional.ofNullable(requests.get(name));
  }

  List<Request> requests() {
    return List.copyOf(requests.values());
  }

  /** What a list shows, which may lag behind; without the plain assignments. */
  List<Schedule> listed(Duration listDelay) {
    forget(listDelay);
    return kept.stream()
        .filter(one -> one.isListedAt(clock.instant()))
        .map(Kept::schedule)
        .toList();
  }

  /** Carries a request out. */
  void submit(Request request, Duration accessDelay, Duration listDelay) {
    forget(listDelay);
    if (requests.containsKey(request.name())) {
      throw new ArmException(
          409,
          "RoleAssignmentRequestExists",
          "A role assignment request with Id: %s already exists.".formatted(request.name()));
    }
    switch (request.type()) {
      case "AdminAssign" -> assign(request, accessDelay, listDelay);
      case "AdminUpdate" -> update(request, listDelay);
      case "AdminRemove" -> remove(request, accessDelay, listDelay);
      default ->
          throw new ArmException(
              400, "InvalidRoleAssignmentRequest", "The request type is not supported here.");
    }
    requests.put(request.name(), request);
  }

  private void assign(Request request, Duration accessDelay, Duration listDelay) {
    Instant end = requireEnd(request);
    if (standing(request.subject()).isPresent()) {
      throw new ArmException(400, "RoleAssignmentExists", "The Role assignment already exists.");
    }
    Instant now = clock.instant();
    String name = UUID.randomUUID().toString();
    assignments.put(assignment(name, request, now), end, now, accessDelay, listDelay);
    show(request, now, end, name, listDelay);
  }

  private static RoleAssignment assignment(String name, Request request, Instant now) {
    Subject subject = request.subject();
    return new RoleAssignment(
        name,
        subject.scope(),
        subject.roleName(),
        subject.principalId(),
        subject.principalType(),
        null,
        null,
        null,
        now,
        now,
        request.requestor(),
        request.requestor());
  }

  private void update(Request request, Duration listDelay) {
    Kept before = current(request.subject()).orElseThrow(RoleAssignmentSchedules::doesNotExist);
    Instant end = requireEnd(request);
    assignments.end(before.assignment(), end);
    hide(before, listDelay);
    show(request, before.schedule().start(), end, before.assignment(), listDelay);
  }

  /** Takes away whatever has this role there, also what no request made. */
  private void remove(Request request, Duration accessDelay, Duration listDelay) {
    RoleAssignment standing =
        standing(request.subject()).orElseThrow(RoleAssignmentSchedules::doesNotExist);
    Instant now = clock.instant();
    Optional<Kept> scheduled = current(request.subject());
    if (scheduled.isPresent() && now.isBefore(scheduled.get().schedule().start().plus(SHORTEST))) {
      throw tooShort();
    }
    assignments.remove(standing.name(), now, accessDelay, listDelay);
    scheduled.ifPresent(gone -> hide(gone, listDelay));
  }

  private Instant requireEnd(Request request) {
    Instant end = request.end();
    if (end == null) {
      throw new ArmException(
          400, "InvalidRoleAssignmentRequestSchedule", "The schedule of the request is invalid.");
    }
    if (end.isBefore(clock.instant().plus(SHORTEST))) {
      throw tooShort();
    }
    return end;
  }

  private Optional<RoleAssignment> standing(Subject subject) {
    return assignments.all().stream().filter(subject::isGivenBy).findFirst();
  }

  private Optional<Kept> current(Subject subject) {
    return kept.stream()
        .filter(one -> one.listedUntil().equals(Instant.MAX))
        .filter(one -> one.schedule().subject().equals(subject))
        .findFirst();
  }

  private void show(
      Request request, Instant start, Instant end, String assignment, Duration listDelay) {
    Schedule schedule =
        new Schedule(UUID.randomUUID().toString(), request.name(), request.subject(), start, end);
    kept.add(new Kept(schedule, assignment, clock.instant().plus(listDelay), Instant.MAX));
  }

  private void hide(Kept gone, Duration listDelay) {
    kept.remove(gone);
    kept.add(
        new Kept(
            gone.schedule(),
            gone.assignment(),
            gone.listedFrom(),
            clock.instant().plus(listDelay)));
  }

  /** Ends those whose assignment has ended, by its time or by somebody's hand. */
  private void forget(Duration listDelay) {
    for (Kept one : List.copyOf(kept)) {
      if (one.listedUntil().equals(Instant.MAX) && assignments.find(one.assignment()).isEmpty()) {
        hide(one, listDelay);
      }
    }
    kept.removeIf(one -> !one.listedUntil().isAfter(clock.instant()));
  }

  private static ArmException doesNotExist() {
    return new ArmException(
        400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
  }

  private static ArmException tooShort() {
    return new ArmException(
        400,
        "ActiveDurationTooShort",
        "The Active duration is too short. Minimum Required is 5 minutes.");
  }
}
