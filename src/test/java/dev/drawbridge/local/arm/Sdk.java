package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.authorization.fluent.models.PermissionInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Bodies and expectations for tests with the SDK. */
final class Sdk {
  private Sdk() {}

  static RoleDefinitionInner role(String name, List<String> actions, List<String> scopes) {
    return new RoleDefinitionInner()
        .withRoleName(name)
        .withRoleType("CustomRole")
        .withDescription("For a test.")
        .withPermissions(List.of(new PermissionInner().withActions(actions)))
        .withAssignableScopes(scopes);
  }

  static RoleAssignmentCreateParameters assignment(String roleId, String principalId) {
    return new RoleAssignmentCreateParameters()
        .withRoleDefinitionId(roleId)
        .withPrincipalId(principalId)
        .withPrincipalType(
            com.azure.resourcemanager.authorization.models.PrincipalType.SERVICE_PRINCIPAL);
  }

  /** The SDK sends a slash before the scope itself. */
  static String scope(String scope) {
    return scope.substring(1);
  }

  static ManagementException assertRefused(int status, String code, Executable call) {
    ManagementException e = assertThrows(ManagementException.class, call);
    assertEquals(code, e.getValue().getCode());
    assertEquals(status, e.getResponse().getStatusCode());
    return e;
  }
}
