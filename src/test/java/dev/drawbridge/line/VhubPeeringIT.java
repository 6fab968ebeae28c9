package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.HubConnection;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.HubConnectionRequest;
import org.junit.jupiter.api.Test;

/** Virtual hub peering over the local Azure. */
final class VhubPeeringIT extends ConnectionContract {

  @Override
  Kind kind() {
    return new Vhub();
  }

  private static final class Vhub implements Kind {
    @Override
    public String route() {
      return "/peerings";
    }

    @Override
    public String queue() {
      return Line.PEERINGS;
    }

    @Override
    public String request(Target target, String ticket) {
      return json(hub(target), "astro-prod", ticket);
    }

    @Override
    public String requestForNothing() {
      return json("hub-nowhere", "astro-prod", "1");
    }

    @Override
    public boolean isRefused(Line line, Target target) {
      line.astro.behave(Behaviour.oneSided());
      int status = line.astro.tryNow(connection(target, "probe"));
      line.azure.world().removeHubConnection(connection(target, "probe").hubId(), "probe");
      return status == 401 || status == 403;
    }

    @Override
    public void connect(Line line, Target target, String operation) {
      line.astro.behave(Behaviour.connecting());
      assertEquals(201, line.astro.tryNow(connection(target, "astro-prod")));
    }

    @Override
    public void getHalfWay(Line line, Target target, String operation) {
      line.astro.behave(Behaviour.oneSided());
      assertEquals(201, line.astro.tryNow(connection(target, "astro-prod")));
    }

    @Override
    public String roleName() {
      return "Astro VHub Peering Contributor";
    }

    @Override
    public int sweepsToTheEnd() {
      return 1;
    }

    /** A hub and its connections are two resources to look at. */
    @Override
    public int callsOfTheFirstGrant() {
      return 7;
    }

    @Override
    public int callsOfTheNextGrant() {
      return 5;
    }
  }

  @Test
  void grant_whenTheHubIsNotProvisioned_thenItFailsAndSaysSo() {
    String id = line.accept(json(SampleWorld.NEW_HUB, "astro-prod", "1"));
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertEquals("hubNotProvisioned", line.errorCode(id));
    assertTrue(line.temporaryAssignments().isEmpty());
  }

  @Test
  void grant_whenAConnectionOfThatNameIsThere_thenItFailsAndSaysSo() {
    String id = line.accept(json(SampleWorld.HUB, "TO-vnet-SHARED", "1"));
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertEquals("connectionExists", line.errorCode(id));
  }

  @Test
  void sweep_whenTheConnectionFails_thenItIsToldAndAccessStays() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.astro.behave(Behaviour.mistaken());
    line.astro.tryNow(connection(Target.FIRST, "astro-prod"));

    line.sweep();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());
    assertTrue(line.operation(id).path("observed").asText().contains("Failed"));
  }

  @Test
  void sweep_whenAConnectionOfAnotherNameStands_thenItConfirmsNothing() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.azure
        .world()
        .putHubConnection(
            SampleWorld.HUB_ID, HubConnection.succeeded("astro-prod2", SampleWorld.ASTRO_VNET_ID));

    line.sweep();

    assertEquals("granted", line.phase(id));
  }

  @Test
  void supportText_whenThereIsAFirewall_thenItIsNamed() {
    String id =
        line.accept(
            json(SampleWorld.HUB, "astro-prod", "1")
                .replace("\"type\"", "\"firewallIp\": \"10.0.0.4\", \"type\""));

    String text = line.operation(id).path("supportText").asText();
    assertTrue(text.contains("VHub name: hub-weu\n"), text);
    assertTrue(text.contains("Preferable name for the peering: astro-prod\n"), text);
    assertTrue(text.contains("Firewall IP address: 10.0.0.4\n"), text);
  }

  private static String hub(Target target) {
    return target == Target.FIRST ? SampleWorld.HUB : SampleWorld.OTHER_HUB;
  }

  private static HubConnectionRequest connection(Target target, String name) {
    return new HubConnectionRequest(
        SampleWorld.SUBSCRIPTION,
        SampleWorld.RESOURCE_GROUP,
        hub(target),
        name,
        // A network can be connected to one hub only.
        SampleWorld.ASTRO_VNET_ID + "-" + hub(target));
  }

  private static String json(String hub, String connection, String ticket) {
    return """
        {"type": "vhub", "ticket": {"system": "jira", "id": "OPS-%s"}, "clusterId": "cluster-one",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s",
         "virtualHubName": "%s", "connectionName": "%s"}
        """
        .formatted(
            ticket,
            SampleWorld.TENANT,
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            hub,
            connection);
  }
}
