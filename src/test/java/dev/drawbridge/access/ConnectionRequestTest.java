package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.LIMITS;
import static dev.drawbridge.access.Samples.putNull;
import static dev.drawbridge.access.Samples.ticket;
import static dev.drawbridge.access.Samples.valid;
import static dev.drawbridge.access.Samples.violations;
import static dev.drawbridge.access.Samples.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionRequestTest {
  private static final String REMOTE =
      "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers"
          + "/Microsoft.Network/virtualNetworks/astro";

  @Test
  void parse_whenOnlyWhatIsRequiredIsThere_thenDefaultsAreFilledIn() {
    ConnectionRequest request = Samples.request();
    assertEquals(ConnectionKind.VNET_PEERING, request.kind());
    assertEquals(new Ticket("zendesk", "12345"), request.terms().ticket());
    assertEquals("clz4q8v1k000108l5d2x9f7ah", request.terms().clusterId());
    assertEquals(LIMITS.defaultExpiry(), request.terms().expiresIn());
    assertEquals(Optional.of(Samples.TENANT), request.tenantId());
    assertEquals(
        ResourceId.virtualNetwork(Samples.SUBSCRIPTION, "rg-network", "vnet-data"),
        request.target());
    assertEquals(Optional.empty(), assertInstanceOf(VnetPeering.class, request).remote());
  }

  @Test
  void parse_whenAllIsGiven_thenAllIsRead() {
    Map<String, Object> fields = with("expiresIn", "PT12H");
    fields.put("clusterType", "hybrid");
    fields.put("remoteVnetId", REMOTE);
    VnetPeering request = assertInstanceOf(VnetPeering.class, valid(fields));
    assertEquals(Duration.ofHours(12), request.terms().expiresIn());
    assertEquals(Optional.of(ResourceId.parse(REMOTE)), request.remote());
  }

  @Test
  void parse_whenOptionalFieldsAreNull_thenAreAsIfAbsent() {
    Map<String, Object> fields = Samples.fields();
    for (String name : List.of("expiresIn", "clusterType", "remoteVnetId")) {
      putNull(fields, name);
    }
    assertEquals(Samples.request(), valid(fields));
  }

  @Test
  void parse_whenEmpty_thenOnlyTheTypeIsAskedFor() {
    assertEquals(Map.of("/type", "is required"), violations(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "VNET", "vnet ", "vhubs", "null", "[vnet]"})
  void parse_whenTheTypeIsUnknown_thenNamesTheKnownOnes(String type) {
    assertEquals(
        Map.of("/type", "must be vnet or vhub or privateLink"), violations(with("type", type)));
  }

  @Test
  void parse_whenTheTypeIsNoString_thenIsRefused() {
    for (Object type : List.of(5, true, List.of("vnet"), Map.of("vnet", "vnet"))) {
      assertEquals(
          Map.of("/type", "must be vnet or vhub or privateLink"), violations(with("type", type)));
    }
  }

  @Test
  void parse_whenOnlyTheTypeIsThere_thenEveryMissingFieldIsNamed() {
    Map<String, String> expected = new TreeMap<>();
    for (String name :
        List.of("ticket", "clusterId", "tenantId", "subscriptionId", "resourceGroup", "vnetName")) {
      expected.put("/" + name, "is required");
    }
    assertEquals(expected, violations(Map.of("type", "vnet")));
  }

  @Test
  void parse_whenEverythingIsWrong_thenEveryFieldIsNamedAtOnce() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "vnet");
    fields.put("ticket", ticket("Zendesk", ""));
    fields.put("clusterId", "a b");
    fields.put("clusterType", "standard");
    fields.put("tenantId", "1-1-1-1-1");
    fields.put("subscriptionId", "x");
    fields.put("resourceGroup", "rg.");
    fields.put("vnetName", "../x");
    fields.put("expiresIn", "P8D");
    fields.put("remoteVnetId", "/subscriptions/x");
    fields.put("role", "Owner");
    assertEquals(
        Set.of(
            "/ticket/system",
            "/ticket/id",
            "/clusterId",
            "/clusterType",
            "/tenantId",
            "/subscriptionId",
            "/resourceGroup",
            "/vnetName",
            "/expiresIn",
            "/remoteVnetId",
            "/role"),
        violations(fields).keySet());
  }

  static Stream<Arguments> wrongTypes() {
    List<Object> values =
        List.of(5, 1.5, true, List.of("P3D"), Map.of("x", "y"), List.of(), Map.of());
    return Stream.of(
            "clusterId",
            "clusterType",
            "tenantId",
            "subscriptionId",
            "resourceGroup",
            "vnetName",
            "expiresIn",
            "remoteVnetId")
        .flatMap(name -> values.stream().map(value -> Arguments.of(name, value)));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void parse_whenAFieldIsNoString_thenSaysSo(String name, Object value) {
    assertEquals(Map.of("/" + name, "must be a string"), violations(with(name, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, /a~1b",
    "a~b, /a~0b",
    "~1, /~01",
    "~0/, /~00~1",
    "'', /",
    "' ', '/ '",
    "Type, /Type",
    "vnetname, /vnetname",
    "actions, /actions",
    "scope, /scope",
    "principalId, /principalId"
  })
  void parse_whenAFieldIsUnknown_thenItsPointerIsEscaped(String name, String pointer) {
    assertEquals(Map.of(pointer, "is not a field of this request"), violations(with(name, "x")));
  }

  @Test
  void parse_whenAnUnknownFieldIsNull_thenIsRefusedTheSame() {
    Map<String, Object> fields = Samples.fields();
    putNull(fields, "role");
    assertEquals(Map.of("/role", "is not a field of this request"), violations(fields));
  }

  @Test
  void parse_whenAnUnknownNameIsLong_thenOnlyItsBeginningIsTold() {
    assertEquals(Set.of("/" + "x".repeat(64)), violations(with("x".repeat(64), "")).keySet());
    assertEquals(Set.of("/" + "x".repeat(64) + "…"), violations(with("x".repeat(65), "")).keySet());
    assertEquals(
        Set.of("/" + "~1".repeat(64) + "…"), violations(with("/".repeat(9000), "")).keySet());
    assertEquals(
        Set.of("/" + "x".repeat(63) + "…"),
        violations(with("x".repeat(63) + "\ud83d\ude00", "")).keySet(),
        "no half of a surrogate pair");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dedicated", "hybrid"})
  void parse_whenTheClusterCanHavePrivateConnections_thenIsTaken(String type) {
    assertEquals(Samples.request(), valid(with("clusterType", type)));
  }

  @Test
  void parse_whenTheClusterIsStandard_thenSaysWhyNot() {
    assertEquals(
        Map.of(
            "/clusterType",
            "must be dedicated or hybrid: Astronomer offers private connections for those only"),
        violations(with("clusterType", "standard")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Standard", "STANDARD", "Dedicated", " dedicated", "serverless"})
  void parse_whenTheClusterTypeIsUnknown_thenNamesTheKnownOnes(String type) {
    assertEquals(
        Map.of("/clusterType", "must be dedicated or hybrid"),
        violations(with("clusterType", type)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/Microsoft.Network/virtualHubs/x",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/Other.Network/virtualNetworks/x",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/x/subnets/y",
      })
  void parse_whenTheRemoteIsNoVirtualNetwork_thenIsRefused(String remote) {
    assertEquals(
        Map.of("/remoteVnetId", "must be the id of a virtual network"),
        violations(with("remoteVnetId", remote)));
  }
}
