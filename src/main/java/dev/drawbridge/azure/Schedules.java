package dev.drawbridge.azure;

import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.AuthorizationManagementClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentScheduleInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentScheduleRequestInner;
import com.azure.resourcemanager.authorization.models.MemberType;
import com.azure.resourcemanager.authorization.models.RequestType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentScheduleRequestPropertiesScheduleInfo;
import com.azure.resourcemanager.authorization.models.RoleAssignmentScheduleRequestPropertiesScheduleInfoExpiration;
import com.azure.resourcemanager.authorization.models.Type;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The schedules of Privileged Identity Management and the requests that make, change and end them.
 *
 * <p>A schedule says who has a role until when; its name is Azure's and changes with each request.
 * The justification is only in the request that made it last, and Azure forgets requests after some
 * 30 to 45 days (Azure/AzOps issue 901, hashicorp/terraform-provider-azurerm issue 23111). Plain
 * role assignments are shown as schedules that no request made.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/authorization/role-assignment-schedules">its
 *     reference</a>
 */
final class Schedules {
  /**
   * Access by a schedule.
   *
   * @param request what made the schedule, or changed it last; nothing if Azure has forgotten it
   */
  record Scheduled(Access access, Optional<RoleAssignmentScheduleRequestInner> request) {}

  private final AuthorizationManagementClient client;

  Schedules(AuthorizationManagementClient client) {
    this.client = client;
  }

  /** The schedule of exactly this access: two calls, one where there is none. */
  Optional<Scheduled> find(Access access) {
    return list(access.scope(), byPrincipal(access)).stream()
        .filter(schedule -> accessOf(schedule).filter(access::isSameAs).isPresent())
        .findFirst()
        .map(schedule -> new Scheduled(access, request(access.scope(), requestName(schedule))));
  }

  /** All schedules at and below a subscription: as many calls as both lists have pages. */
  List<Scheduled> in(String subscriptionId) {
    Map<String, RoleAssignmentScheduleRequestInner> requests = new HashMap<>();
    requests(subscriptionId, null).forEach(request -> requests.put(request.name(), request));
    return list(subscriptionId, null).stream()
        .flatMap(
            schedule ->
                accessOf(schedule).stream()
                    .map(
                        access ->
                            new Scheduled(
                                access, Optional.ofNullable(requests.get(requestName(schedule))))))
        .toList();
  }

  /** The last request for exactly this access, whatever came of it: one call. */
  Optional<RoleAssignmentScheduleRequestInner> lastRequest(Access access) {
    return requests(access.scope(), byPrincipal(access)).stream()
        .filter(
            request ->
                access(request.scope(), request.roleDefinitionId(), request.principalId())
                    .filter(access::isSameAs)
                    .isPresent())
        .filter(request -> request.createdOn() != null)
        .max(Comparator.comparing(RoleAssignmentScheduleRequestInner::createdOn));
  }

  Optional<RoleAssignmentScheduleRequestInner> request(String scope, String name) {
    return call(
        "get role assignment schedule request " + name,
        () ->
            AzureFaults.unlessAbsent(
                    () ->
                        client
                            .getRoleAssignmentScheduleRequests()
                            .getWithResponse(ArmAccessControl.relative(scope), name, Context.NONE))
                .map(Response::getValue));
  }

  /** Asks for access until a time, in whole seconds; from now on, as nothing else is said. */
  Response<RoleAssignmentScheduleRequestInner> assign(
      RequestType type, Access access, UUID name, String justification, Instant until) {
    return put(
        access,
        name,
        request(type, access, justification)
            .withScheduleInfo(
                new RoleAssignmentScheduleRequestPropertiesScheduleInfo()
                    .withExpiration(
                        new RoleAssignmentScheduleRequestPropertiesScheduleInfoExpiration()
                            .withType(Type.AFTER_DATE_TIME)
                            .withEndDateTime(
                                until.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)))));
  }

  /**
   * Asks for the end of access: of whatever has this principal, role and scope. Under a name of its
   * own each time, since doing it twice does no more than once.
   */
  Response<RoleAssignmentScheduleRequestInner> remove(Access access) {
    return put(
        access,
        UUID.randomUUID(),
        request(RequestType.ADMIN_REMOVE, access, "Removed by Drawbridge"));
  }

  void cancel(Access access, String name) {
    call(
        "cancel role assignment schedule request " + name,
        () ->
            client
                .getRoleAssignmentScheduleRequests()
                .cancelWithResponse(ArmAccessControl.relative(access.scope()), name, Context.NONE));
  }

  private Response<RoleAssignmentScheduleRequestInner> put(
      Access access, UUID name, RoleAssignmentScheduleRequestInner request) {
    return call(
        "request %s of %s at %s"
            .formatted(request.requestType(), access.roleName(), access.scope()),
        () ->
            client
                .getRoleAssignmentScheduleRequests()
                .createWithResponse(
                    ArmAccessControl.relative(access.scope()),
                    name.toString(),
                    request,
                    Context.NONE));
  }

  /** It checks by itself what a caller may do, and its answer alone helps nobody. */
  private static <T> T call(String what, Supplier<T> call) {
    try {
      return AzureFaults.call(what, call);
    } catch (PermanentFault e) {
      throw e.code().equals("InsufficientPermissions") ? PimAnswers.notPermitted(e) : e;
    }
  }

  private static RoleAssignmentScheduleRequestInner request(
      RequestType type, Access access, String justification) {
    return new RoleAssignmentScheduleRequestInner()
        .withRequestType(type)
        .withRoleDefinitionId(access.roleDefinitionId())
        .withPrincipalId(access.principalId().toString())
        .withJustification(justification);
  }

  /** Without those of plain role assignments, and what a principal has through a group. */
  private List<RoleAssignmentScheduleInner> list(String scope, @Nullable String filter) {
    return call(
        "list role assignment schedules at " + scope,
        () ->
            client
                .getRoleAssignmentSchedules()
                .listForScope(ArmAccessControl.relative(scope), filter, Context.NONE)
                .stream()
                .filter(schedule -> !requestName(schedule).isEmpty())
                .filter(schedule -> !MemberType.GROUP.equals(schedule.memberType()))
                .toList());
  }

  private List<RoleAssignmentScheduleRequestInner> requests(String scope, @Nullable String filter) {
    return call(
        "list role assignment schedule requests at " + scope,
        () ->
            client
                .getRoleAssignmentScheduleRequests()
                .listForScope(ArmAccessControl.relative(scope), filter, Context.NONE)
                .stream()
                .toList());
  }

  /** Shows what is at, above and below a scope; Azure does not let it be joined with atScope(). */
  private static String byPrincipal(Access access) {
    return "principalId eq '%s'".formatted(access.principalId());
  }

  private static String requestName(RoleAssignmentScheduleInner schedule) {
    String id = Objects.requireNonNullElse(schedule.roleAssignmentScheduleRequestId(), "");
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static Optional<Access> accessOf(RoleAssignmentScheduleInner schedule) {
    return access(schedule.scope(), schedule.roleDefinitionId(), schedule.principalId());
  }

  /** Nothing for ids of another form than ours have. */
  private static Optional<Access> access(
      @Nullable String scope, @Nullable String roleId, @Nullable String principalId) {
    if (scope == null || roleId == null || principalId == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ArmAccessControl.access(scope, ArmAccessControl.UNNAMED_ROLE, roleId, principalId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
