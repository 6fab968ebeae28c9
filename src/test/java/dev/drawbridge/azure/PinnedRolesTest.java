package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.PermanentFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PinnedRolesTest {
  private static final Access ACCESS = Samples.access();
  private static final RoleTemplate ROLE =
      new RoleTemplate(ACCESS.roleName(), "Text", Set.of("Microsoft.Network/virtualNetworks/read"));

  private final Calls calls = new Calls();
  private final List<String> made = new ArrayList<>();
  private final FakeAzure azure = new FakeAzure(calls);
  private final PinnedRoles pinned = new PinnedRoles(azure);

  PinnedRolesTest() {
    calls.before((number, name) -> made.add(name));
  }

  @Test
  void findRole_whenThereIsNone_thenSaysWhatToDeploy() {
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> pinned.findRole(ROLE, ACCESS.scope()));
    assertEquals("roleMissing", fault.code());
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("roleDefinitions=pinned"), message);
    assertTrue(message.contains(ROLE.name()), message);
  }

  @Test
  void roles_whenTheyAreThere_thenAreFoundAndNeitherWrittenNorDeleted() {
    azure.addRoleByHand(ROLE.name(), ACCESS.roleId());
    assertEquals(Optional.of(ACCESS.roleId()), pinned.findRole(ROLE, ACCESS.scope()));
    assertThrows(PermanentFault.class, () -> pinned.defineRole(ROLE, ACCESS));
    assertFalse(pinned.deleteRole(ACCESS));
    assertTrue(azure.hasRole(ROLE.name()));
    assertEquals(List.of("azure.findRole"), made);
  }

  @Test
  void assignments_whenMadeAndTakenAway_thenAreAzures() {
    assertEquals("call", pinned.assign(ACCESS, "text"));
    assertEquals(azure.find(ACCESS), pinned.find(ACCESS));
    assertTrue(pinned.find(ACCESS).isPresent());
    assertEquals(azure.ours(ACCESS.subscriptionId()), pinned.ours(ACCESS.subscriptionId()));
    assertEquals("call", pinned.unassign(ACCESS));
    assertEquals(Optional.empty(), pinned.find(ACCESS));
  }
}
