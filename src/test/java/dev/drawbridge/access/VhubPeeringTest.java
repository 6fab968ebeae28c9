package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.drawbridge.access.NetworkState.Hub;
import dev.drawbridge.access.NetworkState.HubConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VhubPeeringTest {
  private static final String ASTRO =
      "/subscriptions/cccc2c2c-dd3d-ee4e-ff5f-aaaaaa6a6a6a/resourceGroups/rg/providers"
          + "/Microsoft.Network/virtualNetworks/astro";

  private static Map<String, Object> fields() {
    Map<String, Object> fields = new HashMap<>(Samples.fields());
    fields.put("type", "vhub");
    fields.remove("vnetName");
    fields.put("virtualHubName", "hub-weu");
    fields.put("connectionName", "astro-prod");
    return fields;
  }

  private static ConnectionRequest request() {
    return Samples.valid(fields());
  }

  private static Hub hub(String routingState, HubConnection... connections) {
    return new Hub(Optional.of(routingState), List.of(connections));
  }

  private static HubConnection connection(String name, String state) {
    return new HubConnection(name, state, Optional.of(ASTRO));
  }

  @Test
  void parse_whenAllIsGiven_thenAllIsReadAndWrittenBack() {
    Map<String, Object> fields = fields();
    fields.put("firewallIp", "10.0.0.4");
    VhubPeering request = assertInstanceOf(VhubPeering.class, Samples.valid(fields));
    assertEquals("astro-prod", request.connectionName());
    assertEquals(Optional.of("10.0.0.4"), request.firewallIp());
    assertEquals("Microsoft.Network/virtualHubs", request.target().type());
    assertEquals(request, Samples.valid(request.toFields()));
  }

  @Test
  void parse_whenMuchIsWrong_thenAllIsNamedAtOnce() {
    Map<String, Object> fields = fields();
    fields.put("virtualHubName", "hub/..");
    fields.put("connectionName", "");
    fields.put("firewallIp", "10.0.0.256");
    fields.put("vnetName", "vnet-data");
    var invalid =
        assertInstanceOf(Parsed.Invalid.class, ConnectionRequest.parse(fields, Limits.NONE));
    Set<String> pointers = new HashSet<>();
    for (Object violation : invalid.violations()) {
      pointers.add(((Violation) violation).pointer());
    }
    assertEquals(
        Set.of("/virtualHubName", "/connectionName", "/firewallIp", "/vnetName"), pointers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "10.20.30.40", "1.2.3.4"})
  void parse_whenTheFirewallIsAnAddress_thenItIsTaken(String ip) {
    assertEquals(ip, Names.ipv4(ip));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        ".1.2.3.4",
        "1..2.3",
        "256.1.1.1",
        "1.2.3.4\n",
        "::1",
        "1.2.3.-4",
        "1.2.3.a",
        "",
        "...",
        "\u0661.2.3.4"
      })
  void parse_whenTheFirewallIsNoAddress_thenItIsRefused(String ip) {
    Map<String, Object> fields = fields();
    fields.put("firewallIp", ip);
    assertInstanceOf(Parsed.Invalid.class, ConnectionRequest.parse(fields, Limits.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "Provisioning", "Failed", "provisioned", "null"})
  void preflight_whenTheHubIsNotProvisioned_thenIsRefused(String state) {
    var refused = assertInstanceOf(Preflight.Refused.class, request().preflight(hub(state)));
    assertEquals("hubNotProvisioned", refused.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"astro-prod", "ASTRO-PROD"})
  void preflight_whenTheNameIsTaken_thenIsRefused(String name) {
    var refused =
        assertInstanceOf(
            Preflight.Refused.class,
            request().preflight(hub("Provisioned", connection(name, "Failed"))));
    assertEquals("connectionExists", refused.code());
  }

  @Test
  void preflight_whenOthersAreConnected_thenTheyAreTheBaseline() {
    var passed =
        assertInstanceOf(
            Preflight.Passed.class,
            request().preflight(hub("Provisioned", connection("To-Shared", "Succeeded"))));
    assertEquals(Set.of("to-shared"), passed.baseline());
  }

  @ParameterizedTest
  @CsvSource({
    "astro-prod, Succeeded, Connected",
    "Astro-Prod, Succeeded, Connected",
    "astro-prod, Updating, Pending",
    "astro-prod, Creating, Pending",
    "astro-prod, Deleting, Pending",
    "astro-prod, succeeded, Pending",
    "astro-prod, Failed, Broken",
    "astro-prod, Canceled, Broken",
    "astro-prod2, Succeeded, Absent",
    "astro, Succeeded, Absent",
  })
  void observe_whenAConnectionIsSeen_thenIsTakenForWhatItIs(
      String name, String state, String expected) {
    Observation seen =
        request()
            .observe(
                new Hub(Optional.empty(), List.of(connection(name, state))),
                Samples.criteria(Set.of(), TrustedRemotes.ANY));
    assertEquals(expected, seen.getClass().getSimpleName());
  }

  @Test
  void observe_whenItLeadsToANetworkThatIsNotTrusted_thenItDoesNotCount() {
    TrustedRemotes others = TrustedRemotes.of(List.of("dddd3d3d-ee4e-ff5f-aa6a-bbbbbb7b7b7b"));
    Hub hub = hub("Provisioned", connection("astro-prod", "Succeeded"));
    assertInstanceOf(
        Observation.Pending.class, request().observe(hub, Samples.criteria(Set.of(), others)));
    Hub nowhere =
        hub("Provisioned", new HubConnection("astro-prod", "Succeeded", Optional.empty()));
    assertInstanceOf(
        Observation.Pending.class,
        request().observe(nowhere, Samples.criteria(Set.of(), TrustedRemotes.ANY)));
  }

  @Test
  void supportText_whenAsked_thenIsWhatTheVendorsPageLists() {
    assertEquals(
        """
        Please create a VHub peering between our Astro cluster and our virtual hub. We have \
        granted the Astronomer service principal the temporary permissions for it.

        Astro Cluster ID: clz4q8v1k000108l5d2x9f7ah
        Azure Tenant ID: aaaabbbb-0000-cccc-1111-dddd2222eeee
        Subscription ID: aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e
        Resource group ID: /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-network
        VHub name: hub-weu
        Preferable name for the peering: astro-prod
        """,
        request().supportText(Samples.CODE, Map.of()));
  }
}
