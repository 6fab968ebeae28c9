package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final String READ = "Microsoft.Network/virtualNetworks/read";
  private static final String ASSIGN = "Microsoft.Authorization/roleAssignments/write";
  private static final String WHO = SampleWorld.STRANGER_OBJECT_ID;
  private static final String SUBSCRIPTION = "/subscriptions/" + SampleWorld.SUBSCRIPTION;
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/rg-network";

  private final LocalClock clock = LocalClock.standingAt(ArmFixture.START);
  private final World world = World.sample(clock);

  @Test
  void permits_whenAssignedAtSubscription_thenInheritedByAllBelow() {
    world.assign(WHO, "Reader", SUBSCRIPTION);

    assertTrue(world.permits(WHO, READ, SUBSCRIPTION));
    assertTrue(world.permits(WHO, READ, GROUP));
    assertTrue(world.permits(WHO, READ, SampleWorld.VNET_ID));
    assertTrue(world.permits(WHO, READ, SampleWorld.VNET_ID + "/virtualNetworkPeerings/p"));
    assertFalse(world.permits(WHO, READ, "/subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION));
  }

  @Test
  void permits_whenAssignedAtResource_thenNotAboveNorBeside() {
    world.assign(WHO, "Reader", SampleWorld.VNET_ID);

    assertTrue(world.permits(WHO, READ, SampleWorld.VNET_ID));
    assertFalse(world.permits(WHO, READ, GROUP));
    assertFalse(world.permits(WHO, READ, SampleWorld.OTHER_VNET_ID));
    assertFalse(world.permits(WHO, READ, SampleWorld.VNET_ID + "-2"));
  }

  @Test
  void permits_whenSubscriptionIdIsAPrefixOfAnother_thenOnlyThatOne() {
    world.addSubscription("1", "One");
    world.addSubscription("11", "Eleven");
    world.assign(WHO, "Owner", "/subscriptions/1");

    assertTrue(world.permits(WHO, ASSIGN, "/subscriptions/1/resourceGroups/r"));
    assertFalse(world.permits(WHO, ASSIGN, "/subscriptions/11"));
    assertFalse(world.permits(WHO, ASSIGN, "/subscriptions/11/resourceGroups/r"));
  }

  @Test
  void permits_whenBuiltInRoles_thenAsMicrosoftDocuments() {
    Principal contributor = principal("11111111-1111-1111-1111-111111111111");
    Principal administrator = principal("22222222-2222-2222-2222-222222222222");
    Principal network = principal("33333333-3333-3333-3333-333333333333");
    world.assign(contributor.objectId(), "Contributor", SUBSCRIPTION);
    world.assign(administrator.objectId(), "Role Based Access Control Administrator", SUBSCRIPTION);
    world.assign(network.objectId(), "Network Contributor", SUBSCRIPTION);
    String write = "Microsoft.Network/virtualNetworks/write";
    String define = "Microsoft.Authorization/roleDefinitions/write";

    assertTrue(world.permits(contributor.objectId(), write, GROUP));
    assertFalse(world.permits(contributor.objectId(), ASSIGN, GROUP));
    assertTrue(world.permits(administrator.objectId(), ASSIGN, GROUP));
    assertFalse(world.permits(administrator.objectId(), write, GROUP));
    assertFalse(world.permits(administrator.objectId(), define, GROUP));
    assertTrue(world.permits(network.objectId(), write, GROUP));
    assertFalse(world.permits(network.objectId(), ASSIGN, GROUP));
  }

  @Test
  void permits_whenOneRoleTakesAwayWhatAnotherGives_thenGiven() {
    world.assign(WHO, "Contributor", SUBSCRIPTION);
    world.assign(WHO, "Role Based Access Control Administrator", GROUP);

    assertTrue(world.permits(WHO, ASSIGN, GROUP));
    assertFalse(world.permits(WHO, ASSIGN, SUBSCRIPTION));
  }

  @Test
  void permits_whenReplicationIsSlow_thenGrantAndRevocationTakeEffectLater() {
    world.replicationDelay(Replication.ACCESS, Duration.ofMinutes(5));
    RoleAssignment assignment = world.assign(WHO, "Reader", SUBSCRIPTION);

    assertFalse(world.permits(WHO, READ, SUBSCRIPTION));
    clock.advance(Duration.ofMinutes(5));
    assertTrue(world.permits(WHO, READ, SUBSCRIPTION));

    assertTrue(world.removeAssignment(assignment.name()));
    assertTrue(world.permits(WHO, READ, SUBSCRIPTION));
    clock.advance(Duration.ofMinutes(5));
    assertFalse(world.permits(WHO, READ, SUBSCRIPTION));
  }

  @Test
  void assign_whenPrincipalOrRoleIsUnknown_thenRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> world.assign("nobody", "Reader", SUBSCRIPTION));
    assertThrows(
        IllegalArgumentException.class, () -> world.assign(WHO, "No such role", SUBSCRIPTION));
  }

  @Test
  void sample_whenMade_thenBaselineIsConnectedAndAstronomerIsUnknown() {
    assertEquals(
        List.of(Peering.connected(SampleWorld.BASELINE_PEERING, SampleWorld.HUB_VNET_ID)),
        world.peerings(SampleWorld.VNET_ID));
    assertEquals(List.of(), world.peerings(SampleWorld.OTHER_VNET_ID));
    assertTrue(world.servicePrincipal(SampleWorld.ASTRONOMER_CLIENT_ID).isEmpty());
  }

  @Test
  void removePeering_whenOtherSideIsThere_thenThatIsDisconnected() {
    assertTrue(world.removePeering(SampleWorld.VNET_ID, SampleWorld.BASELINE_PEERING));

    assertEquals("Disconnected", world.peerings(SampleWorld.HUB_VNET_ID).get(0).state());
    assertFalse(world.removePeering(SampleWorld.VNET_ID, SampleWorld.BASELINE_PEERING));
  }

  @Test
  void createRemoteSide_whenThisSideIsMissing_thenRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> world.createRemoteSide(SampleWorld.VNET_ID, "no-such-peering"));
  }

  private Principal principal(String objectId) {
    return world.addPrincipal(
        new PrincipalSpec(objectId, null, "Someone", PrincipalType.USER, null));
  }
}
