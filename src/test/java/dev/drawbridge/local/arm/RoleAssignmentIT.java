package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static dev.drawbridge.local.arm.ArmFixture.SUBSCRIPTION_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoleAssignmentIT {
  private static final String NAME = "abcdefab-1234-1234-1234-123456789abc";
  private static final String OTHER_NAME = "fedcbafe-1234-1234-1234-123456789abc";
  private static final String SCOPE = Sdk.scope(SUBSCRIPTION_SCOPE);
  private static final String READER =
      SUBSCRIPTION_SCOPE
          + "/providers/Microsoft.Authorization/roleDefinitions/"
          + BuiltInRoles.READER;
  private static final String STRANGER = SampleWorld.STRANGER_OBJECT_ID;

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final RoleAssignmentsClient assignments = azure.drawbridge().roles().getRoleAssignments();

  @Test
  void put_whenNew_then201AndReadBack() {
    Response<RoleAssignmentInner> made =
        assignments.createWithResponse(
            SCOPE,
            NAME,
            Sdk.assignment(READER, STRANGER)
                .withDescription("until noon")
                .withCondition("@Request[x] StringEquals 'y'")
                .withConditionVersion("2.0"),
            Context.NONE);

    assertEquals(201, made.getStatusCode());
    RoleAssignmentInner found = assignments.get(SCOPE, NAME);
    assertEquals(
        SUBSCRIPTION_SCOPE + "/providers/Microsoft.Authorization/roleAssignments/" + NAME,
        found.id());
    assertEquals(SUBSCRIPTION_SCOPE, found.scope());
    assertEquals(READER, found.roleDefinitionId());
    assertEquals(STRANGER, found.principalId());
    assertEquals("until noon", found.description());
    assertEquals("@Request[x] StringEquals 'y'", found.condition());
    assertEquals("2.0", found.conditionVersion());
    assertEquals(ArmFixture.START, found.createdOn().toInstant());
    assertEquals(SampleWorld.DRAWBRIDGE_OBJECT_ID, found.createdBy());
    assertEquals(found.name(), assignments.getById(Sdk.scope(found.id())).name());
  }

  @Test
  void put_whenSameTrioUnderSameName_thenDescriptionIsUpdated() {
    assignments.create(SCOPE, NAME, Sdk.assignment(READER, STRANGER).withDescription("one"));
    azure.clock.advance(Duration.ofMinutes(1));

    Response<RoleAssignmentInner> updated =
        assignments.createWithResponse(
            SCOPE, NAME, Sdk.assignment(READER, STRANGER).withDescription("two"), Context.NONE);

    assertEquals(200, updated.getStatusCode());
    RoleAssignmentInner found = assignments.get(SCOPE, NAME);
    assertEquals("two", found.description());
    assertEquals(ArmFixture.START, found.createdOn().toInstant());
    assertEquals(ArmFixture.START.plusSeconds(60), found.updatedOn().toInstant());
  }

  @Test
  void put_whenSameTrioUnderAnotherName_then409WithAzuresMessageOnly() {
    assignments.create(SCOPE, NAME, Sdk.assignment(READER, STRANGER));

    String message =
        Sdk.assertRefused(
                409,
                "RoleAssignmentExists",
                () -> assignments.create(SCOPE, OTHER_NAME, Sdk.assignment(READER, STRANGER)))
            .getValue()
            .getMessage();

    assertEquals(
        "The role assignment already exists. The ID of the existing role assignment is "
            + "abcdefab123412341234123456789abc.",
        message);
  }

  @Test
  void put_whenAnotherTrioIsUnderTheName_then400() {
    assignments.create(SCOPE, NAME, Sdk.assignment(READER, STRANGER));

    Sdk.assertRefused(
        400,
        "RoleAssignmentUpdateNotPermitted",
        () ->
            assignments.create(
                SCOPE, NAME, Sdk.assignment(READER, SampleWorld.DRAWBRIDGE_OBJECT_ID)));
    Sdk.assertRefused(
        400,
        "RoleAssignmentUpdateNotPermitted",
        () -> assignments.create(Sdk.scope(GROUP_SCOPE), NAME, Sdk.assignment(READER, STRANGER)));
  }

  @Test
  void put_whenPrincipalIsUnknownOrNotReplicated_thenPrincipalNotFound() {
    String nobody = "99999999-9999-9999-9999-999999999999";
    Sdk.assertRefused(
        400,
        "PrincipalNotFound",
        () -> assignments.create(SCOPE, NAME, Sdk.assignment(READER, nobody)));

    azure.world.replicationDelay(Replication.PRINCIPALS, Duration.ofMinutes(2));
    Principal fresh = azure.newPrincipal("fresh");
    RoleAssignmentCreateParameters wanted = Sdk.assignment(READER, fresh.objectId());
    Sdk.assertRefused(400, "PrincipalNotFound", () -> assignments.create(SCOPE, NAME, wanted));
    azure.clock.advance(Duration.ofMinutes(2));
    assertEquals(NAME, assignments.create(SCOPE, NAME, wanted).name());
  }

  @Test
  void put_whenPrincipalIsOfAnotherType_thenUnmatchedPrincipalType() {
    Sdk.assertRefused(
        400,
        "UnmatchedPrincipalType",
        () ->
            assignments.create(
                SCOPE,
                NAME,
                Sdk.assignment(READER, STRANGER)
                    .withPrincipalType(
                        com.azure.resourcemanager.authorization.models.PrincipalType.USER)));
  }

  @Test
  void put_whenRoleIsAbsentOrNotVisibleYetOrNotAssignableThere_then404() {
    String prefix = SUBSCRIPTION_SCOPE + "/providers/Microsoft.Authorization/roleDefinitions/";
    Sdk.assertRefused(
        404,
        "RoleDefinitionDoesNotExist",
        () -> assignments.create(SCOPE, NAME, Sdk.assignment(prefix + OTHER_NAME, STRANGER)));

    RoleDefinition inGroup =
        azure.world.addCustomRole("In the group", "", List.of("*/read"), List.of(GROUP_SCOPE));
    Sdk.assertRefused(
        404,
        "RoleDefinitionDoesNotExist",
        () -> assignments.create(SCOPE, NAME, Sdk.assignment(prefix + inGroup.name(), STRANGER)));

    azure.world.replicationDelay(Replication.ROLE_DEFINITIONS, Duration.ofMinutes(2));
    RoleDefinition fresh =
        azure.world.addCustomRole("Fresh", "", List.of("*/read"), List.of(SUBSCRIPTION_SCOPE));
    RoleAssignmentCreateParameters wanted = Sdk.assignment(prefix + fresh.name(), STRANGER);
    Sdk.assertRefused(
        404, "RoleDefinitionDoesNotExist", () -> assignments.create(SCOPE, NAME, wanted));
    azure.clock.advance(Duration.ofMinutes(2));
    assertEquals(NAME, assignments.create(SCOPE, NAME, wanted).name());
  }

  @Test
  void put_whenNameIsNoGuidOrRoleIdIsNone_then400() {
    Sdk.assertRefused(
        400,
        "InvalidRoleAssignmentId",
        () -> assignments.create(SCOPE, "mine", Sdk.assignment(READER, STRANGER)));
    Sdk.assertRefused(
        400,
        "BadRequestFormat",
        () -> assignments.create(SCOPE, NAME, Sdk.assignment("Reader", STRANGER)));
  }

  @Test
  void delete_whenThere_then200WithBodyThen204ThenGetIs404() {
    assignments.create(SCOPE, NAME, Sdk.assignment(READER, STRANGER));

    Response<RoleAssignmentInner> gone =
        assignments.deleteWithResponse(SCOPE, NAME, null, Context.NONE);
    assertEquals(200, gone.getStatusCode());
    assertEquals(STRANGER, gone.getValue().principalId());
    Response<RoleAssignmentInner> again =
        assignments.deleteWithResponse(SCOPE, NAME, null, Context.NONE);
    assertEquals(204, again.getStatusCode());
    assertNull(again.getValue());
    Sdk.assertRefused(404, "RoleAssignmentNotFound", () -> assignments.get(SCOPE, NAME));
  }

  @Test
  void delete_whenLocked_then409UntilUnlocked() {
    assignments.create(SCOPE, NAME, Sdk.assignment(READER, STRANGER));
    azure.world.lock(SUBSCRIPTION_SCOPE);

    Sdk.assertRefused(409, "ScopeLocked", () -> assignments.delete(SCOPE, NAME));
    azure.world.unlock(SUBSCRIPTION_SCOPE);
    assertEquals(NAME, assignments.delete(SCOPE, NAME).name());
  }

  @Test
  void put_whenScopeIsMissing_then404AndWhenNotAllowed_then403() {
    Sdk.assertRefused(
        404,
        "ResourceGroupNotFound",
        () ->
            assignments.create(
                SCOPE + "/resourceGroups/none", NAME, Sdk.assignment(READER, STRANGER)));
    Sdk.assertRefused(
        404,
        "ResourceNotFound",
        () ->
            assignments.create(
                Sdk.scope(SampleWorld.VNET_ID) + "-2", NAME, Sdk.assignment(READER, STRANGER)));
    Principal contributor = azure.newPrincipal("contributor");
    azure.world.assign(contributor.objectId(), "Contributor", SUBSCRIPTION_SCOPE);
    RoleAssignmentsClient his = azure.as(contributor).roles().getRoleAssignments();
    Sdk.assertRefused(
        403,
        "AuthorizationFailed",
        () -> his.create(SCOPE, NAME, Sdk.assignment(READER, STRANGER)));
  }
}
