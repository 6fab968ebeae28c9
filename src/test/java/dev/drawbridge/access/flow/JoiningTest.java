package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.FakeAzure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Operations that come to a target or to a grant that others have already. */
class JoiningTest {
  private static final ResourceId NETWORK = Samples.request().target();
  private static final Access ACCESS =
      new Access(
          FlowWorld.SUBSCRIPTION,
          FlowWorld.ROLE,
          RoleTemplate.definitionId(Samples.TENANT, FlowWorld.ROLE),
          FakeAzure.VENDOR);

  private final FlowWorld world = new FlowWorld();

  private OperationId granted(String ticket, String cluster, String network) {
    ResourceId target = FlowWorld.request(ticket, cluster, network).target();
    if (!target.equals(NETWORK)) {
      world.azure.addNetwork(target);
    }
    world.clock.advance(Duration.ofSeconds(1));
    OperationId id = world.accept(FlowWorld.request(ticket, cluster, network));
    world.deliver();
    assertEquals(Phase.GRANTED, world.look(id).phase());
    return id;
  }

  @Test
  void watching_whenTheOtherClusterIsStillBeingGranted_thenAPeeringConfirmsOnlyTheOlder() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.clock.advance(Duration.ofSeconds(1));
    OperationId second = world.accept(FlowWorld.request("2", "other", "vnet-data"));
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.assign")) {
            world.calls.noHooks();
            throw FlowWorld.busy();
          }
        });
    world.deliver(); // has seen the network, and comes again
    assertEquals(Phase.QUEUED, world.look(second).phase());

    assertTrue(world.azure.connect(NETWORK, "astro"));
    world.sweep();
    assertEquals(Phase.CONNECTED, world.look(first).phase());

    world.run(Duration.ofMinutes(10));
    assertEquals(Phase.GRANTED, world.look(second).phase());
  }

  @Test
  void watching_whenAPeeringComesJustAfterTheLookBeforeTheGrant_thenItConfirmsOnlyTheOlder() {
    OperationId first = granted("1", "cluster", "vnet-data");
    world.clock.advance(Duration.ofSeconds(1));
    OperationId second = world.accept(FlowWorld.request("2", "other", "vnet-data"));
    world.calls.after(
        (number, name) -> {
          if (name.equals("azure.inspect")) {
            world.calls.noHooks();
            assertTrue(world.azure.connect(NETWORK, "astro"));
            world.sweep();
          }
        });
    world.deliver();
    world.run(Duration.ofMinutes(10));

    assertEquals(Status.SUCCEEDED, world.look(first).ending().map(Ending::status).orElseThrow());
    assertEquals(Phase.GRANTED, world.look(second).phase());
  }
}
