package dev.drawbridge.local.astro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.Peering;
import dev.drawbridge.local.arm.Replication;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AstroIT {
  private static final Duration NEVER_IN_THIS_TEST = Duration.ofDays(1);
  private static final PeeringRequest REQUEST =
      new PeeringRequest(
          SampleWorld.SUBSCRIPTION,
          SampleWorld.RESOURCE_GROUP,
          SampleWorld.VNET,
          "astro",
          SampleWorld.ASTRO_VNET_ID);
  private static final Peering CONNECTED = Peering.connected("astro", SampleWorld.ASTRO_VNET_ID);

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final Astro astro = Astro.start(azure.arm, azure.clock, NEVER_IN_THIS_TEST);

  @AfterEach
  void stop() {
    astro.close();
  }

  @Test
  void tryNow_whenGrantedAndRevoked_thenRefusedBeforeAndAfter() {
    assertEquals(401, astro.tryNow(REQUEST));
    knowAstronomer();
    assertEquals(403, astro.tryNow(REQUEST));
    RoleAssignment grant = grant();

    assertEquals(201, astro.tryNow(REQUEST));

    assertTrue(azure.world.peerings(SampleWorld.VNET_ID).contains(CONNECTED));
    azure.world.removeAssignment(grant.name());
    azure.world.removePeering(SampleWorld.VNET_ID, "astro");
    assertEquals(403, astro.tryNow(REQUEST));
    assertEquals(
        List.of(
            "Astronomer tried to sign in to the customer's tenant: 401 invalid_client (AADSTS7000229)",
            "Astronomer tried to create the peering: 403 AuthorizationFailed",
            "Astronomer tried to create the peering: 201",
            "Astronomer tried to create its own side of the peering: 201",
            "Astronomer tried to create the peering: 403 AuthorizationFailed"),
        astro.attempts().stream().map(Attempt::describe).toList());
    assertEquals(ArmFixture.START, astro.attempts().get(0).at());
  }

  @Test
  void request_whenAllowedLater_thenConnectedWhenTheClockMoves() {
    List<Attempt> told = new ArrayList<>();
    astro.onAttempt(told::add);
    knowAstronomer();
    astro.request(REQUEST);
    azure.clock.advance(Duration.ofMinutes(1));
    grant();

    azure.clock.advance(Duration.ofMinutes(1));

    assertTrue(azure.world.peerings(SampleWorld.VNET_ID).contains(CONNECTED));
    assertEquals(List.of(403, 403, 201, 201), told.stream().map(Attempt::status).toList());
    azure.clock.advance(Duration.ofMinutes(1));
    assertEquals(4, astro.attempts().size());
  }

  @Test
  void request_whenDelayed_thenNothingIsTriedBefore() {
    knowAstronomer();
    grant();
    astro.behave(Behaviour.connecting().after(Duration.ofMinutes(10)));
    astro.request(REQUEST);

    azure.clock.advance(Duration.ofMinutes(9));
    assertEquals(List.of(), astro.attempts());
    azure.clock.advance(Duration.ofMinutes(1));

    assertTrue(azure.world.peerings(SampleWorld.VNET_ID).contains(CONNECTED));
  }

  @Test
  void request_whenOneSided_thenThePeeringStaysInitiated() {
    knowAstronomer();
    grant();
    astro.behave(Behaviour.oneSided());

    astro.request(REQUEST);
    azure.clock.advance(Duration.ofDays(1));

    assertTrue(
        azure
            .world
            .peerings(SampleWorld.VNET_ID)
            .contains(Peering.initiated("astro", SampleWorld.ASTRO_VNET_ID)));
  }

  @Test
  void request_whenMistaken_thenThePeeringLeadsElsewhere() {
    knowAstronomer();
    grant();
    astro.behave(Behaviour.mistaken());

    astro.request(REQUEST);

    assertTrue(
        azure
            .world
            .peerings(SampleWorld.VNET_ID)
            .contains(Peering.connected("astro", SampleWorld.ASTRO_VNET_ID + "-of-another")));
  }

  @Test
  void request_whenNever_thenNothingIsTried() {
    knowAstronomer();
    grant();
    astro.behave(Behaviour.never());

    astro.request(REQUEST);
    azure.clock.advance(Duration.ofDays(1));

    assertEquals(List.of(), astro.attempts());
    assertEquals(1, azure.world.peerings(SampleWorld.VNET_ID).size());
  }

  @Test
  void request_whenAccessReplicatesSlowly_thenRefusedUntilItHas() {
    knowAstronomer();
    azure.world.replicationDelay(Replication.ACCESS, Duration.ofMinutes(2));
    grant();
    astro.request(REQUEST);

    azure.clock.advance(Duration.ofMinutes(1));
    azure.clock.advance(Duration.ofMinutes(1));

    assertEquals(
        List.of(403, 403, 201, 201), astro.attempts().stream().map(Attempt::status).toList());
  }

  @Test
  void request_whenTheAnswerIsLost_thenTriedAgain() {
    knowAstronomer();
    grant();
    azure.arm.armFaults().add(Fault.of("PUT", "astro", 0, "", 1).losingTheAnswer());

    astro.request(REQUEST);
    azure.clock.advance(Duration.ofMinutes(1));

    assertEquals(0, astro.attempts().get(0).status());
    assertEquals(200, astro.attempts().get(1).status());
    assertTrue(azure.world.peerings(SampleWorld.VNET_ID).contains(CONNECTED));
  }

  @Test
  void request_whenOnlyTimePasses_thenTriedAgainAtTheInterval() throws InterruptedException {
    CountDownLatch refusals = new CountDownLatch(3);
    try (Astro eager = Astro.start(azure.arm, azure.clock, Duration.ofMillis(10))) {
      eager.onAttempt(attempt -> refusals.countDown());
      eager.request(REQUEST);

      assertTrue(refusals.await(30, TimeUnit.SECONDS));
    }
  }

  private void knowAstronomer() {
    Astronomer.addTo(azure.world);
  }

  /** The role of the vendor's page. */
  private RoleAssignment grant() {
    return Astronomer.grant(
        azure.world,
        "Astro VNET Peering Contributor",
        ArmFixture.SUBSCRIPTION_SCOPE,
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.Resources/subscriptions/read",
        "Microsoft.Network/virtualNetworks/read",
        "Microsoft.Network/virtualNetworks/write",
        "Microsoft.Network/virtualNetworks/peer/action",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
        "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/read");
  }
}
