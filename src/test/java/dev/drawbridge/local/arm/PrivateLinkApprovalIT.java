package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.PrivateLinkFixture.COSMOS;
import static dev.drawbridge.local.arm.PrivateLinkFixture.ENDPOINT;
import static dev.drawbridge.local.arm.PrivateLinkFixture.SQL;
import static dev.drawbridge.local.arm.PrivateLinkFixture.STORAGE;
import static dev.drawbridge.local.arm.PrivateLinkFixture.decide;
import static dev.drawbridge.local.arm.PrivateLinkFixture.errorCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceInner;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.arm.PrivateLinkFixture.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may decide about a private endpoint connection, and what each provider lets them decide. */
class PrivateLinkApprovalIT {
  private static final String RESOURCES = "dev.drawbridge.local.arm.PrivateLinkFixture#resources";

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void approve_whenDrawbridgeHasNoMoreThanItsOwnRoles_thenRefused(Resource resource) {
    PrivateEndpointConnection pending = pending(resource);

    HttpResponse response = decide(azure.drawbridge(), resource, pending, "Approved");

    assertEquals(403, response.getStatusCode());
    assertEquals("AuthorizationFailed", errorCode(response));
    assertEquals(List.of(pending), azure.world.privateEndpointConnections(resource.id()));
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void approve_whenGivenTheRoleForAWhile_thenOnlyThatLong(Resource resource) {
    PrivateEndpointConnection first = pending(resource);
    PrivateEndpointConnection second =
        azure.world.pendingConnection(resource.id(), resource.groupId(), ENDPOINT + "-2", "Too");
    RoleAssignment lent = lend(resource, SampleWorld.DRAWBRIDGE_OBJECT_ID, resource.id());
    SdkClients drawbridge = azure.drawbridge();

    HttpResponse approved = decide(drawbridge, resource, first, "Approved");

    assertEquals(200, approved.getStatusCode());
    JsonNode state =
        PrivateLinkFixture.json(approved)
            .path("properties")
            .path("privateLinkServiceConnectionState");
    assertEquals("Approved", state.path("status").asText());
    assertEquals("By a test.", state.path("description").asText());
    assertEquals("Approved", now(resource, first).status());
    assertEquals(first.endpointId(), now(resource, first).endpointId());
    assertEquals(second, now(resource, second));
    azure.world.removeAssignment(lent.name());
    assertEquals(403, decide(drawbridge, resource, second, "Approved").getStatusCode());
  }

  @Test
  void approve_whenTheRoleIsForOneResource_thenNotForAnother() {
    String other = STORAGE.id() + "2";
    azure.world.addPrivateLinkResource(other, "westeurope", Map.of());
    Resource second = new Resource(other, STORAGE.apiVersion(), STORAGE.groupId());
    lend(STORAGE, SampleWorld.DRAWBRIDGE_OBJECT_ID, STORAGE.id());

    HttpResponse refused = decide(azure.drawbridge(), second, pending(second), "Approved");

    assertEquals("AuthorizationFailed", errorCode(refused));
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void approve_whenConnectionsMayBeWrittenOnly_thenLinkedAuthorizationFailed(Resource resource) {
    Principal writer = azure.newPrincipal("writer");
    azure.world.addCustomRole(
        "Writes connections",
        "",
        List.of(resource.type() + "/privateEndpointConnections/*"),
        List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    azure.world.assign(writer.objectId(), "Writes connections", resource.id());

    HttpResponse refused = decide(azure.as(writer), resource, pending(resource), "Approved");

    assertEquals(403, refused.getStatusCode());
    JsonNode error = PrivateLinkFixture.json(refused).path("error");
    assertEquals("LinkedAuthorizationFailed", error.path("code").asText());
    assertTrue(
        error
            .path("message")
            .asText()
            .contains(resource.type() + "/privateEndpointConnectionsApproval/action"));
  }

  @Test
  void approve_whenTheRoleIsWrittenInOtherCase_thenAllowed() {
    Principal approver = azure.newPrincipal("approver");
    azure.world.addCustomRole(
        "Approves",
        "",
        List.of(
            "microsoft.storage/STORAGEACCOUNTS/privateendpointconnections/write",
            "Microsoft.Storage/storageAccounts/PrivateEndpointConnectionsApproval/action"),
        List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    azure.world.assign(approver.objectId(), "Approves", STORAGE.id());

    HttpResponse approved = decide(azure.as(approver), STORAGE, pending(STORAGE), "Approved");

    assertEquals(200, approved.getStatusCode());
  }

  /** Not SQL: to the SDK's poller its Ready is no end of a long-running operation. */
  @ParameterizedTest
  @ValueSource(strings = {"STORAGE", "KEY_VAULT", "COSMOS", "REGISTRY"})
  @Timeout(30)
  void approve_whenByTheSdk_thenApproved(String name) {
    Resource resource = PrivateLinkFixture.named(name);
    PrivateEndpointConnection pending = pending(resource);
    GenericResourceInner approval =
        new GenericResourceInner()
            .withProperties(
                Map.of(
                    "privateLinkServiceConnectionState",
                    Map.of("status", "Approved", "description", "By the SDK")));

    approver(resource)
        .resources()
        .serviceClient()
        .getResources()
        .createOrUpdateById(Sdk.scope(pending.id()), resource.apiVersion(), approval);

    assertEquals("Approved", now(resource, pending).status());
  }

  /** From, to, what Storage, SQL and Cosmos DB answer, and with which code if not with 200. */
  @ParameterizedTest
  @CsvSource({
    "Pending,      Approved, 200, ,           200, ,                                         200, ",
    "Pending,      Rejected, 200, ,           200, ,                                         200, ",
    "Approved,     Approved, 200, ,           400, PrivateEndpointConnectionStatusNotPending, 200, ",
    "Approved,     Rejected, 200, ,           400, PrivateEndpointConnectionStatusNotPending, 200, ",
    "Rejected,     Approved, 200, ,           400, PrivateEndpointConnectionStatusNotPending, 400, BadRequest",
    "Rejected,     Rejected, 200, ,           400, PrivateEndpointConnectionStatusNotPending, 200, ",
    "Pending,      Pending,  400, BadRequest, 400, IncorrectPrivateLinkServiceConnectionStateStatus, 400, BadRequest",
    "Pending,      Gone,     400, BadRequest, 400, IncorrectPrivateLinkServiceConnectionStateStatus, 400, BadRequest",
  })
  void decide_whenFromTo_thenAsTheProviderTakesIt(
      String from,
      String to,
      int storage,
      String storageCode,
      int sql,
      String sqlCode,
      int cosmos,
      String cosmosCode) {
    assertDecided(STORAGE, from, to, storage, storageCode);
    assertDecided(SQL, from, to, sql, sqlCode);
    assertDecided(COSMOS, from, to, cosmos, cosmosCode);
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void decide_whenDisconnected_thenRefusedWhereThatExists(Resource resource) {
    if (!resource.equals(STORAGE)) {
      String code =
          resource.equals(SQL) ? "PrivateEndpointConnectionStatusNotPending" : "BadRequest";

      assertDecided(resource, "Disconnected", "Approved", 400, code);
    }
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void decide_whenTheConnectionIsMissing_thenNotMade(Resource resource) {
    PrivateEndpointConnection none =
        new PrivateEndpointConnection(
            resource.id() + "/privateEndpointConnections/none", "", ENDPOINT, "Pending", "");

    HttpResponse response = decide(approver(resource), resource, none, "Approved");

    boolean sql = resource.equals(SQL);
    assertEquals(sql ? 400 : 404, response.getStatusCode());
    assertEquals(sql ? "PrivateEndpointConnectionDoesNotExist" : "NotFound", errorCode(response));
    assertEquals(List.of(), azure.world.privateEndpointConnections(resource.id()));
  }

  @ParameterizedTest
  @MethodSource(RESOURCES)
  void delete_whenAllowed_thenGoneAndNothingToDoTwice(Resource resource) {
    PrivateEndpointConnection pending = pending(resource);
    Principal owner = azure.newPrincipal("owner");
    azure.world.assign(owner.objectId(), "Contributor", resource.id());
    String url = resource.versioned(pending);

    assertEquals(403, azure.drawbridge().send(HttpMethod.DELETE, url, "").getStatusCode());
    HttpResponse deleted = azure.as(owner).send(HttpMethod.DELETE, url, "");
    HttpResponse again = azure.as(owner).send(HttpMethod.DELETE, url, "");

    assertEquals(resource.equals(COSMOS) ? 204 : 200, deleted.getStatusCode());
    assertEquals(204, again.getStatusCode());
    assertEquals(List.of(), azure.world.privateEndpointConnections(resource.id()));
    assertEquals(404, azure.drawbridge().send(HttpMethod.GET, url, "").getStatusCode());
  }

  private void assertDecided(Resource resource, String from, String to, int status, String code) {
    PrivateEndpointConnection connection =
        azure.world.pendingConnection(
            resource.id(), resource.groupId(), ENDPOINT + "-" + from + "-" + to, "Please");
    azure.world.setConnectionStatus(connection.id(), from, "Before");

    HttpResponse response = decide(approver(resource), resource, connection, to);

    assertEquals(status, response.getStatusCode(), resource.type());
    assertEquals(status == 200 ? to : from, now(resource, connection).status(), resource.type());
    if (status != 200) {
      assertEquals(code, errorCode(response), resource.type());
    }
  }

  private PrivateEndpointConnection pending(Resource resource) {
    return azure.world.pendingConnection(resource.id(), resource.groupId(), ENDPOINT, "Please");
  }

  private PrivateEndpointConnection now(Resource resource, PrivateEndpointConnection connection) {
    return azure.world.privateEndpointConnections(resource.id()).stream()
        .filter(other -> other.id().equals(connection.id()))
        .findFirst()
        .orElseThrow();
  }

  private SdkClients approver(Resource resource) {
    Principal approver = azure.newPrincipal("approver");
    lend(resource, approver.objectId(), resource.id());
    return azure.as(approver);
  }

  private RoleAssignment lend(Resource resource, String principalId, String scope) {
    RoleDefinition role =
        azure.world.addCustomRole(
            "Approver of " + resource.type(),
            "",
            resource.approverActions(),
            List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    return azure.world.assign(principalId, role.name(), scope);
  }
}
