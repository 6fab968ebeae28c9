package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.Peering;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "subscription, /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e, 1",
    "resourceGroup, /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-network, 1",
    "target, /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-data, 2",
  })
  void grant_whenTheSettingsNameAScope_thenTheRoleIsAssignedThere(
      String setting, String scope, int assignmentsOfTwoNetworks) {
    try (Line scoped = Line.start(options -> options.withSetting("GRANT_SCOPE", setting))) {
      String first = scoped.accept(kind().request(Target.FIRST, "1"));
      scoped.settle();
      assertEquals(scope, scoped.operation(first).path("access").path("scope").asText());
      String second = scoped.accept(kind().request(Target.SECOND, "2"));
      scoped.settle();
      assertEquals(assignmentsOfTwoNetworks, scoped.temporaryAssignments().size());

      kind().connect(scoped, Target.FIRST, first);
      kind().connect(scoped, Target.SECOND, second);
      scoped.sweep();
      assertEquals("Succeeded", scoped.status(first));
      assertEquals("Succeeded", scoped.status(second));
      assertTrue(scoped.temporaryAssignments().isEmpty());
    }
  }

  @Test
  void assignment_whenItIsMade_thenItSaysWhoseItIsAndUntilWhen() {
    String id = accept(Target.FIRST, "1");
    line.settle();

    RoleAssignment made = line.temporaryAssignments().get(0);
    assertEquals("APPLICATION", made.principalType().name());
    assertEquals(
        "Temporary access, made and removed by Drawbridge [operation=%s expires=2026-03-05T09:00:00Z]"
            .formatted(id),
        made.description());
  }

  @Test
  void grant_whenTheRoleHasOtherActions_thenItIsRefused() {
    line.azure
        .world()
        .addCustomRole(
            "Astro VNET Peering Contributor",
            "Made by hand, with a little more.",
            List.of("Microsoft.Network/*"),
            List.of("/subscriptions/" + SampleWorld.SUBSCRIPTION));
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.sweep();

    assertEquals("roleDiffers", line.errorCode(id));
    assertTrue(line.temporaryAssignments().isEmpty());
    assertTrue(line.roleIsDefined("Astro VNET Peering Contributor"));
  }

  @Test
  void grant_whenTheVendorHasTheRoleAlready_thenItIsRefusedAndThatStays() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    RoleAssignment ours = line.temporaryAssignments().get(0);
    line.azure.world().removeAssignment(ours.name());
    RoleAssignment byHand =
        line.azure
            .world()
            .assign(
                ours.principalId(), ours.roleName(), "/subscriptions/" + SampleWorld.SUBSCRIPTION);
    String next = accept(Target.SECOND, "2");
    line.settle();
    line.api.post("/operations/" + id + "/cancel", "");
    line.sweep();

    assertEquals("assignmentExists", line.errorCode(next));
    assertEquals(
        List.of(byHand.name()),
        line.vendorAssignments().stream().map(RoleAssignment::name).toList());
  }

  @Test
  void revocation_whenALockPreventsIt_thenTheOperationSaysSoAndItIsDoneWithoutTheLock() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.azure.world().lock("/subscriptions/" + SampleWorld.SUBSCRIPTION);
    kind().connect(line, Target.FIRST, id);
    line.sweep();
    line.sweep();

    assertEquals("connected", line.phase(id));
    assertEquals(1, line.events(id).stream().filter("revocationBlocked"::equals).count());
    assertTrue(line.operation(id).path("events").toString().contains("ScopeLocked"));
    assertEquals(1, line.temporaryAssignments().size());

    line.azure.world().unlock("/subscriptions/" + SampleWorld.SUBSCRIPTION);
    line.sweep();
    assertEquals("Succeeded", line.status(id));
    assertTrue(line.temporaryAssignments().isEmpty());
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
