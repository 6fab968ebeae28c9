package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.ApiClient;
import dev.drawbridge.local.Approver;
import dev.drawbridge.local.arm.PrivateEndpointConnection;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PrivateEndpointRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private Link over the local Azure. */
final class PrivateLinkIT extends ConnectionContract {
  private static final Pattern CODE = Pattern.compile("DB-[0-9A-Z]{4}-[0-9A-Z]{4}");
  private static final String STRANGER =
      "/subscriptions/dddd3d3d-ee4e-ff5f-aa6a-bbbbbb7b7b7b/resourceGroups/rg/providers"
          + "/Microsoft.Network/privateEndpoints/pe-stranger";

  @Override
  Kind kind() {
    return new Storage();
  }

  /** Two parts of one storage account, approved by Drawbridge. */
  private static final class Storage implements Kind {
    @Override
    public String route() {
      return "/private-links";
    }

    @Override
    public String queue() {
      return Line.PRIVATE_LINKS;
    }

    @Override
    public String request(Target target, String ticket) {
      return json(SampleWorld.STORAGE_ID, group(target), ticket, "drawbridge");
    }

    @Override
    public String requestForNothing() {
      return json(SampleWorld.STORAGE_ID + "nowhere", "blob", "1", "drawbridge");
    }

    @Override
    public boolean isRefused(Line line, Target target) {
      return !line.azure
          .world()
          .permits(
              SampleWorld.DRAWBRIDGE_OBJECT_ID,
              "Microsoft.Storage/storageAccounts/privateEndpointConnectionsApproval/action",
              SampleWorld.STORAGE_ID);
    }

    @Override
    public void connect(Line line, Target target, String operation) {
      line.astro.behave(Behaviour.connecting());
      line.astro.tryNow(
          new PrivateEndpointRequest(SampleWorld.STORAGE_ID, group(target), code(line, operation)));
    }

    @Override
    public void getHalfWay(Line line, Target target, String operation) {
      line.astro.behave(Behaviour.mistaken());
      line.astro.tryNow(
          new PrivateEndpointRequest(SampleWorld.STORAGE_ID, group(target), code(line, operation)));
    }

    @Override
    public String roleName() {
      return "Astro Private Link Approver for microsoft.storage/storageaccounts";
    }

    /** One that approves, and one that sees it approved. */
    @Override
    public int sweepsToTheEnd() {
      return 2;
    }

    /** The api-version of a provider is asked for once, and is one more. */
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
  void grant_whenTheProviderIsKnown_thenItTakesSixCalls() {
    line.accept("/private-links", json(SampleWorld.KEY_VAULT_ID, "vault", "1", "manual"));
    line.settle();
    line.clearCalls();

    line.accept("/private-links", json(SampleWorld.KEY_VAULT_ID, "vault", "2", "drawbridge"));
    line.settle();

    assertTrue(line.calls().size() <= 6, line.calls().toString());
    assertEquals(1, line.temporaryAssignments().size());
  }

  @ParameterizedTest
  @CsvSource({
    "registry, registry, contosoregistry.privatelink.azurecr.io",
    "storage, dfs, contosodata.privatelink.dfs.core.windows.net",
    "vault, vault, contoso-kv.privatelink.vaultcore.azure.net",
    "sql, sqlServer, contoso-sql.privatelink.database.windows.net",
    "cosmos, Sql, contoso-cosmos.privatelink.documents.azure.com",
  })
  void request_whenAnyProviderHasPrivateLink_thenItIsConnectedAndItsNamesAreTold(
      String which, String group, String name) {
    String resource = resource(which);
    String id = line.accept("/private-links", json(resource, group, "1", "drawbridge"));
    line.settle();
    assertEquals("granted", line.phase(id), line.operation(id).toString());
    line.astro.tryNow(new PrivateEndpointRequest(resource, group, code(line, id)));

    line.sweep();
    line.sweep();

    assertEquals("Succeeded", line.status(id), line.operation(id).toString());
    assertEquals(name, line.operation(id).path("result").path("privateLinkNames").asText());
    assertTrue(line.temporaryAssignments().isEmpty());
    assertEquals(
        List.of("Approved"),
        line.azure.world().privateEndpointConnections(resource).stream()
            .map(PrivateEndpointConnection::status)
            .toList());
  }

  @Test
  void supportText_whenItIsARegistry_thenTheDataEndpointIsNamed() {
    String id =
        line.accept("/private-links", json(SampleWorld.REGISTRY_ID, "registry", "1", "drawbridge"));
    line.settle();

    String text = line.operation(id).path("supportText").asText();
    assertTrue(text.contains("Resource name: contosoregistry\n"), text);
    assertTrue(text.contains("Resource ID: " + SampleWorld.REGISTRY_ID + "\n"), text);
    assertTrue(text.contains("Group ID: registry\n"), text);
    assertTrue(text.contains("Data endpoint: contosoregistry.westeurope.data.azurecr.io\n"), text);
  }

  @Test
  void grant_whenTheGroupIdIsWrong_thenTheValidOnesAreNamed() {
    String id =
        line.accept("/private-links", json(SampleWorld.STORAGE_ID, "blobs", "1", "drawbridge"));
    line.settle();
    line.sweep();

    assertEquals("unknownGroupId", line.errorCode(id));
    String message = line.operation(id).path("error").path("message").asText();
    assertTrue(message.contains("blob, "), message);
    assertTrue(message.contains("file"), message);
    assertTrue(line.temporaryAssignments().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLOB", "Blob"})
  void grant_whenTheGroupIdIsInAnotherCase_thenAzuresOwnIsUsed(String group) {
    String id =
        line.accept("/private-links", json(SampleWorld.STORAGE_ID, group, "1", "drawbridge"));
    line.settle();

    assertEquals("granted", line.phase(id));
    assertTrue(line.operation(id).path("supportText").asText().contains("Group ID: blob\n"));
  }

  @Test
  void request_whenTheVendorApproves_thenItGetsTheRoleAndItsEndpointIsApprovedAsItIsMade() {
    try (Line trusting = trusting()) {
      String id =
          trusting.accept("/private-links", json(SampleWorld.STORAGE_ID, "blob", "1", "vendor"));
      trusting.settle();
      assertEquals(1, trusting.vendorAssignments().size());
      trusting.astro.tryNow(
          new PrivateEndpointRequest(SampleWorld.STORAGE_ID, "blob", code(trusting, id)));

      trusting.sweep();

      assertEquals("Succeeded", trusting.status(id));
      assertTrue(trusting.vendorAssignments().isEmpty());
    }
  }

  /** An endpoint that is approved as it is made shows no message, and nobody vouches for it. */
  @Test
  void request_whenTheVendorApprovesAndItsSubscriptionIsNotTrusted_thenAPersonHasToDecide() {
    String id = line.accept("/private-links", json(SampleWorld.STORAGE_ID, "blob", "1", "vendor"));
    line.settle();
    line.astro.tryNow(new PrivateEndpointRequest(SampleWorld.STORAGE_ID, "blob", code(line, id)));
    line.sweep();

    assertEquals("granted", line.phase(id));
    String seen = line.operation(id).path("needsDecision").get(0).path("connectionId").asText();
    assertEquals(202, approve(id, seen).status());
    line.sweep();
    assertEquals("Succeeded", line.status(id));
    assertTrue(line.vendorAssignments().isEmpty());
  }

  @Test
  void request_whenPeopleApprove_thenNobodyGetsARole() {
    String id = line.accept("/private-links", json(SampleWorld.STORAGE_ID, "blob", "1", "manual"));
    line.settle();
    assertEquals("granted", line.phase(id));
    assertTrue(line.temporaryAssignments().isEmpty());
    line.astro.tryNow(new PrivateEndpointRequest(SampleWorld.STORAGE_ID, "blob", code(line, id)));

    line.sweep();
    assertEquals("granted", line.phase(id));
    assertTrue(line.operation(id).path("observed").asText().contains("waits for an approval"));

    setStatus(SampleWorld.STORAGE_ID, "Approved");
    line.sweep();
    assertEquals("Succeeded", line.status(id));
    assertFalse(line.events(id).contains("assignmentCreated"));
  }

  @Test
  void approval_whenThereIsNoRole_thenItIsRefusedToBothIdentities() {
    PrivateEndpointConnection pending =
        line.azure.world().pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER, "hello");
    assertApprovalIsRefusedToBoth(pending.id());

    String id = accept(Target.FIRST, "1");
    line.settle();
    kind().connect(line, Target.FIRST, id);
    line.sweep();
    line.sweep();

    assertEquals("Succeeded", line.status(id));
    assertApprovalIsRefusedToBoth(pending.id());
    assertEquals("Pending", status(pending.id()));
  }

  private void assertApprovalIsRefusedToBoth(String connectionId) {
    Approver approver = new Approver(line.azure.arm());
    assertEquals(403, approver.asDrawbridge(connectionId, "2023-05-01"));
    assertTrue(Set.of(401, 403).contains(approver.asVendor(connectionId, "2023-05-01")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%sX", "x%s", "%s-2", "%1.11s", "please approve", "", "1%s", "%s\u0661"})
  void sweep_whenAMessageOnlyLooksLikeTheCode_thenAPersonHasToDecide(String message) {
    String id = accept(Target.FIRST, "1");
    line.settle();
    PrivateEndpointConnection stranger =
        line.azure
            .world()
            .pendingConnection(
                SampleWorld.STORAGE_ID, "blob", STRANGER, message.formatted(code(line, id)));

    line.sweep();
    line.sweep();

    assertEquals("Pending", status(stranger.id()));
    assertEquals("granted", line.phase(id));
    JsonNode undecided = line.operation(id).path("needsDecision");
    assertEquals(1, undecided.size());
    assertEquals(stranger.id(), undecided.get(0).path("connectionId").asText());
    assertEquals(Line.START.toString(), undecided.get(0).path("since").asText());
  }

  @Test
  void sweep_whenAMessageHasTheCodeOfAnotherOperation_thenItIsNotApproved() {
    String first = accept(Target.FIRST, "1");
    String other =
        line.accept("/private-links", json(SampleWorld.KEY_VAULT_ID, "vault", "2", "drawbridge"));
    line.settle();
    PrivateEndpointConnection stranger =
        line.azure
            .world()
            .pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER, code(line, other));

    line.sweep();
    line.sweep();

    assertEquals("Pending", status(stranger.id()));
    assertEquals("granted", line.phase(first));
    assertEquals("granted", line.phase(other));
  }

  @Test
  void sweep_whenTwoPendingConnectionsHaveTheCode_thenNeitherIsApproved() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    kind().connect(line, Target.FIRST, id);
    line.azure.world().pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER, code(line, id));

    line.sweep();
    line.sweep();

    assertEquals("granted", line.phase(id));
    assertEquals(2, line.operation(id).path("needsDecision").size());
  }

  @Test
  void sweep_whenTheTimeIsOverAsTheEndpointComes_thenItIsNotApproved() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.advance(Duration.ofDays(3));
    kind().connect(line, Target.FIRST, id);
    line.sweep();

    assertEquals("expired", line.errorCode(id));
    assertTrue(line.temporaryAssignments().isEmpty());
    assertEquals(
        "Pending",
        line.azure.world().privateEndpointConnections(SampleWorld.STORAGE_ID).get(0).status());
  }

  @Test
  void sweep_whenStrangersFloodTheResource_thenTheOwnEndpointIsStillApproved() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    for (int i = 0; i < 120; i++) {
      line.azure
          .world()
          .pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER + i, "x".repeat(140));
    }
    line.sweep();
    assertEquals(50, line.operation(id).path("needsDecision").size());

    kind().connect(line, Target.FIRST, id);
    line.sweep();
    line.sweep();
    assertEquals("Succeeded", line.status(id));
  }

  @Test
  void approve_whenAPersonNamesTheConnection_thenThatOneIsApproved() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    PrivateEndpointConnection theirs =
        line.azure.world().pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER, "typo");
    PrivateEndpointConnection other =
        line.azure
            .world()
            .pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER + "-2", "typo");
    line.sweep();

    assertEquals(202, approve(id, theirs.id()).status());
    line.sweep();
    line.sweep();

    assertEquals("Succeeded", line.status(id));
    assertEquals("Approved", status(theirs.id()));
    assertEquals("Pending", status(other.id()));
    assertTrue(line.events(id).contains("connectionChosen"));
    assertEquals(409, approve(id, theirs.id()).status());
  }

  @Test
  void approve_whenTheIdIsNotOfTheTarget_thenItIsRefused() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    for (String bad :
        List.of(
            SampleWorld.STORAGE_ID,
            SampleWorld.STORAGE_ID + "/privateEndpointConnections/",
            SampleWorld.STORAGE_ID + "/privateEndpointConnections/../x",
            SampleWorld.STORAGE_ID + "/privateEndpointConnections/x/y/z",
            SampleWorld.STORAGE_ID + "2/privateEndpointConnections/x",
            SampleWorld.KEY_VAULT_ID + "/privateEndpointConnections/x",
            "https://evil.example" + SampleWorld.STORAGE_ID + "/privateEndpointConnections/x",
            "")) {
      assertEquals(400, approve(id, bad).status(), bad);
    }
    assertEquals(
        404, approve("00000000-0000-0000-0000-000000000000", SampleWorld.STORAGE_ID).status());
  }

  @Test
  void sweep_whenTheSettingsTrustTheVendorsSubscription_thenNoCodeIsNeeded() {
    try (Line trusting = trusting()) {
      String id =
          trusting.accept(
              "/private-links", json(SampleWorld.STORAGE_ID, "blob", "1", "drawbridge"));
      trusting.settle();
      trusting.azure.world().pendingConnection(SampleWorld.STORAGE_ID, "blob", STRANGER, "x");
      trusting.astro.tryNow(
          new PrivateEndpointRequest(SampleWorld.STORAGE_ID, "blob", "no code at all"));

      trusting.sweep();
      trusting.sweep();

      assertEquals("Succeeded", trusting.status(id));
      assertEquals(
          List.of("Approved", "Pending"),
          trusting.azure.world().privateEndpointConnections(SampleWorld.STORAGE_ID).stream()
              .map(PrivateEndpointConnection::status)
              .sorted()
              .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Rejected", "Disconnected"})
  void sweep_whenTheConnectionIsRefusedByHand_thenItIsTold(String status) {
    String id = line.accept("/private-links", json(SampleWorld.SQL_ID, "sqlServer", "1", "manual"));
    line.settle();
    line.astro.tryNow(new PrivateEndpointRequest(SampleWorld.SQL_ID, "sqlServer", code(line, id)));
    line.sweep(); // that knows it by its code, which goes with the refusal
    setStatus(SampleWorld.SQL_ID, status);

    line.sweep();

    assertEquals("granted", line.phase(id));
    String observed = line.operation(id).path("observed").asText();
    assertTrue(observed.contains(status), observed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/subscriptions/%s/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/../x",
        "/subscriptions/%s/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/a%%2fb",
        "/subscriptions/%s/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/a/",
        "/subscriptions/%s/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/a?x=y",
        "//subscriptions/%s/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/a",
        "/subscriptions/%s",
        "https://management.azure.com/subscriptions/%s/resourceGroups/r/providers/M.S/s/a",
      })
  void post_whenTheResourceIdPlaysTricks_thenItIs400(String id) {
    ApiClient.Answer answer =
        line.api.post(
            "/private-links",
            json(id.formatted(SampleWorld.SUBSCRIPTION), "blob", "1", "drawbridge"));

    assertEquals(400, answer.status(), answer.body().toString());
    assertEquals("/resourceId", answer.body().path("errors").get(0).path("pointer").asText());
  }

  @Test
  void post_whenTheResourceIsInAnotherSubscription_thenItIs403() {
    String other =
        SampleWorld.STORAGE_ID.replace(SampleWorld.SUBSCRIPTION, SampleWorld.OTHER_SUBSCRIPTION);
    ApiClient.Answer answer =
        line.api.post("/private-links", json(other, "blob", "1", "drawbridge"));

    assertEquals(403, answer.status());
    assertEquals("/resourceId", answer.body().path("errors").get(0).path("pointer").asText());
  }

  @Test
  void post_whenTheKindIsOfAnotherRoute_thenItIs400() {
    assertEquals(
        400,
        line.api
            .post(
                "/peerings",
                kind().request(Target.FIRST, "1").replaceFirst("\\{", "{\"type\":\"privateLink\","))
            .status());
    assertEquals(
        400,
        line.api
            .post(
                "/private-links",
                kind().request(Target.FIRST, "1").replaceFirst("\\{", "{\"type\":\"vnet\","))
            .status());
  }

  @Test
  void grant_whenTheResourceHasNoPrivateLink_thenItFailsAndSaysSo() {
    String id = line.accept("/private-links", json(SampleWorld.VNET_ID, "blob", "1", "drawbridge"));
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertTrue(line.temporaryAssignments().isEmpty());
  }

  private static Line trusting() {
    return Line.start(
        options -> options.withSetting("TRUSTED_REMOTES", SampleWorld.ASTRO_SUBSCRIPTION));
  }

  private ApiClient.Answer approve(String operation, String connection) {
    return line.api.post(
        "/operations/" + operation + "/approve",
        "{\"connectionId\": \"%s\"}".formatted(connection));
  }

  private String status(String connectionId) {
    return line.azure.world().privateEndpointConnections(SampleWorld.STORAGE_ID).stream()
        .filter(one -> one.id().equals(connectionId))
        .map(PrivateEndpointConnection::status)
        .findFirst()
        .orElseThrow();
  }

  private void setStatus(String resource, String status) {
    PrivateEndpointConnection connection =
        line.azure.world().privateEndpointConnections(resource).get(0);
    line.azure.world().setConnectionStatus(connection.id(), status, "by hand");
  }

  private static String group(Target target) {
    return target == Target.FIRST ? "blob" : "file";
  }

  private static String resource(String which) {
    return switch (which) {
      case "registry" -> SampleWorld.REGISTRY_ID;
      case "storage" -> SampleWorld.STORAGE_ID;
      case "vault" -> SampleWorld.KEY_VAULT_ID;
      case "sql" -> SampleWorld.SQL_ID;
      default -> SampleWorld.COSMOS_ID;
    };
  }

  /** The code that the operation's text asks the vendor to put into its message. */
  private static String code(Line line, String operation) {
    Matcher code = CODE.matcher(line.operation(operation).path("supportText").asText());
    assertTrue(code.find());
    return code.group();
  }

  private static String json(String resource, String group, String ticket, String approval) {
    return """
        {"ticket": {"system": "servicenow", "id": "RITM%s"}, "clusterId": "cluster-one",
         "resourceId": "%s", "groupId": "%s", "approval": "%s"}
        """
        .formatted(ticket, resource, group, approval);
  }
}
