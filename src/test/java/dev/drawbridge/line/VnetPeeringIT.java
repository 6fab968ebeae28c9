package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.Peering;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** VNet peering over the local Azure. */
final class VnetPeeringIT extends ConnectionContract {

  @Override
  Kind kind() {
    return new Vnet();
  }

  private static final class Vnet implements Kind {
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
      return json(vnet(target), ticket, "clz4q8v1k000108l5d2x9f7ah");
    }

    @Override
    public String requestForNothing() {
      return json("vnet-nowhere", "1", "clz4q8v1k000108l5d2x9f7ah");
    }

    @Override
    public boolean isRefused(Line line, Target target) {
      line.astro.behave(Behaviour.oneSided());
      int status = line.astro.tryNow(peering(target, "probe"));
      line.azure
          .world()
          .removePeering(SampleWorld.VNET_ID.replace(SampleWorld.VNET, vnet(target)), "probe");
      return status == 401 || status == 403;
    }

    @Override
    public void connect(Line line, Target target, String operation) {
      line.astro.behave(Behaviour.connecting());
      assertEquals(201, line.astro.tryNow(peering(target, "astro")));
    }

    @Override
    public void getHalfWay(Line line, Target target, String operation) {
      line.astro.behave(Behaviour.oneSided());
      assertEquals(201, line.astro.tryNow(peering(target, "astro")));
    }

    @Override
    public String roleName() {
      return "Astro VNET Peering Contributor";
    }

    @Override
    public int sweepsToTheEnd() {
      return 1;
    }

    @Override
    public int callsOfTheFirstGrant() {
      return 6;
    }

    @Override
    public int callsOfTheNextGrant() {
      return 4;
    }
  }

  @Test
  void sweep_whenAPeeringStoodBefore_thenItConfirmsNothing() {
    line.azure
        .world()
        .putPeering(SampleWorld.VNET_ID, Peering.initiated("half-made", SampleWorld.ASTRO_VNET_ID));
    String id = accept(Target.FIRST, "1");
    line.settle();

    line.azure
        .world()
        .putPeering(SampleWorld.VNET_ID, Peering.connected("half-made", SampleWorld.ASTRO_VNET_ID));
    line.sweep();

    assertEquals("granted", line.phase(id));
  }

  @Test
  void sweep_whenTwoClustersWait_thenOnePeeringConfirmsOne() {
    String first = line.accept(json(SampleWorld.VNET, "1", "cluster-one"));
    line.advance(Duration.ofSeconds(1));
    String second = line.accept(json(SampleWorld.VNET, "2", "cluster-two"));
    line.settle();

    kind().connect(line, Target.FIRST, first);
    line.sweep();
    line.sweep();
    assertEquals("connected", line.phase(first));
    assertEquals("granted", line.phase(second));

    PeeringRequest other =
        new PeeringRequest(
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            SampleWorld.VNET,
            "astro-two",
            SampleWorld.ASTRO_VNET_ID + "-two");
    assertEquals(201, line.astro.tryNow(other));
    line.sweep();
    assertEquals("Succeeded", line.status(first));
    assertEquals("Succeeded", line.status(second));
  }

  @Test
  void sweep_whenThePeeringLeadsElsewhere_thenItDoesNotConfirm() {
    String elsewhere =
        json(SampleWorld.VNET, "1", "cluster-one")
            .replace(
                "\"type\"",
                "\"remoteVnetId\": \"%s\", \"type\"".formatted(SampleWorld.OTHER_VNET_ID));
    String id = line.accept(elsewhere);
    line.settle();

    kind().connect(line, Target.FIRST, id);
    line.sweep();

    assertEquals("granted", line.phase(id));
    assertTrue(line.operation(id).path("observed").asText().contains("not to the expected"));
  }

  @Test
  void sweep_when200OperationsWatch10Networks_thenItMakes10Reads() {
    List<String> networks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String name = "vnet-" + i;
      networks.add(name);
      line.azure
          .world()
          .addVirtualNetwork(
              SampleWorld.VNET_ID.replace("vnet-data", name), "10.4" + i + ".0.0/16");
    }
    for (int i = 0; i < 200; i++) {
      line.accept(json(networks.get(i % 10), "T-" + i, "cluster-" + i));
    }
    line.settle();
    int granted =
        line.api.get("/operations?status=Running&top=1000").body().path("operations").size();
    assertEquals(200, granted);
    line.sweep();
    line.clearCalls();

    line.sweep();

    List<String> calls = line.calls();
    assertEquals(10, calls.size(), calls.toString());
    assertTrue(
        calls.stream()
            .allMatch(call -> call.startsWith("GET ") && call.contains("/virtualNetworks/")),
        calls.toString());
  }

  private static String vnet(Target target) {
    return target == Target.FIRST ? SampleWorld.VNET : "vnet-analytics";
  }

  private static PeeringRequest peering(Target target, String name) {
    return new PeeringRequest(
        SampleWorld.SUBSCRIPTION,
        SampleWorld.RESOURCE_GROUP,
        vnet(target),
        name,
        SampleWorld.ASTRO_VNET_ID);
  }

  private static String json(String vnet, String ticket, String cluster) {
    return """
        {"type": "vnet", "ticket": {"system": "zendesk", "id": "%s"}, "clusterId": "%s",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s", "vnetName": "%s"}
        """
        .formatted(
            ticket,
            cluster,
            SampleWorld.TENANT,
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            vnet);
  }
}
