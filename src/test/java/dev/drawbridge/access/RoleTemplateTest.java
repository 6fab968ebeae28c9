package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTemplateTest {
  private static final String READ = "Microsoft.Network/virtualNetworks/read";
  private static final String WRITE = "Microsoft.Network/virtualNetworks/write";
  private static final RoleTemplate ROLE = new RoleTemplate("Name", "Text", Set.of(READ, WRITE));

  @Test
  void allowsExactly_whenTheSameInAnyCase_thenDoes() {
    assertTrue(ROLE.allowsExactly(Set.of(READ, WRITE)));
    assertTrue(
        ROLE.allowsExactly(
            Set.of(
                "MICROSOFT.NETWORK/VIRTUALNETWORKS/READ",
                "microsoft.network/virtualnetworks/write")));
    assertTrue(
        ROLE.allowsExactly(Set.of(READ, WRITE, "microsoft.network/virtualNetworks/Write")),
        "the same action said twice is no more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*/read",
        "Microsoft.Network/*",
        "Microsoft.Network/virtualNetworks/*",
        "Microsoft.Network/virtualNetworks/delete",
        "Microsoft.Network/virtualNetworks/read ",
        "Microsoft.Networ\u212a/virtualNetworks/read",
        "",
      })
  void allowsExactly_whenMoreIsAllowed_thenDoesNot(String more) {
    Set<String> actions = new HashSet<>(ROLE.actions());
    actions.add(more);
    assertFalse(ROLE.allowsExactly(actions));
    assertFalse(ROLE.allowsExactly(Set.of(WRITE, more)), "in the place of another");
  }

  @Test
  void allowsExactly_whenLessIsAllowed_thenDoesNot() {
    assertFalse(ROLE.allowsExactly(Set.of(READ)));
    assertFalse(ROLE.allowsExactly(Set.of()));
  }

  @Test
  void constructor_whenActionsAreNotListed_thenIsRefused() {
    for (Set<String> actions : Set.of(Set.<String>of(), Set.of("*"), Set.of(READ, "a/*/read"))) {
      assertThrows(IllegalArgumentException.class, () -> new RoleTemplate("N", "T", actions));
    }
  }

  @Test
  void definitionId_whenGiven_thenIsOneATenantAndName() {
    // Python: uuid.uuid5(UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830"),
    //     "aaaabbbb-0000-cccc-1111-dddd2222eeee-Astro VNET Peering Contributor")
    assertEquals(
        "03364f48-3042-55a7-853d-beb0fad3802e",
        RoleTemplate.definitionId(Samples.TENANT, "Astro VNET Peering Contributor").toString());
    assertNotEquals(
        RoleTemplate.definitionId(Samples.TENANT, "Name"),
        RoleTemplate.definitionId(Samples.SUBSCRIPTION, "Name"));
  }
}
