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

  @Test
  void load_whenAsked_thenEveryKindHasItsRole() {
    assertEquals(Set.of(ConnectionKind.values()), RoleTemplates.load().keySet());
  }
}
