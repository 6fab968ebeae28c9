package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.RoleTemplate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTemplatesTest {

  /** As astronomer.io/docs/astro/connect-azure has it under "VNet peering", step 2. */
  @Test
  void load_whenAsked_thenTheRoleIsExactlyTheVendors() {
    Map<ConnectionKind, RoleTemplate> roles = RoleTemplates.load();
    assertEquals(
        new RoleTemplate(
            "Astro VNET Peering Contributor",
            "Can create VNET peering with Astro.",
            Set.of(
                "Microsoft.Resources/subscriptions/resourceGroups/read",
                "Microsoft.Resources/subscriptions/read",
                "Microsoft.Network/virtualNetworks/read",
                "Microsoft.Network/virtualNetworks/write",
                "Microsoft.Network/virtualNetworks/peer/action",
                "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
                "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
                "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/read")),
        roles.get(ConnectionKind.VNET_PEERING));
  }

  /** The same page under "VHub peering", step 2. */
  @Test
  void load_whenAsked_thenTheHubsRoleIsExactlyTheVendors() {
    assertEquals(
        new RoleTemplate(
            "Astro VHub Peering Contributor",
            "Can create VNET peering with Astro.",
            Set.of(
                "Microsoft.Resources/subscriptions/resourceGroups/read",
                "Microsoft.Resources/subscriptions/read",
                "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/write",
                "Microsoft.Network/virtualHubs/read",
                "Microsoft.Network/virtualWans/virtualHubs/read")),
        RoleTemplates.load().get(ConnectionKind.VHUB_PEERING));
  }

  /** The page names no role for this: it is what an approval takes, and is no more than that. */
  @Test
  void load_whenAsked_thenTheApproversRoleIsForOneTypeAndNothingElse() {
    assertEquals(
        new RoleTemplate(
            "Astro Private Link Approver for {resource-type}",
            "Can approve private endpoint connections to one resource of {resource-type}.",
            Set.of(
                "{resource-type}/read",
                "{resource-type}/privateEndpointConnections/read",
                "{resource-type}/privateEndpointConnections/write",
                "{resource-type}/privateEndpointConnectionsApproval/action")),
        RoleTemplates.load().get(ConnectionKind.PRIVATE_LINK));
  }

  @Test
  void load_whenAsked_thenEveryKindHasItsRole() {
    assertEquals(Set.of(ConnectionKind.values()), RoleTemplates.load().keySet());
  }
}
