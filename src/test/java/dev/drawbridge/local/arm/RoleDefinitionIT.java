package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static dev.drawbridge.local.arm.ArmFixture.SUBSCRIPTION_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.RoleDefinitionsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoleDefinitionIT {
  private static final String ID = "12345678-1234-1234-1234-123456789abc";
  private static final String SCOPE = Sdk.scope(SUBSCRIPTION_SCOPE);
  private static final List<String> ACTIONS = List.of("Microsoft.Network/virtualNetworks/read");

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final RoleDefinitionsClient roles = azure.drawbridge().roles().getRoleDefinitions();

  @Test
  void put_whenNew_then201AndFoundByIdAndName() {
    Response<RoleDefinitionInner> made =
        roles.createOrUpdateWithResponse(
            SCOPE, ID, Sdk.role("Peering", ACTIONS, List.of(SUBSCRIPTION_SCOPE)), Context.NONE);

    assertEquals(201, made.getStatusCode());
    assertEquals(
        SUBSCRIPTION_SCOPE + "/providers/Microsoft.Authorization/roleDefinitions/" + ID,
        made.getValue().id());
    RoleDefinitionInner found = roles.get(SCOPE, ID);
    assertEquals("Peering", found.roleName());
    assertEquals("CustomRole", found.roleType());
    assertEquals(ACTIONS, found.permissions().get(0).actions());
    assertEquals(List.of(SUBSCRIPTION_SCOPE), found.assignableScopes());
    assertEquals("Peering", roles.getById(Sdk.scope(made.getValue().id())).roleName());
    assertEquals(List.of(ID), names(SUBSCRIPTION_SCOPE, "roleName eq 'peering'"));
  }

  @Test
  void list_whenFiltered_thenOnlyWhatIsVisibleAtTheScope() {
    roles.createOrUpdate(SCOPE, ID, Sdk.role("In the group", ACTIONS, List.of(GROUP_SCOPE)));

    assertEquals(List.of(ID), names(GROUP_SCOPE, "roleName eq 'In the group'"));
    assertEquals(List.of(), names(SUBSCRIPTION_SCOPE, "roleName eq 'In the group'"));
    assertEquals(
        List.of(ID), names(SUBSCRIPTION_SCOPE, "atScopeAndBelow() and roleName eq 'In the group'"));
    assertEquals(2, names(GROUP_SCOPE, "type eq 'CustomRole'").size());
    assertEquals(5, names(SUBSCRIPTION_SCOPE, "type eq 'BuiltInRole'").size());
    Sdk.assertRefused(404, "RoleDefinitionDoesNotExist", () -> roles.get(SCOPE, ID));
    assertEquals("In the group", roles.get(Sdk.scope(GROUP_SCOPE), ID).roleName());
  }

  @Test
  void put_whenNameIsAnothersInTheTenant_then409() {
    roles.createOrUpdate(SCOPE, ID, Sdk.role("Peering", ACTIONS, List.of(SUBSCRIPTION_SCOPE)));

    Sdk.assertRefused(
        409,
        "RoleDefinitionWithSameNameExists",
        () ->
            roles.createOrUpdate(
                "subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION,
                "99999999-1234-1234-1234-123456789abc",
                Sdk.role(
                    "PEERING",
                    ACTIONS,
                    List.of("/subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION))));
  }

  @Test
  void put_whenItIsThere_thenUpdatedInPlace() {
    roles.createOrUpdate(SCOPE, ID, Sdk.role("Peering", ACTIONS, List.of(SUBSCRIPTION_SCOPE)));
    azure.clock.advance(Duration.ofMinutes(1));

    roles.createOrUpdate(SCOPE, ID, Sdk.role("Peering 2", List.of("*"), List.of(GROUP_SCOPE)));

    RoleDefinition now =
        azure.world.roleDefinitions().stream()
            .filter(role -> role.name().equals(ID))
            .findFirst()
            .orElseThrow();
    assertEquals("Peering 2", now.roleName());
    assertEquals(ArmFixture.START, now.createdOn());
    assertEquals(ArmFixture.START.plusSeconds(60), now.updatedOn());
    assertTrue(now.grants("Microsoft.Network/virtualNetworks/write"));
  }

  @Test
  void put_whenNoWriteOnOneAssignableScope_thenLinkedAuthorizationFailed() {
    Principal halfWriter = azure.newPrincipal("half-writer");
    azure.world.assign(halfWriter.objectId(), "Drawbridge Role Writer", SUBSCRIPTION_SCOPE);
    RoleDefinitionsClient his = azure.as(halfWriter).roles().getRoleDefinitions();
    String elsewhere = "/subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION;
    roles.createOrUpdate(
        SCOPE, ID, Sdk.role("Both", ACTIONS, List.of(SUBSCRIPTION_SCOPE, elsewhere)));

    Sdk.assertRefused(
        403,
        "LinkedAuthorizationFailed",
        () ->
            his.createOrUpdate(SCOPE, ID, Sdk.role("Mine", ACTIONS, List.of(SUBSCRIPTION_SCOPE))));
    Sdk.assertRefused(403, "LinkedAuthorizationFailed", () -> his.delete(SCOPE, ID));
  }

  @Test
  void put_whenBadId_orBody_orBuiltIn_then400() {
    List<String> scopes = List.of(SUBSCRIPTION_SCOPE);
    Sdk.assertRefused(
        400,
        "InvalidRoleDefinitionId",
        () -> roles.createOrUpdate(SCOPE, "no-guid", Sdk.role("Peering", ACTIONS, scopes)));
    Sdk.assertRefused(
        400,
        "BadRequestFormat",
        () -> roles.createOrUpdate(SCOPE, ID, Sdk.role("Peering", ACTIONS, List.of())));
    Principal owner = azure.newPrincipal("owner");
    azure.world.assign(owner.objectId(), "Owner", "/");
    Sdk.assertRefused(
        400,
        "RoleDefinitionIsBuiltIn",
        () ->
            azure
                .as(owner)
                .roles()
                .getRoleDefinitions()
                .createOrUpdate(
                    SCOPE, BuiltInRoles.READER, Sdk.role("Reader", List.of("*"), scopes)));
  }

  @Test
  void delete_whenUsedAnywhere_then400AndWhenNot_then200Then204() {
    roles.createOrUpdate(SCOPE, ID, Sdk.role("Peering", ACTIONS, List.of(SUBSCRIPTION_SCOPE)));
    RoleAssignment use = azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, ID, GROUP_SCOPE);

    Sdk.assertRefused(400, "RoleDefinitionHasAssignments", () -> roles.delete(SCOPE, ID));

    azure.world.removeAssignment(use.name());
    assertEquals("Peering", roles.delete(SCOPE, ID).roleName());
    Response<RoleDefinitionInner> again = roles.deleteWithResponse(SCOPE, ID, Context.NONE);
    assertEquals(204, again.getStatusCode());
    assertNull(again.getValue());
    Sdk.assertRefused(404, "RoleDefinitionDoesNotExist", () -> roles.get(SCOPE, ID));
  }

  @Test
  void get_whenNotReplicatedYet_then404UntilItIs() {
    azure.world.replicationDelay(Replication.ROLE_DEFINITIONS, Duration.ofMinutes(3));
    roles.createOrUpdate(SCOPE, ID, Sdk.role("Peering", ACTIONS, List.of(SUBSCRIPTION_SCOPE)));

    Sdk.assertRefused(404, "RoleDefinitionDoesNotExist", () -> roles.get(SCOPE, ID));
    assertEquals(List.of(), names(SUBSCRIPTION_SCOPE, "roleName eq 'Peering'"));
    azure.clock.advance(Duration.ofMinutes(3));
    assertEquals("Peering", roles.get(SCOPE, ID).roleName());
  }

  @Test
  void put_whenNotAllowed_then403InAzuresWords() {
    Principal nobody = azure.newPrincipal("nobody");

    String message =
        String.valueOf(
            Sdk.assertRefused(
                    403,
                    "AuthorizationFailed",
                    () ->
                        azure
                            .as(nobody)
                            .roles()
                            .getRoleDefinitions()
                            .createOrUpdate(
                                SCOPE,
                                ID,
                                Sdk.role("Peering", ACTIONS, List.of(SUBSCRIPTION_SCOPE))))
                .getValue()
                .getMessage());

    assertTrue(
        message.startsWith(
            "The client '%s' with object id '%s' does not have authorization to perform action 'Microsoft.Authorization/roleDefinitions/write' over scope '%s/providers/Microsoft.Authorization/roleDefinitions/%s'"
                .formatted(nobody.clientName(), nobody.objectId(), SUBSCRIPTION_SCOPE, ID)),
        message);
  }

  private List<String> names(String scope, String filter) {
    return roles.list(Sdk.scope(scope), filter, Context.NONE).stream()
        .map(role -> role.name())
        .toList();
  }
}
