package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Limits.Callbacks;
import dev.drawbridge.access.port.PassingFault;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of what is told: what is read, and that every mistake is named. */
class TicketsTest {
  private static final String ZENDESK =
      "{\"zendesk\": {\"url\": \"https://acme.zendesk.com\", \"user\": \"bot@acme.example\"}}";
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Set<String> wrong = new TreeSet<>();

  private Tickets read(Map<String, String> settings) {
    return Tickets.of(settings, (name, why) -> wrong.add(name + " " + why));
  }

  private CallbackSettings callbacks(Map<String, String> settings) {
    return CallbackSettings.of(settings, (name, why) -> wrong.add(name + " " + why));
  }

  @Test
  void of_whenNothingIsSet_thenNobodyIsTold() {
    Tickets tickets = read(Map.of("TICKETS", " ", "TICKET_SECRET_X", " "));
    assertEquals(Set.of(), wrong);
    assertTrue(tickets.account("zendesk").isEmpty());
  }

  @Test
  void of_whenAllIsSaid_thenIsReadAndTheSecretIsToldNowhere() {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "TICKETS",
        """
        {"zendesk": {"url": "https://acme.zendesk.com", "user": "bot@acme.example"},
         "ops-jira": {"type": "jira-service-desk", "url": "https://acme.atlassian.net/", "user": "bot@acme.example", "public": true},
         "snow": {"type": "servicenow", "url": "http://127.0.0.1:8080", "user": "drawbridge", "table": "incident", "public": false}}
        """);
    settings.put("TICKET_SECRET_OPS_JIRA", " the secret ");
    Tickets tickets = read(settings);

    assertEquals(Set.of(), wrong);
    Account jira = tickets.account("ops-jira").orElseThrow();
    assertEquals(
        new Account(
            "ops-jira",
            Account.Type.JIRA_SERVICE_DESK,
            URI.create("https://acme.atlassian.net/"),
            "bot@acme.example",
            "sc_req_item",
            true,
            "TICKET_SECRET_OPS_JIRA",
            "the secret"),
        jira);
    assertFalse((jira + " " + tickets).contains("the secret"));
    Account snow = tickets.account("snow").orElseThrow();
    assertEquals("incident", snow.table());
    assertFalse(snow.isPublic());
    assertEquals(Account.Type.ZENDESK, tickets.account("zendesk").orElseThrow().type());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/s/s)"})
  void of_whenThereIsNoSecret_thenTheAppStartsAndTellingNamesTheSetting(String secret) {
    Tickets tickets = read(Map.of("TICKETS", ZENDESK, "TICKET_SECRET_ZENDESK", secret));
    assertEquals(Set.of(), wrong);
    try (Http http = Http.open(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))) {
      PassingFault fault =
          assertThrows(
              PassingFault.class, () -> tickets.account("zendesk").orElseThrow().system(http));
      assertEquals("noSecret", fault.code());
      assertTrue(String.valueOf(fault.getMessage()).contains("TICKET_SECRET_ZENDESK"));
    }
  }

  @Test
  void of_whenManyThingsAreWrong_thenEachIsNamedAtOnceAndNoneIsRepeated() {
    read(
        Map.of(
            "TICKETS",
            """
            {"Zen Desk": {}, "zendesk": 1,
             "one": {"type": "remedy", "url": "https://u:topsecret@a.example", "user": "a:topsecret", "public": "yes", "token": "topsecret"},
             "two": {"type": "jira", "url": "http://acme.example", "user": "", "table": "incident"},
             "three": {"type": "servicenow", "url": "https://a.example/?a=b", "user": "a\\nb", "table": "a/b"},
             "four": {"type": "jira", "url": 7},
             "five": {"url": "https://a.example/#x", "user": "x"}}
            """));
    assertEquals(
        Set.of(
            "TICKETS has a system whose name is not 1 to 32 lower-case letters, digits and hyphens",
            "TICKETS /zendesk: must be an object",
            "TICKETS /one: must have no members but public, table, type, url, user",
            "TICKETS /one/type: must be zendesk, jira, jira-service-desk or servicenow, if the"
                + " system's name is none of these",
            "TICKETS /one/url: must be an https address without user, query and fragment",
            "TICKETS /one/user: must be the name of an account, without a colon",
            "TICKETS /one/public: must be true or false",
            "TICKETS /two/url: must be an https address without user, query and fragment",
            "TICKETS /two/user: must be the name of an account, without a colon",
            "TICKETS /two/table: is for servicenow alone",
            "TICKETS /three/url: must be an https address without user, query and fragment",
            "TICKETS /three/user: must be the name of an account, without a colon",
            "TICKETS /three/table: must be the name of a table, such as sc_req_item",
            "TICKETS /four/url: must be an https address without user, query and fragment",
            "TICKETS /four/user: must be the name of an account, without a colon",
            "TICKETS /five/type: must be zendesk, jira, jira-service-desk or servicenow, if the"
                + " system's name is none of these",
            "TICKETS /five/url: must be an https address without user, query and fragment"),
        wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "topsecret", "{", "{} {}", "{\"a\":1,\"a\":1}", "null"})
  void of_whenItIsNoObject_thenThatIsNamedAndNotRepeated(String document) {
    read(Map.of("TICKETS", document));
    assertEquals(
        Set.of("TICKETS must be one JSON object, with a member for each ticketing system"), wrong);
  }

  @Test
  void of_whenASecretBelongsToNoSystem_thenThatIsNamed() {
    read(Map.of("TICKETS", ZENDESK, "TICKET_SECRET_ZENDESC", "topsecret"));
    assertEquals(Set.of("TICKET_SECRET_ZENDESC belongs to no system in TICKETS"), wrong);
  }

  @Test
  void callbacks_whenThereIsNoSecret_thenAreOff() {
    assertEquals(CallbackSettings.OFF, callbacks(Map.of()));
    assertEquals(CallbackSettings.OFF, callbacks(Map.of("CALLBACK_LOOPBACK", "true")));
    assertEquals(Set.of(), wrong);
  }

  @Test
  void callbacks_whenThereAreSecrets_thenAreOnAndLoopbackTakesASettingOfItsOwn() {
    CallbackSettings settings = callbacks(Map.of("CALLBACK_SECRET", KEY + " " + KEY));
    assertEquals(List.of(KEY, KEY), settings.secrets().values());
    assertEquals(Callbacks.PUBLIC, settings.allowed());
    assertFalse(settings.toString().contains("MfKQ"));
    assertEquals(
        Callbacks.LOOPBACK_TOO,
        callbacks(Map.of("CALLBACK_SECRET", KEY, "CALLBACK_LOOPBACK", "true")).allowed());
    assertEquals(Set.of(), wrong);
  }

  @Test
  void callbacks_whenTheKeyVaultReferenceCantBeRead_thenRequestsMayNameThemStill() {
    CallbackSettings settings =
        callbacks(Map.of("CALLBACK_SECRET", "@Microsoft.KeyVault(SecretUri=https://v/s)"));
    assertTrue(settings.secrets().isEmpty());
    assertEquals(Callbacks.PUBLIC, settings.allowed());
    assertEquals(Set.of(), wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "CALLBACK_SECRET, a-secret-of-some-length, 'must begin with whsec_, as Standard Webhooks has it'",
    "CALLBACK_SECRET, whsec_%%%%%%%%%%%%%%%%, must have base64 after whsec_",
    "CALLBACK_SECRET, whsec_, 'must be secrets of at least 16 characters, separated by spaces'",
    "CALLBACK_LOOPBACK, yes, must be true or false",
  })
  void callbacks_whenASettingIsWrong_thenIsNamedWithoutItsValue(
      String name, String value, String why) {
    callbacks(Map.of(name, value));
    assertEquals(Set.of(name + " " + why), wrong);
  }
}
