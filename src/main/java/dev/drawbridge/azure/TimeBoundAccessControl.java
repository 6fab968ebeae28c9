package dev.drawbridge.azure;

import com.azure.core.http.rest.Response;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentScheduleRequestInner;
import com.azure.resourcemanager.authorization.models.RequestType;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.azure.Schedules.Scheduled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Access that Azure itself ends at its time, by requests to Privileged Identity Management (PIM).
 * The description of an assignment is the justification of its request. Plain assignments of ours,
 * made before under {@code ASSIGNMENTS=direct}, are found, prolonged and taken away as such.
 *
 * <p><b>A request's name</b> is made of the assignment and its description, which has the operation
 * and the end. Azure takes a name once ({@code RoleAssignmentRequestExists}, Azure/bicep-types-az
 * issue 1431), so that the same asked for twice, after a crash or by two messages at once, is one
 * request, and the one that is there tells what came of it. A random name would rely on Azure's
 * {@code RoleAssignmentExists} alone, which does not say whose the assignment is, at a time when no
 * list shows it yet. It also makes a justification that somebody copies no marker of ours. What a
 * request that failed has taken is the name for this operation and this end; a new operation has
 * another.
 *
 * <p><b>A change</b> is an {@code AdminUpdate}: it is what an administrator's "Update" in the
 * portal sends and may move the end in both directions, while {@code AdminExtend} is for one that
 * is about to expire.
 *
 * <p><b>The end</b> is an {@code AdminRemove}, which names principal, role and scope and takes away
 * whatever has these; so it is sent only if the last that asked for them was Drawbridge. Within
 * five minutes of the assignment Azure refuses it ({@code ActiveDurationTooShort}), or does not
 * know the assignment ({@code RoleAssignmentDoesNotExist}). Its lists show a schedule for some
 * minutes after it is gone.
 *
 * @see <a
 *     href="https://github.com/Azure/azure-rest-api-specs/tree/main/specification/authorization/resource-manager/Microsoft.Authorization">the
 *     specification</a>; the codes and delays are those that terraform-provider-azurerm's {@code
 *     pim_active_role_assignment} handles
 */
public final class TimeBoundAccessControl implements AccessControl {
  /** How long Azure keeps an active assignment at least. */
  static final Duration SHORTEST = Duration.ofMinutes(5);

  /** How long a list may leave out what was made. */
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(15);

  private final AccessControl direct;
  private final Schedules schedules;
  private final Clock clock;

  /**
   * @param direct makes the roles, and plain assignments
   */
  public TimeBoundAccessControl(Arm arm, AccessControl direct, Clock clock) {
    this(new Schedules(arm.authorization().roleServiceClient()), direct, clock);
  }

  TimeBoundAccessControl(Schedules schedules, AccessControl direct, Clock clock) {
    this.schedules = schedules;
    this.direct = direct;
    this.clock = clock;
  }

  @Override
  public Optional<UUID> findRole(RoleTemplate role, String scope) {
    return direct.findRole(role, scope);
  }

  @Override
  public String defineRole(RoleTemplate role, Access access) {
    return direct.defineRole(role, access);
  }

  @Override
  public boolean deleteRole(Access access) {
    return direct.deleteRole(access);
  }

  /** Two calls. */
  @Override
  public Optional<Assignment> find(Access access) {
    Optional<Scheduled> scheduled = schedules.find(access);
    return scheduled.isPresent()
        ? scheduled.map(TimeBoundAccessControl::shown)
        : direct.find(access);
  }

  /** One that is not ours is shown with its request, so that a marker copied into it is none. */
  private static Assignment shown(Scheduled scheduled) {
    String text =
        scheduled
            .request()
            .map(
                request ->
                    isOurs(request, scheduled.access())
                        ? justification(request)
                        : "Request %s: %s".formatted(request.name(), justification(request)))
            .orElse("");
    return new Assignment(scheduled.access(), text);
  }

  @Override
  public List<Assignment> ours(String subscriptionId) {
    List<Assignment> ours = new ArrayList<>(direct.ours(subscriptionId));
    schedules.in(subscriptionId).stream()
        .filter(TimeBoundAccessControl::isOurs)
        .map(TimeBoundAccessControl::shown)
        .forEach(ours::add);
    return ours;
  }

  private static boolean isOurs(Scheduled scheduled) {
    return scheduled.request().map(request -> isOurs(request, scheduled.access())).orElse(false);
  }

  private static boolean isOurs(RoleAssignmentScheduleRequestInner request, Access access) {
    String text = justification(request);
    return Marker.of(text).isPresent()
        && requestName(access, text).toString().equalsIgnoreCase(request.name());
  }

  private static UUID requestName(Access access, String description) {
    return Guids.of(access.assignmentName().toString(), description);
  }

  private static String justification(RoleAssignmentScheduleRequestInner request) {
    return Objects.requireNonNullElse(request.justification(), "");
  }

  /**
   * As many calls as it takes to look, and one.
   *
   * @param description a marker, whose time is the assignment's end
   * @throws PermanentFault also {@code approvalRequired}, {@code assignmentRefused}, {@code
   *     assignmentNotAllowed} by the role's settings in PIM, {@code licenseMissing}, {@code
   *     expiryTooSoon} if less than five minutes are left
   */
  @Override
  public String assign(Access access, String description) {
    Instant until =
        Marker.of(description)
            .map(Marker::expiresAt)
            .orElseThrow(() -> new IllegalArgumentException("no marker: " + description));
    Optional<Scheduled> scheduled = schedules.find(access);
    if (scheduled.isEmpty()) {
      return request(RequestType.ADMIN_ASSIGN, access, description, until);
    }
    if (!isOurs(scheduled.get())) {
      throw ArmAccessControl.exists(access);
    }
    boolean isSo = shown(scheduled.get()).description().equals(description);
    return isSo ? "" : request(RequestType.ADMIN_UPDATE, access, description, until);
  }

  private String request(RequestType type, Access access, String description, Instant until) {
    UUID name = requestName(access, description);
    Response<RoleAssignmentScheduleRequestInner> made;
    try {
      made = schedules.assign(type, access, name, description, until);
    } catch (PermanentFault e) {
      return switch (e.code()) {
        case "RoleAssignmentRequestExists" -> known(access, name);
        case "RoleAssignmentExists" -> standing(access, name, description);
        case "RoleAssignmentDoesNotExist" ->
            throw new PassingFault(
                "assignmentNotVisible", "the assignment that is shown is not there any more");
        default -> throw PimAnswers.of(e, access);
      };
    }
    check(made.getValue(), access);
    return ArmAccessControl.correlationId(made);
  }

  /** The same was asked for before, and there was no answer or nobody left to note it. */
  private String known(Access access, UUID name) {
    RoleAssignmentScheduleRequestInner request =
        schedules
            .request(access.scope(), name.toString())
            .orElseThrow(
                () ->
                    new PassingFault(
                        "requestPending", "another request for the same access is under way"));
    check(request, access);
    return "";
  }

  /** There is an assignment to the same effect that no schedule is shown for. */
  private String standing(Access access, UUID name, String description) {
    if (direct.find(access).isPresent()) { // of another time: it stays what it is
      return direct.assign(access, description);
    }
    return schedules
        .request(access.scope(), name.toString())
        .map(request -> known(access, name))
        .orElseThrow(() -> ArmAccessControl.exists(access));
  }

  private void check(RoleAssignmentScheduleRequestInner request, Access access) {
    if (PimAnswers.isGiving(request)) {
      return;
    }
    if (PimAnswers.isUndecided(request)) {
      schedules.cancel(access, request.name());
      throw PimAnswers.approvalRequired(access);
    }
    throw PimAnswers.status(request, access);
  }

  /**
   * As many calls as it takes to look, and one.
   *
   * @throws PassingFault {@code tooEarly} in the assignment's first five minutes
   */
  @Override
  public String unassign(Access access) {
    Optional<RoleAssignmentScheduleRequestInner> made =
        schedules
            .find(access)
            .map(Scheduled::request)
            .orElseGet(() -> notShownYet(access))
            .filter(request -> isOurs(request, access));
    return made.isPresent() ? remove(access, made.get()) : direct.unassign(access);
  }

  /**
   * What gave access last, if nothing has ended it since. Only as long as the list may be behind:
   * after that, what is not shown is gone, and whatever has the same role there is not ours.
   */
  private Optional<RoleAssignmentScheduleRequestInner> notShownYet(Access access) {
    return schedules
        .lastRequest(access)
        .filter(PimAnswers::isGiving)
        .filter(last -> isYounger(last, SHOWN_WITHIN));
  }

  private String remove(Access access, RoleAssignmentScheduleRequestInner made) {
    Response<RoleAssignmentScheduleRequestInner> removal;
    try {
      removal = schedules.remove(access);
    } catch (PermanentFault e) {
      boolean unknown = e.code().equals("RoleAssignmentDoesNotExist");
      if (e.code().equals("ActiveDurationTooShort") || (unknown && isYounger(made, SHORTEST))) {
        throw new PassingFault(
            TOO_EARLY,
            "Azure ends no time-bound assignment in its first five minutes",
            Optional.of(SHORTEST),
            false,
            e);
      }
      if (unknown) {
        return ""; // it is gone
      }
      throw e;
    }
    if (!PimAnswers.isEnding(removal.getValue())) {
      throw PimAnswers.status(removal.getValue(), access);
    }
    return ArmAccessControl.correlationId(removal);
  }

  private boolean isYounger(RoleAssignmentScheduleRequestInner request, Duration age) {
    return request.createdOn() != null
        && clock.instant().isBefore(request.createdOn().toInstant().plus(age));
  }
}
