package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.management.exception.ManagementException;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.NetworkState.Group;
import dev.drawbridge.access.NetworkState.PrivateLinkTarget;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.port.PermanentFault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the providers' answers, and of those that they should not give. */
class PrivateLinkResourcesTest {
  private static final String SUBSCRIPTION = "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e";
  private static final ResourceId VAULT =
      ResourceId.parse(
          SUBSCRIPTION + "/resourceGroups/rg-data/providers/Microsoft.KeyVault/vaults/kv");
  private static final String PROVIDER = SUBSCRIPTION + "/providers/Microsoft.KeyVault";
  private static final String CONNECTIONS = VAULT + "/privateEndpointConnections";

  private final StubArm arm = new StubArm();
  private final PrivateLinkResources resources = new PrivateLinkResources(arm.rest());

  @BeforeEach
  void knowTheProvider() {
    provider(
        "{'resourceType':'vaults','apiVersions':['2025-01-01-preview','2024-11-01','2023-07-01']}");
  }

  private void provider(String types) {
    arm.answer(PROVIDER, 200, "{'resourceTypes':[%s]}".formatted(types).replace('\'', '"'));
  }

  private void connections(String list) {
    arm.answer(CONNECTIONS, 200, "{'value':%s}".formatted(list).replace('\'', '"'));
  }

  private List<EndpointConnection> read() {
    NetworkState state = resources.connections(VAULT).orElseThrow();
    return ((PrivateLinkTarget) state).connections();
  }

  @Test
  void version_whenAsked_thenIsTheNewestStableOneAndAskedForOnce() {
    connections("[]");
    assertEquals(List.of(), read());
    assertEquals(List.of(), read());
    assertEquals(
        List.of(
            "GET " + PROVIDER + "?api-version=2024-07-01",
            "GET " + CONNECTIONS + "?api-version=2024-11-01",
            "GET " + CONNECTIONS + "?api-version=2024-11-01"),
        arm.calls);
  }

  @Test
  void version_whenTheConnectionsHaveTheirOwn_thenItIsTaken() {
    provider(
        "{'resourceType':'vaults','apiVersions':['2024-11-01']},"
            + "{'resourceType':'Vaults/privateEndpointConnections','apiVersions':['2022-07-01']}");
    connections("[]");
    assertEquals(List.of(), read());
    assertEquals("GET " + CONNECTIONS + "?api-version=2022-07-01", arm.calls.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{'resourceType':'vaults','apiVersions':[]}",
        "{'resourceType':'vaults','apiVersions':['2025-01-01-preview','latest']}",
        "{'resourceType':'managedHSMs','apiVersions':['2024-11-01']}",
        "{}",
        "null",
      })
  void version_whenTheTypeHasNoStableOne_thenItIsUnknown(String types) {
    provider(types);
    PermanentFault fault = assertThrows(PermanentFault.class, () -> resources.connections(VAULT));
    assertEquals("unknownResourceType", fault.code());
  }

  @Test
  void version_whenTheProviderDoesNotExist_thenItIsUnknownAndAskedForAgainNextTime() {
    arm.answer(PROVIDER, 404, "");
    assertThrows(PermanentFault.class, () -> resources.connections(VAULT));
    knowTheProvider();
    connections("[]");
    assertEquals(List.of(), read());
  }

  @Test
  void connections_whenTheResourceDoesNotExist_thenAreNone() {
    assertEquals(Optional.empty(), resources.connections(VAULT));
    assertEquals(Optional.empty(), resources.inspect(VAULT));
  }

  @Test
  void connections_whenShown_thenAreRead() {
    connections(
        "[{'id':'%s/one','properties':{'privateEndpoint':{'id':'/subscriptions/astro/pe'},'groupIds':['vault'],"
                .formatted(CONNECTIONS)
            + "'privateLinkServiceConnectionState':{'status':'Pending','description':'DB-2345-ABCD'}}},"
            + "{'id':'%s/two','properties':{'groupId':'vault'}}]".formatted(CONNECTIONS));
    assertEquals(
        List.of(
            new EndpointConnection(
                CONNECTIONS + "/one",
                "Pending",
                "DB-2345-ABCD",
                Optional.of("/subscriptions/astro/pe"),
                Set.of("vault")),
            new EndpointConnection(
                CONNECTIONS + "/two", "", "", Optional.empty(), Set.of("vault"))),
        read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "\"text\"", "{\"value\":5}", "<html>", ""})
  void connections_whenTheBodyIsNoList_thenNoneAreSeen(String body) {
    arm.answer(CONNECTIONS, 200, body);
    assertEquals(List.of(), read());
  }

  @ParameterizedTest
  @CsvSource({
    "403, '{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}', AuthorizationFailed",
    "429, '{\"error\":{\"code\":\"TooManyRequests\"}}', TooManyRequests",
    "500, '', http500",
    "502, '<html>', http502",
    "400, '[]', http400",
  })
  void connections_whenRefused_thenTheCodeIsTheServicesOwn(int status, String body, String code) {
    arm.answer(CONNECTIONS, status, body);
    ManagementException refused =
        assertThrows(ManagementException.class, () -> resources.connections(VAULT));
    assertEquals(code, refused.getValue().getCode());
    assertEquals(status, refused.getResponse().getStatusCode());
  }

  @Test
  void inspect_whenGroupsAreShown_thenAreReadWithTheirNames() {
    connections("[]");
    arm.answer(
        VAULT + "/privateLinkResources",
        200,
        """
        {"value":[
          {"name":"vault","properties":{"groupId":"vault","requiredMembers":["default"],
            "requiredZoneNames":["privatelink.vaultcore.azure.net"]}},
          {"name":"unnamed","properties":{}}]}
        """);
    assertEquals(
        List.of(
            new Group("vault", List.of("default"), List.of("privatelink.vaultcore.azure.net")),
            new Group("unnamed", List.of(), List.of())),
        ((PrivateLinkTarget) resources.inspect(VAULT).orElseThrow()).groups());
  }

  @Test
  void approve_whenAsked_thenPutsNothingButTheState() {
    arm.answer(CONNECTIONS + "/one", 200, "{}");
    assertEquals("", resources.approve(VAULT, CONNECTIONS + "/one", "for ticket \"1\""));
    assertEquals(
        "PUT "
            + CONNECTIONS
            + "/one?api-version=2024-11-01 {\"properties\":{\"privateLinkServiceConnectionState\":"
            + "{\"status\":\"Approved\",\"description\":\"for ticket \\\"1\\\"\"}}}",
        arm.calls.get(1));
  }
}
