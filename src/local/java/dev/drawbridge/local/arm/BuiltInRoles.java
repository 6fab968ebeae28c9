package dev.drawbridge.local.arm;

import java.time.Instant;
import java.util.List;

/** Azure's built-in roles that matter here, as Microsoft documents them. */
final class BuiltInRoles {
  static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  static final String RBAC_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
  static final String NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";

  private static final Instant SINCE = Instant.parse("2015-02-02T21:55:09.880642Z");

  private BuiltInRoles() {}

  static List<RoleDefinition> all() {
    return List.of(
        role(OWNER, "Owner", "Grants full access to manage all resources.", List.of("*")),
        contributor(),
        role(READER, "Reader", "View all resources, but make no changes.", List.of("*/read")),
        role(
            RBAC_ADMINISTRATOR,
            "Role Based Access Control Administrator",
            "Manage access to Azure resources by assigning roles using Azure RBAC.",
            List.of(
                "Microsoft.Authorization/roleAssignments/write",
                "Microsoft.Authorization/roleAssignments/delete",
                "*/read",
                "Microsoft.Support/*")),
        role(
            NETWORK_CONTRIBUTOR,
            "Network Contributor",
            "Lets you manage networks, but not access to them.",
            List.of(
                "Microsoft.Authorization/*/read",
                "Microsoft.Insights/alertRules/*",
                "Microsoft.Network/*",
                "Microsoft.ResourceHealth/availabilityStatuses/read",
                "Microsoft.Resources/deployments/*",
                "Microsoft.Resources/subscriptions/resourceGroups/read",
                "Microsoft.Support/*")));
  }

  private static RoleDefinition contributor() {
    List<String> notActions =
        List.of(
            "Microsoft.Authorization/*/Delete",
            "Microsoft.Authorization/*/Write",
            "Microsoft.Authorization/elevateAccess/Action",
            "Microsoft.Blueprint/blueprintAssignments/write",
            "Microsoft.Blueprint/blueprintAssignments/delete",
            "Microsoft.Compute/galleries/share/action",
            "Microsoft.Purview/consents/write",
            "Microsoft.Purview/consents/delete",
            "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
            "Microsoft.Subscription/cancel/action",
            "Microsoft.Subscription/enable/action");
    return role(
        CONTRIBUTOR,
        "Contributor",
        "Grants full access to manage all resources, but not to assign roles.",
        Permission.of(List.of("*"), notActions));
  }

  private static RoleDefinition role(
      String name, String roleName, String description, List<String> actions) {
    return role(name, roleName, description, Permission.of(actions, List.of()));
  }

  private static RoleDefinition role(
      String name, String roleName, String description, Permission permission) {
    return new RoleDefinition(
        name,
        roleName,
        description,
        true,
        List.of(ResourceId.ROOT),
        List.of(permission),
        SINCE,
        SINCE,
        null,
        null);
  }
}
