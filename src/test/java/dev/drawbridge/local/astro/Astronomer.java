package dev.drawbridge.local.astro;

import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.PrincipalSpec;
import dev.drawbridge.local.arm.PrincipalType;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.RoleDefinition;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.arm.World;
import java.util.List;

/** Astronomer's service principal in a customer's tenant. */
final class Astronomer {
  private static final String OBJECT_ID = "33333333-aaaa-bbbb-cccc-dddddddddddd";

  private Astronomer() {}

  static void addTo(World world) {
    world.addPrincipal(
        new PrincipalSpec(
            OBJECT_ID,
            SampleWorld.ASTRONOMER_CLIENT_ID,
            "Astronomer",
            PrincipalType.APPLICATION,
            SampleWorld.ASTRONOMER_SECRET));
  }

  /** Grants it a role of its own. */
  static RoleAssignment grant(World world, String roleName, String scope, String... actions) {
    RoleDefinition role =
        world.addCustomRole(roleName, "", List.of(actions), List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    return world.assign(OBJECT_ID, role.name(), scope);
  }
}
