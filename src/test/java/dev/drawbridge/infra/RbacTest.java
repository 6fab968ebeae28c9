package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.azure.RoleTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The app's rights: the ids that Bicep and the app agree on, and the condition on assigning. */
class RbacTest {
  private static final String ASTRONOMER = "11111111-2222-3333-4444-555555555555";
  private static final String APP = "66666666-7777-8888-9999-000000000000";
  private static final String STRANGER = "99999999-9999-9999-9999-999999999999";
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";
  private static final String DELETE = "Microsoft.Authorization/roleAssignments/delete";

  private static final List<String> TYPES = BicepRoleIds.privateLinkTypes();
  private static final String VNET = BicepRoleIds.of("astro-vnet-peering", "");
  private static final String VHUB = BicepRoleIds.of("astro-vhub-peering", "");
  private static final String STORAGE =
      BicepRoleIds.of("private-link-approver", "Microsoft.Storage/storageAccounts");

  /** The example of RFC 9562, A.4: www.example.com in the namespace of domain names. */
  @Test
  void version5_whenGivenTheStandardsExample_thenIsAsThere() {
    assertEquals(
        "2ed6657d-e927-568b-95e1-2665a8aea6a2",
        BicepRoleIds.version5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"));
  }

  @Test
  void roleIds_whenComputedByBicepAndByTheApp_thenAreTheSame() {
    Map<String, String> app = new TreeMap<>();
    Map<String, String> bicep = new TreeMap<>();
    RoleTemplates.load()
        .forEach(
            (kind, role) -> {
              for (String type : role.name().contains("{") ? TYPES : List.of("")) {
                String name = role.forResourceType(type).name();
                app.put(name, RoleTemplate.definitionId(BicepRoleIds.TENANT, name).toString());
                bicep.put(name, BicepRoleIds.of(kind.roleResource(), type));
              }
            });
    assertEquals(app, bicep);
    RoleTemplate approver =
        Objects.requireNonNull(RoleTemplates.load().get(ConnectionKind.PRIVATE_LINK));
    for (String type : TYPES) {
      for (String spelling :
          List.of(type.toLowerCase(Locale.ROOT), type.toUpperCase(Locale.ROOT))) {
        String name = approver.forResourceType(spelling).name();
        assertEquals(BicepRoleIds.of("private-link-approver", type), app.get(name), spelling);
      }
    }
    assertEquals(2 + TYPES.size(), Set.copyOf(bicep.values()).size(), "each its own");
    assertTrue(TYPES.size() >= 5, TYPES.toString());
  }

  /** Every role of the app is one of Bicep's, read from the same file. */
  @Test
  void roles_whenThereIsAKindOfConnection_thenRbacReadsItsFile() {
    String rbac = Bicep.read(Bicep.FOLDER.resolve("rbac.bicep")).text();
    for (ConnectionKind kind : ConnectionKind.values()) {
      assertTrue(rbac.contains("'../src/main/resources/roles/" + kind.roleResource() + ".json'"));
    }
    assertTrue(rbac.contains("var tenantId = toLower(tenant().tenantId)"));
    assertTrue(rbac.contains("'{resource-type}', toLower(resourceType)"));
    assertTrue(rbac.contains("guid(tenantId, vnetPeering.Name)"));
    assertTrue(rbac.contains("guid(tenantId, vhubPeering.Name)"));
    assertTrue(rbac.contains("[for role in approvers: guid(tenantId, role.Name)]"));
    for (String put :
        List.of(
            "'<vendor-roles>', join(vendorRoleIds, ', ')",
            "'<own-roles>',\n    join(ownRoleIds, ', ')",
            "'<vendor>',\n      astronomerPrincipalId",
            "'<own>',\n  principalId")) {
      assertTrue(rbac.contains(put), put);
    }
  }

  /** What rbac.bicep makes of the file. */
  private static AbacCondition condition(boolean vendorMayApprove) throws IOException {
    List<String> own =
        TYPES.stream().map(type -> BicepRoleIds.of("private-link-approver", type)).toList();
    List<String> vendor = new ArrayList<>(List.of(VNET, VHUB));
    if (vendorMayApprove) {
      vendor.addAll(own);
    }
    return AbacCondition.parse(
        Files.readString(Path.of("infra/rbac/condition.txt"))
            .replace("<vendor-roles>", String.join(", ", vendor))
            .replace("<vendor>", ASTRONOMER)
            .replace("<own-roles>", String.join(", ", own))
            .replace("<own>", APP));
  }

  /** A write has attributes of the request alone, a delete those of the resource. */
  private static AbacCondition.Call call(String action, String role, String principal) {
    String source = action.equals(WRITE) ? "@Request" : "@Resource";
    String attribute = source + "[Microsoft.Authorization/roleAssignments:%s]";
    return new AbacCondition.Call(
        action,
        Map.of(
            attribute.formatted("RoleDefinitionId"),
            role,
            attribute.formatted("PrincipalId"),
            principal));
  }

  @ParameterizedTest
  @ValueSource(strings = {WRITE, DELETE})
  void condition_whenACallIsTheAppsOwnWork_thenIsAllowed(String action) throws IOException {
    AbacCondition condition = condition(false);
    assertTrue(condition.allows(call(action, VNET, ASTRONOMER)));
    assertTrue(condition.allows(call(action, VHUB, ASTRONOMER)));
    assertTrue(condition.allows(call(action, VNET.toUpperCase(Locale.ROOT), ASTRONOMER)));
    for (String type : TYPES) {
      assertTrue(
          condition.allows(call(action, BicepRoleIds.of("private-link-approver", type), APP)),
          type);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WRITE, DELETE})
  void condition_whenRoleOrPrincipalIsAnother_thenIsForbidden(String action) throws IOException {
    AbacCondition condition = condition(false);
    Set<String> roles = new TreeSet<>(List.of(VNET, VHUB, STORAGE, OWNER));
    Set<String> allowed = new TreeSet<>();
    for (String role : roles) {
      for (String principal : List.of(ASTRONOMER, APP, STRANGER)) {
        if (condition.allows(call(action, role, principal))) {
          allowed.add(role + " to " + principal);
        }
      }
    }
    assertEquals(
        new TreeSet<>(
            List.of(
                VNET + " to " + ASTRONOMER, VHUB + " to " + ASTRONOMER, STORAGE + " to " + APP)),
        allowed);
    String other = BicepRoleIds.of("private-link-approver", "Microsoft.Compute/virtualMachines");
    assertFalse(condition.allows(call(action, other, APP)), "a type that is not allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {WRITE, DELETE})
  void condition_whenTheVendorMayApprove_thenItMayGetThoseRolesAndNoMore(String action)
      throws IOException {
    AbacCondition condition = condition(true);
    assertTrue(condition.allows(call(action, STORAGE, ASTRONOMER)));
    assertTrue(condition.allows(call(action, STORAGE, APP)));
    assertFalse(condition.allows(call(action, OWNER, ASTRONOMER)));
    assertFalse(condition.allows(call(action, VNET, APP)));
  }

  /** Attributes of the other kind of call, or none at all, open nothing. */
  @ParameterizedTest
  @CsvSource({WRITE + "," + DELETE, DELETE + "," + WRITE})
  void condition_whenTheAttributesAreThoseOfAnotherCall_thenIsForbidden(String action, String other)
      throws IOException {
    AbacCondition.Call misplaced =
        new AbacCondition.Call(action, call(other, VNET, ASTRONOMER).attributes());
    assertFalse(condition(false).allows(misplaced));
    assertFalse(condition(false).allows(new AbacCondition.Call(action, Map.of())));
  }

  /** A condition narrows what a role allows; it is the role that has no other actions. */
  @Test
  void condition_whenTheCallIsAnother_thenSaysNothing() throws IOException {
    String read = "Microsoft.Authorization/roleAssignments/read";
    assertTrue(condition(false).allows(new AbacCondition.Call(read, Map.of())));
  }

  @Test
  void condition_whenAllTypesAreAllowed_thenIsWithinAzuresLimit() throws IOException {
    long guids = 2L * (2 + 2L * TYPES.size()) * 38;
    long text = Files.size(Path.of("infra/rbac/condition.txt"));
    assertTrue(text + guids < 8 * 1024, "Azure takes 8 KB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        "(ActionMatches{'a'}",
        "ActionMatches{'a'} AND",
        "ActionMatches{'a'} AND ActionMatches{'b'} OR ActionMatches{'c'}",
        "ActionMatches{a}",
        "@Request[A/b:C] ForAnyOfAnyValues:GuidEquals {}",
        "@Request[A/b:C] ForAnyOfAnyValues:GuidEquals {<own>}",
        "@Principal[A/b:C] GuidEquals {11111111-2222-3333-4444-555555555555}",
        "ActionMatches{'a'})"
      })
  void parse_whenTheTextIsNoCondition_thenIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> AbacCondition.parse(text));
  }

  /** Pinned, the app writes no role definition; and in no case more than it needs. */
  @Test
  void rights_whenListed_thenAreReaderTheAdministratorWithItsConditionAndPerhapsTheWriter() {
    Bicep target = Bicep.read(Path.of("infra/rbac/target.bicep"));
    assertEquals(Set.of("assigner", "reader", "roleWriter", "scheduler"), target.names("resource"));
    String text = target.text();
    assertTrue(text.contains("conditionVersion: '2.0'\n    condition: condition"));
    assertTrue(text.contains("= if (!empty(roleWriterId)) {"));
    assertFalse(text.contains(OWNER));
    assertTrue(
        Bicep.read(Path.of("infra/rbac.bicep")).text().contains("pinned ? '' : roleWriterId"));
    String definitions = Bicep.read(Path.of("infra/rbac/definitions.bicep")).text();
    assertTrue(definitions.contains("= if (!pinned) {"));
    assertTrue(definitions.contains("[for role in roles: if (pinned) {"));
  }

  /** No condition limits it: only who asks for timeBound gets it, and by default nobody does. */
  @Test
  void rights_whenAssignmentsAreTimeBound_thenTheAppMayRequestThemAndOtherwiseNot() {
    String rbac = Bicep.read(Path.of("infra/rbac.bicep")).text();
    assertTrue(rbac.contains("var timeBound = assignments == 'timeBound'"));
    assertTrue(rbac.contains("schedulerId: timeBound ? schedulerId : ''"));
    assertTrue(rbac.contains("schedulerName: timeBound ? schedulerName : ''"));
    String target = Bicep.read(Path.of("infra/rbac/target.bicep")).text();
    assertTrue(target.contains("= if (!empty(schedulerId)) {"));
    String definitions = Bicep.read(Path.of("infra/rbac/definitions.bicep")).text();
    assertTrue(definitions.contains("= if (!empty(schedulerName)) {"));
    List<String> actions =
        definitions
            .lines()
            .map(String::strip)
            .filter(line -> line.contains("Microsoft.Authorization/roleAssignment"))
            .toList();
    assertEquals(
        List.of(
            "'Microsoft.Authorization/roleAssignmentScheduleRequests/write'",
            "'Microsoft.Authorization/roleAssignmentScheduleRequests/cancel/action'"),
        actions);
    String main = Bicep.read(Path.of("infra/main.bicep")).text();
    assertTrue(main.contains("param assignments string = 'direct'"));
  }
}
