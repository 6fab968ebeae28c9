package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.ServicePrincipalsServicePrincipalsClient;
import com.azure.resourcemanager.authorization.fluent.models.MicrosoftGraphServicePrincipalInner;
import com.azure.resourcemanager.authorization.fluent.models.OdataErrorMainException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

class GraphIT {
  private static final String APP = SampleWorld.ASTRONOMER_CLIENT_ID;

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final ServicePrincipalsServicePrincipalsClient graph = graph(azure.drawbridge());

  @Test
  void list_whenFilteredByAppId_thenEmptyUntilCreated() {
    assertEquals(List.of(), byAppId());

    MicrosoftGraphServicePrincipalInner made = create(graph, APP);

    assertEquals("Astronomer", made.displayName());
    assertEquals(APP, made.appId());
    MicrosoftGraphServicePrincipalInner found = byAppId().get(0);
    assertEquals(made.id(), found.id());
    assertEquals("Application", found.servicePrincipalType());
    assertEquals(APP, graph.getServicePrincipal(made.id()).appId());
    assertEquals(made.id(), azure.world.servicePrincipal(APP).orElseThrow().objectId());
  }

  @Test
  void create_whenItIsThere_then409AndWhenUnknown_then400() {
    create(graph, APP);

    assertRefused(409, "Request_MultipleObjectsWithSameKeyValue", () -> create(graph, APP));
    assertRefused(
        400, "Request_BadRequest", () -> create(graph, "99999999-0000-0000-0000-000000000000"));
    assertRefused(
        400,
        "Request_BadRequest",
        () -> graph.createServicePrincipal(new MicrosoftGraphServicePrincipalInner()));
  }

  @Test
  void create_whenOnlyReadIsAllowed_then403() {
    Principal reader = azure.newPrincipal("reader");
    azure.world.grantGraph(reader.objectId(), GraphPermission.APPLICATION_READ_ALL);
    ServicePrincipalsServicePrincipalsClient his = graph(azure.as(reader));

    assertTrue(his.listServicePrincipal().stream().count() > 0);
    assertRefused(403, "Authorization_RequestDenied", () -> create(his, APP));
  }

  @Test
  void list_whenNothingIsAllowed_then403() {
    ServicePrincipalsServicePrincipalsClient his = graph(azure.as(azure.newPrincipal("nobody")));

    assertRefused(
        403, "Authorization_RequestDenied", () -> his.listServicePrincipal().stream().count());
  }

  @Test
  void delete_whenThere_thenGoneAndItsTokenIsRefused() {
    String id = create(graph, APP).id();
    String token =
        azure.token(
            azure.world.servicePrincipal(APP).orElseThrow(), "https://management.azure.com");

    graph.deleteServicePrincipal(id);

    assertRefused(404, "Request_ResourceNotFound", () -> graph.getServicePrincipal(id));
    assertRefused(404, "Request_ResourceNotFound", () -> graph.deleteServicePrincipal(id));
    var response = azure.get("/subscriptions?api-version=2022-12-01", token);
    assertEquals(401, response.statusCode());
    assertEquals("InvalidAuthenticationToken", ArmFixture.errorCode(response));
  }

  @Test
  void list_whenFilterOrPathIsUnknown_then400() {
    assertRefused(400, "Request_UnsupportedQuery", () -> list("homepage eq 'x'"));
    String token = graphToken();
    var response =
        azure.send("GET", URI.create(azure.arm.graphEndpoint() + "/v1.0/nothing"), token, "");
    assertEquals(400, response.statusCode());
    assertNotNull(ArmFixture.json(response).path("error").path("innerError").get("request-id"));
  }

  @Test
  void call_whenTokenIsForArm_then401() {
    var response =
        azure.send(
            "GET",
            URI.create(azure.arm.graphEndpoint() + "/v1.0/servicePrincipals"),
            azure.strangersToken(),
            "");

    assertEquals(401, response.statusCode());
    assertEquals("InvalidAuthenticationToken", ArmFixture.errorCode(response));
  }

  private String graphToken() {
    return azure.token(azure.newPrincipal("someone"), "https://graph.microsoft.com");
  }

  private List<MicrosoftGraphServicePrincipalInner> byAppId() {
    return list("appId eq '" + APP + "'");
  }

  private List<MicrosoftGraphServicePrincipalInner> list(String filter) {
    return graph
        .listServicePrincipal(null, null, null, null, filter, null, null, null, null, Context.NONE)
        .stream()
        .toList();
  }

  private static ServicePrincipalsServicePrincipalsClient graph(SdkClients sdk) {
    return sdk.graph().getServicePrincipalsServicePrincipals();
  }

  private static MicrosoftGraphServicePrincipalInner create(
      ServicePrincipalsServicePrincipalsClient graph, String appId) {
    return graph.createServicePrincipal(new MicrosoftGraphServicePrincipalInner().withAppId(appId));
  }

  private static void assertRefused(int status, String code, Executable call) {
    OdataErrorMainException e = assertThrows(OdataErrorMainException.class, call);
    assertEquals(status, e.getResponse().getStatusCode());
    assertEquals(code, e.getValue().getCode());
  }
}
