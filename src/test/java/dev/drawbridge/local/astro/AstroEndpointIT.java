package dev.drawbridge.local.astro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.PrivateEndpointConnection;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AstroEndpointIT {
  private static final PrivateEndpointRequest REQUEST =
      new PrivateEndpointRequest(SampleWorld.REGISTRY_ID, "registry", "Drawbridge K7QX");

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final Astro astro = Astro.start(azure.arm, azure.clock, Duration.ofDays(1));

  @AfterEach
  void stop() {
    astro.close();
  }

  @Test
  void tryNow_whenAstronomerIsUnknown_thenPendingWithTheMessage() {
    assertEquals(201, astro.tryNow(REQUEST));

    PrivateEndpointConnection made = only();
    assertEquals("Pending", made.status());
    assertEquals("Drawbridge K7QX", made.description());
    assertEquals(REQUEST.endpointId(), made.endpointId());
    assertEquals(
        List.of("Astronomer tried to create the private endpoint: 201"),
        astro.attempts().stream().map(Attempt::describe).toList());
  }

  @Test
  void tryNow_whenTriedTwice_thenOneConnectionPerRequest() {
    astro.tryNow(REQUEST);
    astro.tryNow(REQUEST);
    PrivateEndpointRequest other =
        new PrivateEndpointRequest(SampleWorld.REGISTRY_ID, "registry", "Drawbridge 2M4P");
    astro.tryNow(other);

    assertEquals(2, azure.world.privateEndpointConnections(SampleWorld.REGISTRY_ID).size());
    assertNotEquals(REQUEST.endpointId(), other.endpointId());
  }

  @Test
  void tryNow_whenGrantedAndRevoked_thenApprovedOnlyBetween() {
    Astronomer.addTo(azure.world);
    RoleAssignment grant = grant();

    astro.tryNow(REQUEST);

    assertEquals("Approved", only().status());
    assertEquals("Auto-Approved", only().description());
    azure.world.removeAssignment(grant.name());
    astro.tryNow(new PrivateEndpointRequest(SampleWorld.REGISTRY_ID, "registry", "Another"));
    assertEquals(
        List.of("Approved", "Pending"),
        azure.world.privateEndpointConnections(SampleWorld.REGISTRY_ID).stream()
            .map(PrivateEndpointConnection::status)
            .toList());
  }

  @Test
  void request_whenOneSided_thenPendingThoughAstronomerCouldApprove() {
    Astronomer.addTo(azure.world);
    grant();
    astro.behave(Behaviour.oneSided());

    astro.request(REQUEST);

    assertEquals("Pending", only().status());
    assertEquals("Drawbridge K7QX", only().description());
  }

  @Test
  void request_whenMistaken_thenItBearsAnotherMessage() {
    astro.behave(Behaviour.mistaken());

    astro.request(REQUEST);

    assertEquals("Pending", only().status());
    assertEquals("Private endpoint for Astro", only().description());
  }

  @Test
  void tryNow_whenResourceOrGroupIsWrong_thenAzuresCode() {
    assertEquals(
        404,
        astro.tryNow(
            new PrivateEndpointRequest(SampleWorld.REGISTRY_ID + "2", "registry", "Please")));
    assertEquals(
        400, astro.tryNow(new PrivateEndpointRequest(SampleWorld.REGISTRY_ID, "blob", "Please")));
    assertEquals(
        List.of("ResourceNotFound", "InvalidRequestFormat"),
        astro.attempts().stream().map(Attempt::errorCode).toList());
  }

  @Test
  void request_whenDelayed_thenNothingIsMadeBefore() {
    astro.behave(Behaviour.connecting().after(Duration.ofMinutes(10)));
    astro.request(REQUEST);

    azure.clock.advance(Duration.ofMinutes(9));
    assertEquals(List.of(), azure.world.privateEndpointConnections(SampleWorld.REGISTRY_ID));
    azure.clock.advance(Duration.ofMinutes(1));

    assertEquals("Pending", only().status());
  }

  private PrivateEndpointConnection only() {
    List<PrivateEndpointConnection> all =
        azure.world.privateEndpointConnections(SampleWorld.REGISTRY_ID);
    assertEquals(1, all.size());
    return all.get(0);
  }

  /** What approving at creation needs, and reading. */
  private RoleAssignment grant() {
    return Astronomer.grant(
        azure.world,
        "Approver",
        SampleWorld.REGISTRY_ID,
        "Microsoft.ContainerRegistry/registries/read",
        "Microsoft.ContainerRegistry/registries/privateEndpointConnections/read",
        "Microsoft.ContainerRegistry/registries/privateEndpointConnections/write",
        "Microsoft.ContainerRegistry/registries/privateEndpointConnectionsApproval/action");
  }
}
