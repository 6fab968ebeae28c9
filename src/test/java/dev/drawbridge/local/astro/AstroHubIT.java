package dev.drawbridge.local.astro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.HubConnection;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AstroHubIT {
  private static final HubConnectionRequest REQUEST =
      new HubConnectionRequest(
          SampleWorld.SUBSCRIPTION,
          SampleWorld.RESOURCE_GROUP,
          SampleWorld.HUB,
          "astro-prod",
          SampleWorld.ASTRO_VNET_ID);

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final Astro astro = Astro.start(azure.arm, azure.clock, Duration.ofDays(1));

  @AfterEach
  void stop() {
    astro.close();
  }

  @Test
  void tryNow_whenGrantedAndRevoked_thenRefusedBeforeAndAfter() {
    assertEquals(401, astro.tryNow(REQUEST));
    Astronomer.addTo(azure.world);
    assertEquals(403, astro.tryNow(REQUEST));
    RoleAssignment grant = grant();

    assertEquals(201, astro.tryNow(REQUEST));

    assertStands(HubConnection.succeeded("astro-prod", SampleWorld.ASTRO_VNET_ID));
    azure.world.removeAssignment(grant.name());
    azure.world.removeHubConnection(SampleWorld.HUB_ID, "astro-prod");
    assertEquals(403, astro.tryNow(REQUEST));
    assertEquals(
        List.of(
            "Astronomer tried to sign in to the customer's tenant: 401 invalid_client (AADSTS7000229)",
            "Astronomer tried to create the hub connection: 403 AuthorizationFailed",
            "Astronomer tried to create the hub connection: 201",
            "Astronomer tried to create its own side of the hub connection: 201",
            "Astronomer tried to create the hub connection: 403 AuthorizationFailed"),
        astro.attempts().stream().map(Attempt::describe).toList());
  }

  @Test
  void request_whenOneSided_thenTheConnectionStaysUpdating() {
    Astronomer.addTo(azure.world);
    grant();
    astro.behave(Behaviour.oneSided());

    astro.request(REQUEST);
    azure.clock.advance(Duration.ofDays(1));

    assertStands(HubConnection.updating("astro-prod", SampleWorld.ASTRO_VNET_ID));
    assertEquals(1, astro.attempts().size());
  }

  @Test
  void request_whenMistaken_thenTheConnectionFailsForAReason() {
    Astronomer.addTo(azure.world);
    grant();
    astro.behave(Behaviour.mistaken());

    astro.request(REQUEST);

    assertStands(HubConnection.failed("astro-prod", SampleWorld.ASTRO_VNET_ID));
    Attempt last = astro.attempts().get(1);
    assertEquals(Attempt.Step.OWN_SIDE, last.step());
    assertEquals("VnetAddressSpacesOverlap", last.errorCode());
  }

  @Test
  void request_whenTheHubIsBusy_thenTriedAgain() {
    Astronomer.addTo(azure.world);
    grant();
    azure.world.setHubState(SampleWorld.HUB_ID, "Updating", "Provisioning");
    astro.request(REQUEST);
    azure.world.setHubState(SampleWorld.HUB_ID, "Succeeded", "Provisioned");

    azure.clock.advance(Duration.ofMinutes(1));

    assertEquals(List.of(429, 201, 201), astro.attempts().stream().map(Attempt::status).toList());
    assertStands(HubConnection.succeeded("astro-prod", SampleWorld.ASTRO_VNET_ID));
  }

  private void assertStands(HubConnection connection) {
    assertTrue(azure.world.hubConnections(SampleWorld.HUB_ID).contains(connection));
  }

  /** The role of the vendor's page. */
  private RoleAssignment grant() {
    return Astronomer.grant(
        azure.world,
        "Astro VHub Peering Contributor",
        ArmFixture.SUBSCRIPTION_SCOPE,
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.Resources/subscriptions/read",
        "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/write",
        "Microsoft.Network/virtualHubs/read",
        "Microsoft.Network/virtualWans/virtualHubs/read");
  }
}
