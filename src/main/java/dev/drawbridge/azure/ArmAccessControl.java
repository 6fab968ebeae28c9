package dev.drawbridge.azure;

import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.AuthorizationManagementClient;
import com.azure.resourcemanager.authorization.fluent.models.PermissionInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.PermanentFault;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Role definitions and role assignments of Azure Resource Manager, one HTTP call a method. */
public final class ArmAccessControl implements AccessControl {
  /** Stands for the name of a role, which lists do not show. */
  static final String UNNAMED_ROLE = "of a temporary assignment";

  private final AuthorizationManagementClient client;
  private final List<String> assignableScopes;

  /**
   * @param assignableScopes where the roles can be assigned: all subscriptions that are allowed,
   *     since Azure takes a custom role's name once a tenant
   */
  public ArmAccessControl(Arm arm, List<String> assignableScopes) {
    this.client = arm.authorization().roleServiceClient();
    this.assignableScopes = List.copyOf(assignableScopes);
  }

  @Override
  public Optional<UUID> findRole(RoleTemplate role, String scope) {
    // Unlike that of role assignments, the SDK encodes this filter.
    String filter = "roleName eq '%s'".formatted(role.name().replace("'", "''"));
    List<RoleDefinitionInner> found =
        AzureFaults.call(
            "list role definitions at " + scope,
            () ->
                client.getRoleDefinitions().list(relative(scope), filter, Context.NONE).stream()
                    .filter(definition -> role.name().equalsIgnoreCase(definition.roleName()))
                    .toList());
    for (RoleDefinitionInner definition : found) {
      if (!allowsExactly(definition, role)) {
        throw new PermanentFault(
            "roleDiffers",
            "The role \"%s\" is there and allows something else than it should: %s. Delete or rename it, and send the request again."
                .formatted(role.name(), definition.id()));
      }
    }
    return found.stream().map(definition -> Guids.parse(definition.name())).findFirst();
  }

  private static boolean allowsExactly(RoleDefinitionInner definition, RoleTemplate role) {
    Set<String> actions = new HashSet<>();
    for (PermissionInner permission : orEmpty(definition.permissions())) {
      if (!orEmpty(permission.notActions()).isEmpty()
          || !orEmpty(permission.dataActions()).isEmpty()) {
        return false;
      }
      actions.addAll(orEmpty(permission.actions()));
    }
    return role.allowsExactly(actions);
  }

  @Override
  public String defineRole(RoleTemplate role, Access access) {
    RoleDefinitionInner definition =
        new RoleDefinitionInner()
            .withRoleName(role.name())
            .withDescription(role.description())
            .withRoleType("CustomRole")
            .withAssignableScopes(assignableScopes)
            .withPermissions(
                List.of(
                    new PermissionInner()
                        .withActions(role.actions().stream().sorted().toList())
                        .withNotActions(List.of())));
    return AzureFaults.call(
        "create role definition " + role.name(),
        () ->
            correlationId(
                client
                    .getRoleDefinitions()
                    .createOrUpdateWithResponse(
                        relative(subscriptionOf(access)),
                        access.roleId().toString(),
                        definition,
                        Context.NONE)));
  }

  @Override
  public List<Assignment> ours(String subscriptionId) {
    // No filter by principal: what was assigned under settings of another time is ours, too.
    return AzureFaults.call(
        "list role assignments in " + subscriptionId,
        () ->
            client
                .getRoleAssignments()
                .listForScope(relative(subscriptionId), null, null, null, Context.NONE)
                .stream()
                .flatMap(shown -> ours(shown).stream())
                .toList());
  }

  /** The assignment, if both its name and its description are ours. */
  private static Optional<Assignment> ours(RoleAssignmentInner shown) {
    String description = shown.description() == null ? "" : shown.description();
    if (Marker.of(description).isEmpty()) {
      return Optional.empty();
    }
    try {
      Assignment assignment = assignment(shown, UNNAMED_ROLE);
      UUID name = assignment.access().assignmentName();
      boolean named = Guids.parse(shown.name()).equals(name);
      return named ? Optional.of(assignment) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // none of our ids is of another form
    }
  }

  @Override
  public Optional<Assignment> find(Access access) {
    return AzureFaults.call(
        "get role assignment " + access.assignmentName(),
        () ->
            AzureFaults.unlessAbsent(
                    () ->
                        client
                            .getRoleAssignments()
                            .getWithResponse(
                                relative(access.scope()),
                                access.assignmentName().toString(),
                                null,
                                Context.NONE))
                .map(response -> assignment(response.getValue(), access.roleName())));
  }

  private static Assignment assignment(RoleAssignmentInner shown, String roleName) {
    return new Assignment(
        access(shown.scope(), roleName, shown.roleDefinitionId(), shown.principalId()),
        shown.description() == null ? "" : shown.description());
  }

  /**
   * Access as Azure shows it.
   *
   * @throws IllegalArgumentException if an id is of another form than ours are
   */
  static Access access(String scope, String roleName, String roleDefinitionId, String principalId) {
    String roleId = roleDefinitionId.substring(roleDefinitionId.lastIndexOf('/') + 1);
    return new Access(scope, roleName, Guids.parse(roleId), Guids.parse(principalId));
  }

  @Override
  public String assign(Access access, String description) {
    RoleAssignmentCreateParameters parameters =
        new RoleAssignmentCreateParameters()
            .withRoleDefinitionId(access.roleDefinitionId())
            .withPrincipalId(access.principalId().toString())
            // Named, so that Azure does not look for a principal that it has not replicated yet.
            .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL)
            .withDescription(description);
    try {
      return AzureFaults.call(
          "create role assignment at " + access.scope(),
          () ->
              correlationId(
                  client
                      .getRoleAssignments()
                      .createWithResponse(
                          relative(access.scope()),
                          access.assignmentName().toString(),
                          parameters,
                          Context.NONE)));
    } catch (PermanentFault e) {
      if (e.code().equals("RoleAssignmentExists")) {
        PermanentFault exists = exists(access);
        exists.initCause(e);
        throw exists;
      }
      throw e;
    }
  }

  /** There is an assignment to the same effect that is not ours. */
  static PermanentFault exists(Access access) {
    return new PermanentFault(
        "assignmentExists",
        "%s already has the role %s at %s by an assignment that Drawbridge did not make. Remove it, and send the request again."
            .formatted(access.principalId(), access.roleName(), access.scope()));
  }

  @Override
  public String unassign(Access access) {
    return AzureFaults.call(
        "delete role assignment " + access.assignmentName(),
        () ->
            AzureFaults.unlessAbsent(
                    () ->
                        client
                            .getRoleAssignments()
                            .deleteWithResponse(
                                relative(access.scope()),
                                access.assignmentName().toString(),
                                null,
                                Context.NONE))
                .map(ArmAccessControl::correlationId)
                .orElse(""));
  }

  @Override
  public boolean deleteRole(Access access) {
    try {
      AzureFaults.call(
          "delete role definition " + access.roleName(),
          () ->
              AzureFaults.unlessAbsent(
                  () ->
                      client
                          .getRoleDefinitions()
                          .deleteWithResponse(
                              relative(subscriptionOf(access)),
                              access.roleId().toString(),
                              Context.NONE)));
      return true;
    } catch (PermanentFault e) {
      if (e.code().equals("RoleDefinitionHasAssignments")) {
        return false;
      }
      throw e;
    }
  }

  private static String subscriptionOf(Access access) {
    return "/subscriptions/" + access.scope().split("/", -1)[2];
  }

  /** The SDK writes its own slash before a scope. */
  static String relative(String scope) {
    return scope.substring(1);
  }

  static String correlationId(Response<?> response) {
    return ArmRest.correlationId(response.getHeaders());
  }

  private static <T> List<T> orEmpty(@org.jspecify.annotations.Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
