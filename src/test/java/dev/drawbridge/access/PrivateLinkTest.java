package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.NetworkState.Group;
import dev.drawbridge.access.NetworkState.PrivateLinkTarget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateLinkTest {
  private static final String RESOURCE =
      "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-data/providers"
          + "/Microsoft.Storage/storageAccounts/Account";
  private static final String VENDOR = "cccc2c2c-dd3d-ee4e-ff5f-aaaaaa6a6a6a";
  private static final String VENDORS_ENDPOINT =
      "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/pe"
          .formatted(VENDOR);
  private static final String STRANGERS_ENDPOINT = VENDORS_ENDPOINT.replace("cccc", "dddd");
  private static final TrustedRemotes VENDOR_ONLY = TrustedRemotes.of(List.of(VENDOR));

  private static Map<String, Object> fields() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("type", "privateLink");
    fields.put("ticket", Map.of("system", "zendesk", "id", "1"));
    fields.put("clusterId", "cluster");
    fields.put("resourceId", RESOURCE);
    fields.put("groupId", "blob");
    return fields;
  }

  private static ConnectionRequest request(String approval) {
    Map<String, Object> fields = fields();
    fields.put("approval", approval);
    return Samples.valid(fields);
  }

  private static EndpointConnection connection(
      String name, String status, String message, String endpoint, String... groups) {
    return new EndpointConnection(
        RESOURCE + "/privateEndpointConnections/" + name,
        status,
        message,
        Optional.of(endpoint),
        Set.of(groups));
  }

  private static Observation observe(
      ConnectionRequest request, Criteria criteria, EndpointConnection... connections) {
    return request.observe(new PrivateLinkTarget(List.of(), Arrays.asList(connections)), criteria);
  }

  private static Criteria criteria(TrustedRemotes trusted) {
    return Samples.criteria(Set.of(), trusted);
  }

  private static Criteria chosen(String name, Set<String> before) {
    return new Criteria(
        before,
        TrustedRemotes.ANY,
        Samples.CODE,
        Optional.of(RESOURCE.toUpperCase(Locale.ROOT) + "/PRIVATEENDPOINTCONNECTIONS/" + name));
  }

  @Test
  void parse_whenOnlyWhatIsRequiredIsThere_thenDrawbridgeApproves() {
    ConnectionRequest request = Samples.valid(fields());
    assertEquals(Grantee.DRAWBRIDGE, request.grantee());
    assertEquals(Optional.empty(), request.tenantId());
    assertEquals("/resourceId", request.subscriptionPointer());
    assertEquals(request, Samples.valid(request.toFields()));
  }

  @ParameterizedTest
  @CsvSource({
    "resourceName, other",
    "approval, nobody",
    "approval, DRAWBRIDGE",
    "groupId, ''",
    "groupId, a/b",
    "resourceId, /subscriptions/x",
    "tenantId, aaaabbbb-0000-cccc-1111-dddd2222eeee",
  })
  void parse_whenAFieldIsWrong_thenItIsNamed(String name, String value) {
    Map<String, Object> fields = fields();
    fields.put(name, value);
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(fields, Limits.NONE);
    var invalid = assertInstanceOf(Parsed.Invalid.class, parsed);
    List<?> violations = invalid.violations();
    assertEquals(1, violations.size(), violations.toString());
    assertTrue(violations.get(0).toString().contains("/" + name), violations.toString());
  }

  @Test
  void parse_whenTheResourceNameIsThatOfTheId_thenItIsTakenInAnyCase() {
    Map<String, Object> fields = fields();
    fields.put("resourceName", "account");
    assertEquals(Samples.valid(fields()), Samples.valid(fields));
  }

  @ParameterizedTest
  @CsvSource({"drawbridge, DRAWBRIDGE", "vendor, VENDOR", "manual, NOBODY"})
  void grantee_whenTheApprovalIsSaid_thenFollowsFromIt(String approval, Grantee grantee) {
    assertEquals(grantee, request(approval).grantee());
  }

  @Test
  void scope_whateverTheSettingsSay_thenIsTheResource() {
    for (GrantScope configured : GrantScope.values()) {
      assertEquals(RESOURCE, request("drawbridge").scope(configured));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Microsoft.Storage/storageAccounts",
        "microsoft.storage/storageaccounts",
        "MICROSOFT.STORAGE/STORAGEACCOUNTS"
      })
  void role_whenMadeForTheType_thenAllowsNothingElseAndIsTheSameInAnyCase(String type) {
    RoleTemplate template =
        new RoleTemplate(
            "Approver for {resource-type}",
            "{resource-type}",
            Set.of("{resource-type}/read", "{resource-type}/privateEndpointConnections/write"));
    Map<String, Object> fields = fields();
    fields.put("resourceId", RESOURCE.replace("Microsoft.Storage/storageAccounts", type));
    RoleTemplate role = Samples.valid(fields).role(template);
    assertEquals("Approver for microsoft.storage/storageaccounts", role.name());
    assertEquals(
        Set.of(
            "microsoft.storage/storageaccounts/read",
            "microsoft.storage/storageaccounts/privateEndpointConnections/write"),
        role.actions());
  }

  @Test
  void policy_whenTheSubscriptionIsAnother_thenPointsAtTheResourceId() {
    Policy policy = new Policy(Samples.TENANT, Set.of());
    assertEquals(
        List.of("/resourceId"),
        policy.refusals(request("manual")).stream().map(Violation::pointer).toList());
  }

  @Test
  void preflight_whenTheGroupIsUnknown_thenTheKnownOnesAreNamed() {
    PrivateLinkTarget target =
        new PrivateLinkTarget(
            List.of(
                new Group("file", List.of(), List.of()), new Group("dfs", List.of(), List.of())),
            List.of());
    var refused =
        assertInstanceOf(Preflight.Refused.class, request("drawbridge").preflight(target));
    assertEquals("unknownGroupId", refused.code());
    assertTrue(refused.message().endsWith("It has: file, dfs."), refused.message());
  }

  @Test
  void preflight_whenItPasses_thenTellsNamesAndWhatStoodBefore() {
    PrivateLinkTarget target =
        new PrivateLinkTarget(
            List.of(
                new Group(
                    "Blob",
                    List.of("registry", "registry_data_westeurope", "registry_data_northeurope"),
                    List.of("privatelink.azurecr.io"))),
            List.of(connection("Old", "Approved", "", STRANGERS_ENDPOINT)));
    var passed = assertInstanceOf(Preflight.Passed.class, request("drawbridge").preflight(target));
    assertEquals(
        Set.of(AnyCase.fold(RESOURCE + "/privateEndpointConnections/old")), passed.baseline());
    assertEquals(
        Map.of(
            Fact.GROUP_ID,
            "Blob",
            Fact.PRIVATE_LINK_NAMES,
            "account.privatelink.azurecr.io",
            Fact.DATA_ENDPOINTS,
            "account.westeurope.data.azurecr.io, account.northeurope.data.azurecr.io"),
        passed.facts());
  }

  @ParameterizedTest
  @CsvSource({
    // status, message, from the vendor, trusted, what it is taken for
    "Pending, DB-2345-ABCD, false, false, Approvable",
    "Pending, DB-2345-ABCD, true, true, Approvable",
    "Pending, '', true, true, Approvable",
    "Pending, '', true, false, Undecided",
    "Pending, '', false, true, Undecided",
    "Pending, DB-9999-ZZZZ, true, true, Undecided",
    "Pending, DB-2345-ABCDE, false, false, Undecided",
    "Approved, DB-2345-ABCD, false, false, Connected",
    "Approved, '', true, true, Connected",
    "Approved, '', true, false, Absent",
    "Approved, DB-9999-ZZZZ, true, true, Absent",
    "Rejected, DB-2345-ABCD, false, false, Broken",
    "Rejected, '', false, false, Absent",
    "Disconnected, '', true, true, Broken",
  })
  void observe_whenOneConnectionIsNew_thenIsTakenForWhatItIs(
      String status, String message, boolean fromVendor, boolean trusted, String expected) {
    Observation seen =
        observe(
            request("drawbridge"),
            criteria(trusted ? VENDOR_ONLY : TrustedRemotes.ANY),
            connection("pe", status, message, fromVendor ? VENDORS_ENDPOINT : STRANGERS_ENDPOINT));
    assertEquals(expected, seen.getClass().getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vendor", "manual"})
  void observe_whenOthersApproveAndNoSignIsLeft_thenAPersonDecides(String approval) {
    assertInstanceOf(
        Observation.Undecided.class,
        observe(
            request(approval),
            criteria(TrustedRemotes.ANY),
            connection("pe", "Approved", "Auto-Approved", STRANGERS_ENDPOINT)));
  }

  @Test
  void observe_whenItStoodBefore_thenNothingCountsButWhatIsChosen() {
    Set<String> before = Set.of(AnyCase.fold(RESOURCE + "/privateEndpointConnections/pe"));
    EndpointConnection old = connection("pe", "Pending", Samples.CODE.text(), VENDORS_ENDPOINT);
    ConnectionRequest request = request("drawbridge");
    assertInstanceOf(
        Observation.Absent.class, observe(request, Samples.criteria(before, VENDOR_ONLY), old));
    assertInstanceOf(Observation.Approvable.class, observe(request, chosen("PE", before), old));
  }

  @Test
  void observe_whenTheChosenOneHasLostItsMessage_thenItIsStillKnown() {
    assertInstanceOf(
        Observation.Connected.class,
        observe(
            request("manual"),
            chosen("pe", Set.of()),
            connection("pe", "Approved", "ok", STRANGERS_ENDPOINT)));
  }

  @Test
  void observe_whenTwoPendingOnesBearTheCode_thenOnlyAChoiceHelps() {
    EndpointConnection one = connection("one", "Pending", "DB-2345-ABCD", VENDORS_ENDPOINT);
    EndpointConnection two = connection("two", "Pending", "db-2345-abcd", STRANGERS_ENDPOINT);
    ConnectionRequest request = request("drawbridge");
    var undecided =
        assertInstanceOf(
            Observation.Undecided.class, observe(request, criteria(TrustedRemotes.ANY), one, two));
    assertEquals(
        Set.of(one.id(), two.id()),
        undecided.connections().stream().map(EndpointConnection::id).collect(Collectors.toSet()));
    var approvable =
        assertInstanceOf(
            Observation.Approvable.class, observe(request, chosen("two", Set.of()), one, two));
    assertEquals(two.id(), approvable.connection());
  }

  @ParameterizedTest
  @CsvSource({"blob, Approvable", "BLOB, Approvable", "file, Absent"})
  void observe_whenTheGroupIsShown_thenItMustBeTheOneAskedFor(String group, String expected) {
    Observation seen =
        observe(
            request("drawbridge"),
            criteria(TrustedRemotes.ANY),
            connection("pe", "Pending", "DB-2345-ABCD", STRANGERS_ENDPOINT, group));
    assertEquals(expected, seen.getClass().getSimpleName());
  }

  @Test
  void wantsTheSameAs_whenOnlyTicketOrTimeDiffer_thenSaysSo() {
    Map<String, Object> other = fields();
    other.put("ticket", Map.of("system", "jira", "id", "2"));
    other.put("expiresIn", "PT1H");
    other.put("groupId", "BLOB");
    ConnectionRequest request = Samples.valid(fields());
    assertTrue(request.wantsTheSameAs(Samples.valid(other)));
    for (String name : List.of("clusterId", "groupId")) {
      Map<String, Object> another = fields();
      another.put(name, "another");
      assertTrue(!request.wantsTheSameAs(Samples.valid(another)), name);
    }
    assertTrue(!request.wantsTheSameAs(Samples.request()));
  }
}
