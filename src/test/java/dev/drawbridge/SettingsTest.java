package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.Settings.Assignments;
import dev.drawbridge.Settings.Connection;
import dev.drawbridge.Settings.RoleDefinitions;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.tickets.Webhooks;
import dev.drawbridge.tickets.outbound.CallbackSettings;
import dev.drawbridge.tickets.outbound.Tickets;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String SECRET = "c2VjcmV0IQ==";
  private static final String BUS =
      "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=" + SECRET;
  private static final String STORE = "AccountName=x;AccountKey=" + SECRET;

  /** As few settings as there can be. */
  static Map<String, String> least() {
    Map<String, String> values = new HashMap<>();
    values.put("ServiceBusConnection__fullyQualifiedNamespace", "x.servicebus.windows.net");
    values.put("LedgerConnection__tableServiceUri", "https://x.table.core.windows.net");
    values.put("TENANT_ID", Samples.TENANT.toString());
    values.put("ALLOWED_SUBSCRIPTIONS", Samples.SUBSCRIPTION.toString());
    return values;
  }

  private static Settings with(String name, String value) {
    Map<String, String> values = least();
    values.put(name, value);
    return Settings.of(values);
  }

  @Test
  void of_whenOnlyWhatIsRequiredIsThere_thenDefaultsAreFilledIn() {
    assertEquals(
        new Settings(
            new Connection.ByIdentity("x.servicebus.windows.net"),
            new Connection.ByIdentity("https://x.table.core.windows.net"),
            Samples.TENANT,
            Set.of(Samples.SUBSCRIPTION),
            UUID.fromString("a67e6057-7138-4f78-bbaf-fd9db7b8aab0"),
            Optional.empty(),
            RoleDefinitions.MANAGED,
            Assignments.DIRECT,
            GrantScope.SUBSCRIPTION,
            new Limits(Duration.ofDays(3), Duration.ofDays(7)),
            TrustedRemotes.ANY,
            URI.create("https://management.azure.com/"),
            URI.create("https://graph.microsoft.com/"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Webhooks.NONE,
            Tickets.NONE,
            CallbackSettings.OFF),
        Settings.of(least()));
  }

  @Test
  void of_whenAllIsGiven_thenAllIsRead() {
    Map<String, String> values = least();
    values.put("ServiceBusConnection", BUS);
    values.put("LedgerConnection", STORE);
    values.put("ALLOWED_SUBSCRIPTIONS", " %s ,,%s,".formatted(Samples.SUBSCRIPTION, Samples.ROLE));
    values.put("VENDOR_APPLICATION_ID", Samples.PRINCIPAL.toString());
    values.put("VENDOR_PRINCIPAL_ID", Samples.ROLE.toString());
    values.put("ROLE_DEFINITIONS", "Pinned");
    values.put("ASSIGNMENTS", "direct");
    values.put("GRANT_SCOPE", "resourceGroup");
    values.put("DEFAULT_EXPIRY", "PT5M");
    values.put("LONGEST_EXPIRY", "P3650D");
    values.put("TRUSTED_REMOTES", Samples.ROLE.toString());
    values.put("ARM_ENDPOINT", "HTTPS://management.usgovcloudapi.net");
    values.put("GRAPH_ENDPOINT", "http://127.0.0.1:7073/");
    values.put("AZURE_CLIENT_ID", " id ");
    values.put("PUBLIC_URL", "https://drawbridge.example");
    Settings settings = Settings.of(values);
    assertEquals(new Connection.ByString(BUS), settings.serviceBus(), "rather than the identity");
    assertEquals(new Connection.ByString(STORE), settings.ledger());
    assertEquals(Set.of(Samples.SUBSCRIPTION, Samples.ROLE), settings.allowedSubscriptions());
    assertEquals(Samples.PRINCIPAL, settings.vendorApplicationId());
    assertEquals(Optional.of(Samples.ROLE), settings.vendorPrincipalId());
    assertEquals(RoleDefinitions.PINNED, settings.roleDefinitions());
    assertEquals(GrantScope.RESOURCE_GROUP, settings.grantScope());
    assertEquals(new Limits(Duration.ofMinutes(5), Duration.ofDays(3650)), settings.limits());
    assertTrue(settings.trustedRemotes().trusts("/subscriptions/" + Samples.ROLE));
    assertFalse(settings.trustedRemotes().trusts("/subscriptions/" + Samples.TENANT));
    assertEquals(URI.create("HTTPS://management.usgovcloudapi.net"), settings.armEndpoint());
    assertEquals(URI.create("http://127.0.0.1:7073/"), settings.graphEndpoint());
    assertEquals(Optional.of("id"), settings.identityClientId());
    assertEquals(Optional.of(URI.create("https://drawbridge.example")), settings.publicUrl());
  }

  @Test
  void of_whenNothingIsSet_thenEveryMissingOneIsNamed() {
    assertEquals(
        Set.of(
            "ServiceBusConnection__fullyQualifiedNamespace is missing, and so is ServiceBusConnection",
            "LedgerConnection__tableServiceUri is missing, and so is LedgerConnection",
            "TENANT_ID is missing",
            "ALLOWED_SUBSCRIPTIONS is missing"),
        wrong(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void of_whenValuesAreEmpty_thenAreAsIfMissing(String empty) {
    Map<String, String> values = new HashMap<>();
    Settings.NAMES.forEach(name -> values.put(name, empty));
    assertEquals(wrong(Map.of()), wrong(values));
    Map<String, String> more = new HashMap<>(values);
    more.putAll(least());
    assertEquals(Settings.of(least()), Settings.of(more));
  }

  @Test
  void of_whenEverythingIsWrong_thenEverySettingIsNamedAtOnce() {
    Map<String, String> values = new HashMap<>();
    for (String name :
        List.of(
            "TENANT_ID",
            "ALLOWED_SUBSCRIPTIONS",
            "VENDOR_APPLICATION_ID",
            "VENDOR_PRINCIPAL_ID",
            "ROLE_DEFINITIONS",
            "ASSIGNMENTS",
            "GRANT_SCOPE",
            "DEFAULT_EXPIRY",
            "LONGEST_EXPIRY",
            "TRUSTED_REMOTES",
            "ARM_ENDPOINT",
            "GRAPH_ENDPOINT",
            "PUBLIC_URL",
            "WEBHOOKS")) {
      values.put(name, "?");
    }
    Set<String> named = new TreeSet<>();
    wrong(values).forEach(line -> named.add(line.split(" ", 2)[0]));
    Set<String> expected = new TreeSet<>(values.keySet());
    expected.add("ServiceBusConnection__fullyQualifiedNamespace");
    expected.add("LedgerConnection__tableServiceUri");
    assertEquals(expected, named);
  }

  @ParameterizedTest
  @CsvSource({
    "TENANT_ID, common",
    "TENANT_ID, 1-1-1-1-1",
    "ALLOWED_SUBSCRIPTIONS, *",
    "ALLOWED_SUBSCRIPTIONS, ','",
    "ALLOWED_SUBSCRIPTIONS, 'aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e, x'",
    "ALLOWED_SUBSCRIPTIONS, aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e;aaaabbbb-0000-cccc-1111-dddd2222eeee",
    "ALLOWED_SUBSCRIPTIONS, /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
    "VENDOR_APPLICATION_ID, astronomer",
    "VENDOR_PRINCIPAL_ID, astronomer",
    "ROLE_DEFINITIONS, pin",
    "ROLE_DEFINITIONS, true",
    "ASSIGNMENTS, pim",
    "ASSIGNMENTS, time-bound",
    "GRANT_SCOPE, managementGroup",
    "GRANT_SCOPE, RESOURCE_GROUP",
    "DEFAULT_EXPIRY, 3",
    "DEFAULT_EXPIRY, PT4M",
    "DEFAULT_EXPIRY, P7DT1S",
    "LONGEST_EXPIRY, P3651D",
    "LONGEST_EXPIRY, -P1D",
    "LONGEST_EXPIRY, P1W",
    "TRUSTED_REMOTES, any",
    "TRUSTED_REMOTES, ','",
    "TRUSTED_REMOTES, ' , ,'",
    "TRUSTED_REMOTES, /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
    "ARM_ENDPOINT, management.azure.com",
    "ARM_ENDPOINT, //management.azure.com/",
    "ARM_ENDPOINT, file:///etc/passwd",
    "ARM_ENDPOINT, 'https://'",
    "ARM_ENDPOINT, 'https:///x'",
    "ARM_ENDPOINT, 'https://a b'",
    "ARM_ENDPOINT, 'https:management.azure.com'",
    "GRAPH_ENDPOINT, ftp://graph.microsoft.com",
    "PUBLIC_URL, /api",
    "PUBLIC_URL, javascript:alert(1)",
  })
  void of_whenOneValueIsWrong_thenOnlyThatIsNamed(String name, String value) {
    Map<String, String> values = least();
    values.put(name, value);
    Set<String> wrong = wrong(values);
    assertEquals(1, wrong.size(), wrong.toString());
    assertTrue(wrong.iterator().next().startsWith(name + " must "), wrong.toString());
  }

  /** Azure forgets the requests, by which such an assignment is known for ours. */
  @Test
  void of_whenAssignmentsAreTimeBound_thenNoneMayLastLongerThanAzureRemembers() {
    Map<String, String> values = least();
    values.put("ASSIGNMENTS", "TimeBound");
    values.put("LONGEST_EXPIRY", "P30D");
    assertEquals(Assignments.TIME_BOUND, Settings.of(values).assignments());
    values.put("LONGEST_EXPIRY", "P31D");
    assertEquals(
        Set.of("LONGEST_EXPIRY must not be longer than P30D with ASSIGNMENTS=timeBound"),
        wrong(values));
  }

  @Test
  void of_whenTheLongestIsShorterThanTheUsualDefault_thenItIsTheDefault() {
    Map<String, String> values = least();
    values.put("LONGEST_EXPIRY", "P1D");
    assertEquals(new Limits(Duration.ofDays(1), Duration.ofDays(1)), Settings.of(values).limits());
    values.put("DEFAULT_EXPIRY", "P2D");
    assertEquals(
        Set.of("DEFAULT_EXPIRY must not be longer than LONGEST_EXPIRY, PT24H"), wrong(values));
  }

  @ParameterizedTest
  @CsvSource({
    "subscription, SUBSCRIPTION",
    "Subscription, SUBSCRIPTION",
    "resourcegroup, RESOURCE_GROUP",
    "RESOURCEGROUP, RESOURCE_GROUP",
    "target, TARGET"
  })
  void of_whenTheScopeIsInAnyCase_thenIsRead(String value, GrantScope expected) {
    assertEquals(expected, with("GRANT_SCOPE", value).grantScope());
  }

  @Test
  void of_whenOnlyOneConnectionIsByIdentity_thenEachIsReadByItself() {
    Settings settings = with("LedgerConnection", STORE);
    assertEquals(new Connection.ByIdentity("x.servicebus.windows.net"), settings.serviceBus());
    assertEquals(new Connection.ByString(STORE), settings.ledger());
  }

  @Test
  void toString_whenThereAreSecrets_thenShowsNone() {
    Map<String, String> values = least();
    values.put("ServiceBusConnection", BUS);
    values.put("LedgerConnection", STORE);
    values.put("WEBHOOKS", "{\"zendesk\": {\"fields\": {\"/ticket/id\": \"/id\"}}}");
    values.put("WEBHOOK_SECRET_ZENDESK", "zendesk-" + SECRET);
    String text = Settings.of(values).toString();
    assertTrue(text.contains("zendesk"), text);
    assertFalse(text.contains(SECRET), text);
    assertFalse(text.contains("SharedAccessKey"), text);
    assertTrue(text.contains(Samples.TENANT.toString()), text);
  }

  @Test
  void of_whenAWebhookIsDescribedWrongly_thenEachMistakeIsALine() {
    Map<String, String> values = least();
    values.put("WEBHOOKS", "{\"zendesk\": {\"fields\": {\"/owner\": \"/id\"}}}");
    values.put("WEBHOOK_SECRET_ZENDESK", "short");
    assertEquals(
        Set.of(
            "WEBHOOKS /zendesk/fields/~1owner: is no field of a request, such as /ticket/id or"
                + " /vnetName",
            "WEBHOOKS /zendesk/fields: must have /ticket/id",
            "WEBHOOK_SECRET_ZENDESK must be secrets of at least 16 characters, separated by spaces"),
        wrong(values));
  }

  @Test
  void of_whenASecretIsInTheWrongPlace_thenIsNotRepeated() {
    Map<String, String> values = new HashMap<>();
    Settings.NAMES.forEach(name -> values.put(name, BUS));
    var refused = assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
    for (Throwable e = refused; e != null; e = e.getCause()) {
      assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
    }
    assertTrue(wrong(values).size() >= 9, "all the same, each is named");
  }

  /** The lines of the message after its first, each of which names a setting. */
  private static Set<String> wrong(Map<String, String> values) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
    List<String> lines = Arrays.asList(String.valueOf(refused.getMessage()).split("\n", -1));
    assertEquals("Settings to correct:", lines.get(0));
    Set<String> wrong = new TreeSet<>();
    lines.subList(1, lines.size()).forEach(line -> wrong.add(line.strip()));
    assertEquals(lines.size() - 1, wrong.size(), "each once");
    return wrong;
  }
}
