package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static dev.drawbridge.local.arm.ArmFixture.SUBSCRIPTION_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluent.models.ProviderInner;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import com.azure.resourcemanager.resources.fluent.models.SubscriptionInner;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.PortInUseException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmServiceIT {
  private static final String VNET = SampleWorld.VNET_ID + "?api-version=2025-03-01";

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void resources_whenRead_thenSubscriptionsGroupsAndProviders() {
    ResourceManager resources = azure.drawbridge().resources();

    assertEquals(
        List.of("Data platform", "Connectivity"),
        resources.subscriptionClient().getSubscriptions().list().stream()
            .map(SubscriptionInner::displayName)
            .toList());
    assertEquals(
        "Data platform",
        resources
            .subscriptionClient()
            .getSubscriptions()
            .get(SampleWorld.SUBSCRIPTION)
            .displayName());
    assertEquals(
        List.of(SampleWorld.DATA_GROUP, SampleWorld.RESOURCE_GROUP),
        resources.serviceClient().getResourceGroups().list().stream()
            .map(ResourceGroupInner::name)
            .toList());
    assertEquals(
        "westeurope",
        resources.serviceClient().getResourceGroups().get(SampleWorld.RESOURCE_GROUP).location());
  }

  @Test
  void providers_whenRead_thenTypesAndApiVersions() {
    ResourceManager resources = azure.drawbridge().resources();

    ProviderInner network = resources.serviceClient().getProviders().get("microsoft.network");
    assertEquals("Microsoft.Network", network.namespace());
    assertTrue(
        network.resourceTypes().stream()
            .anyMatch(
                type ->
                    type.resourceType().equals("virtualNetworks")
                        && type.apiVersions().contains("2025-03-01")));
    assertEquals(8, resources.serviceClient().getProviders().list().stream().count());
  }

  @Test
  void resources_whenMissing_thenAzuresCodes() {
    ResourceManager resources = azure.drawbridge().resources();

    Sdk.assertRefused(
        404,
        "ResourceGroupNotFound",
        () -> resources.serviceClient().getResourceGroups().get("none"));
    Sdk.assertRefused(
        404,
        "InvalidResourceNamespace",
        () -> resources.serviceClient().getProviders().get("Microsoft.None"));
    Sdk.assertRefused(
        404,
        "SubscriptionNotFound",
        () -> resources.subscriptionClient().getSubscriptions().get("none"));
  }

  @Test
  void subscriptions_whenNoRole_thenNoneIsShown() {
    HttpResponse<String> response =
        azure.get("/subscriptions?api-version=2022-12-01", azure.strangersToken());

    assertEquals(200, response.statusCode());
    assertEquals(0, ArmFixture.json(response).path("value").size());
  }

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/nope/resourceGroups?api-version=2025-04-01, 404, SubscriptionNotFound",
    "/{sub}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01, 404, MissingSubscription",
    "/?api-version=2022-12-01, 404, MissingSubscription",
    "/subscriptions, 400, MissingApiVersionParameter",
    "/subscriptions?api-version=1999-01-01, 400, InvalidApiVersionParameter",
    "{vnet}?api-version=1999-01-01, 400, NoRegisteredProviderFound",
    "{sub}/providers/Microsoft.Network/none?api-version=2025-03-01, 404, InvalidResourceType",
    "{sub}/providers/Microsoft.None/none?api-version=2025-03-01, 404, InvalidResourceNamespace",
    "{vnet}?api-version=2025-03-01, 403, AuthorizationFailed",
    "{sub}/resourceGroups/none?api-version=2025-04-01, 403, AuthorizationFailed",
  })
  void get_whenWrong_thenAzuresCode(String path, int status, String code) {
    String url = path.replace("{sub}", SUBSCRIPTION_SCOPE).replace("{vnet}", SampleWorld.VNET_ID);

    HttpResponse<String> response = azure.get(url, azure.strangersToken());

    assertEquals(code, ArmFixture.errorCode(response));
    assertEquals(status, response.statusCode());
    assertTrue(response.headers().firstValue("x-ms-request-id").isPresent());
    assertTrue(response.headers().firstValue("x-ms-correlation-request-id").isPresent());
  }

  @Test
  void any_whenCorrelationIdIsSent_thenItComesBack() {
    HttpResponse<String> response =
        ArmFixture.send(
            HttpRequest.newBuilder(URI.create(azure.arm.armEndpoint() + VNET))
                .header("x-ms-correlation-request-id", "mine"));

    assertEquals(
        "mine", response.headers().firstValue("x-ms-correlation-request-id").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, {sub}?api-version=2022-12-01",
    "PUT, {sub}/resourceGroups/x?api-version=2025-04-01",
    "PUT, {sub}/providers/Microsoft.Network/virtualNetworks?api-version=2025-03-01",
    "PATCH, {vnet}?api-version=2025-03-01",
    "POST, {sub}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01",
    "PATCH, {sub}/providers/Microsoft.Authorization/roleDefinitions/x?api-version=2022-04-01",
  })
  void call_whenMethodIsNotServed_then405(String method, String path) {
    String url = path.replace("{sub}", SUBSCRIPTION_SCOPE).replace("{vnet}", SampleWorld.VNET_ID);

    HttpResponse<String> response =
        azure.send(method, URI.create(azure.arm.armEndpoint() + url), azure.strangersToken(), "{}");

    assertEquals(405, response.statusCode());
  }

  @Test
  void put_whenBodyIsNoObject_then400() {
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Owner", GROUP_SCOPE);

    HttpResponse<String> response =
        azure.send("PUT", URI.create(azure.arm.armEndpoint() + VNET), azure.strangersToken(), "[");

    assertEquals(400, response.statusCode());
    assertEquals("InvalidRequestContent", ArmFixture.errorCode(response));
  }

  @Test
  void call_whenTokenIsMissingWrongExpiredOrForGraph_then401WithChallenge() {
    String expired = azure.strangersToken();
    azure.arm.expireTokens();
    Principal stranger = azure.world.servicePrincipal(SampleWorld.STRANGER_CLIENT_ID).orElseThrow();

    assertUnauthorized("AuthenticationFailed", "");
    assertUnauthorized("InvalidAuthenticationToken", "made-up");
    assertUnauthorized("ExpiredAuthenticationToken", expired);
    assertUnauthorized(
        "InvalidAuthenticationTokenAudience", azure.token(stranger, "https://graph.microsoft.com"));
  }

  private void assertUnauthorized(String code, String token) {
    HttpResponse<String> response = azure.get(VNET, token);

    assertEquals(401, response.statusCode());
    assertEquals(code, ArmFixture.errorCode(response));
    assertTrue(
        response
            .headers()
            .firstValue("WWW-Authenticate")
            .orElseThrow()
            .contains("error=\"invalid_token\""));
  }

  @Test
  void permission_whenReplicationIsSlow_thenTheCallIsRefusedUntilThen() {
    azure.world.replicationDelay(Duration.ofMinutes(5));
    RoleAssignment reader =
        azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Reader", GROUP_SCOPE);
    String token = azure.strangersToken();

    assertEquals(403, azure.get(VNET, token).statusCode());
    azure.clock.advance(Duration.ofMinutes(5));
    assertEquals(200, azure.get(VNET, token).statusCode());
    azure.world.removeAssignment(reader.name());
    assertEquals(200, azure.get(VNET, token).statusCode());
    azure.clock.advance(Duration.ofMinutes(5));
    assertEquals(403, azure.get(VNET, token).statusCode());
  }

  @Test
  void start_whenAPortIsTaken_thenItIsNamed() {
    int taken = azure.arm.armEndpoint().getPort();

    assertTrue(portInUse(() -> start(taken, 0)).contains("local.port.arm"));
    assertTrue(portInUse(() -> start(0, taken)).contains("local.port.graph"));
  }

  private static String portInUse(Callable<LocalArm> start) {
    return String.valueOf(
        Assertions.assertThrows(PortInUseException.class, start::call).getMessage());
  }

  private static LocalArm start(int armPort, int graphPort) {
    LocalClock clock = LocalClock.running();
    return LocalArm.start(armPort, graphPort, clock, new World(clock));
  }
}
