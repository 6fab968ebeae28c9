package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final Access ACCESS = Samples.access();
  private static final String GROUP =
      "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-network";

  @Test
  void assignmentName_whenGiven_thenIsThatOfBicep() {
    // Python: uuid.uuid5(UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830"), scope-role-principal)
    assertEquals("239ee648-4f01-5c4b-8ed8-398f270b8c6b", ACCESS.assignmentName().toString());
  }

  @Test
  void assignmentName_whenTheScopeIsInAnotherCase_thenIsTheSame() {
    Access upper = scoped(ACCESS.scope().toUpperCase(Locale.ROOT));
    assertEquals(ACCESS.assignmentName(), upper.assignmentName());
    assertTrue(ACCESS.isSameAs(upper));
    Access renamed =
        new Access(ACCESS.scope(), "another name", ACCESS.roleId(), ACCESS.principalId());
    assertEquals(ACCESS.assignmentName(), renamed.assignmentName());
    assertTrue(ACCESS.isSameAs(renamed));
  }

  static Stream<Access> others() {
    return Stream.of(
        scoped(ACCESS.scope() + "0"),
        scoped(ACCESS.scope() + "/"),
        scoped(GROUP),
        new Access(ACCESS.scope(), ACCESS.roleName(), new UUID(1, 2), ACCESS.principalId()),
        new Access(ACCESS.scope(), ACCESS.roleName(), ACCESS.roleId(), new UUID(1, 2)),
        new Access(ACCESS.scope(), ACCESS.roleName(), ACCESS.principalId(), ACCESS.roleId()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void assignmentName_whenAnyOfTheTrioDiffers_thenDiffers(Access other) {
    assertNotEquals(ACCESS.assignmentName(), other.assignmentName());
    assertFalse(ACCESS.isSameAs(other));
  }

  /** Letters beyond ASCII whose other case is an ASCII letter are no such letter to Azure. */
  @ParameterizedTest
  @ValueSource(strings = {"rg-networ\u212a", "rg-\u0131", "rg-\u0130", "re\u017f"})
  void isSameAs_whenALookAlikeFoldsToAscii_thenIsNot(String group) {
    String ascii =
        group
            .replace('\u212a', 'k')
            .replace('\u0131', 'i')
            .replace('\u0130', 'i')
            .replace('\u017f', 's');
    Access one = scoped(GROUP + ascii);
    Access other = scoped(GROUP + group);
    assertFalse(one.isSameAs(other));
    assertNotEquals(one.assignmentName(), other.assignmentName());
  }

  @ParameterizedTest
  @EnumSource
  void roleDefinitionId_whenTheScopeIsAnyOfOurs_thenIsInItsSubscription(GrantScope scope) {
    assertEquals(
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/providers"
            + "/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
        scoped(scope.around(Samples.request().target())).roleDefinitionId());
  }

  @Test
  void around_whenWider_thenIsTheParent() {
    ResourceId target = Samples.request().target();
    assertEquals(
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
        GrantScope.SUBSCRIPTION.around(target));
    assertEquals(GROUP, GrantScope.RESOURCE_GROUP.around(target));
    assertEquals(
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet-data",
        GrantScope.TARGET.around(target));
  }

  @ParameterizedTest
  @EnumSource
  void parse_whenAScopeOfOurs_thenIsGivenBack(GrantScope scope) {
    String around = scope.around(Samples.request().target());
    assertEquals(around, GrantScope.parse(around));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/subscriptions",
        "/subscriptions/",
        "/subscriptions/x",
        "/subscriptions/1-1-1-1-1",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/..",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e?x=",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/..",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/providers/Microsoft.Authorization",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/N.S",
        "/providers/Microsoft.Management/managementGroups/root",
        "subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
      })
  void parse_whenNoScopeOfOurs_thenIsRefused(String scope) {
    assertThrows(IllegalArgumentException.class, () -> GrantScope.parse(scope));
  }

  private static Access scoped(String scope) {
    return new Access(scope, ACCESS.roleName(), ACCESS.roleId(), ACCESS.principalId());
  }
}
