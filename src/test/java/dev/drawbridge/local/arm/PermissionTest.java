package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionTest {
  @ParameterizedTest
  @CsvSource({
    "*, Microsoft.Network/virtualNetworks/write, true",
    "*/read, Microsoft.Network/virtualNetworks/read, true",
    "*/read, Microsoft.Network/virtualNetworks/write, false",
    "*/read, read, false",
    "Microsoft.Network/*, Microsoft.Network/virtualNetworks/peer/action, true",
    "Microsoft.Network/*, Microsoft.NetworkX/virtualNetworks/read, false",
    "Microsoft.Network/*/read, Microsoft.Network/virtualNetworks/subnets/read, true",
    "microsoft.network/VIRTUALNETWORKS/read, Microsoft.Network/virtualNetworks/read, true",
    "Microsoft.Network/virtualNetworks/read, MicrosoftXNetwork/virtualNetworks/read, false",
    "Microsoft.Network/virtualNetworks/read, Microsoft.Network/virtualNetworks/read/x, false",
    "Microsoft.Network/virtualNetworks/write, Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write, false",
  })
  void grants_whenPattern_thenMatchesTheWholeAction(
      String pattern, String action, boolean expected) {
    assertEquals(expected, Permission.of(List.of(pattern), List.of()).grants(action));
  }

  @Test
  void grants_whenNotAction_thenTakenAway() {
    Permission permission =
        Permission.of(List.of("Microsoft.Network/*"), List.of("Microsoft.Network/*/delete"));

    assertTrue(permission.grants("Microsoft.Network/virtualNetworks/write"));
    assertFalse(permission.grants("Microsoft.Network/virtualNetworks/delete"));
  }

  @Test
  void grants_whenOnlyDataAction_thenNothing() {
    Permission permission = new Permission(List.of(), List.of(), List.of("*"), List.of());

    assertFalse(permission.grants("Microsoft.Network/virtualNetworks/read"));
  }
}
