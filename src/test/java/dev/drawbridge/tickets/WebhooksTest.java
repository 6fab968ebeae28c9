package dev.drawbridge.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the sources: what is read, and that every mistake is named. */
class WebhooksTest {
  private static final String SECRET = "a-secret-of-some-length";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Set<String> wrong = new TreeSet<>();

  private Webhooks read(Map<String, String> settings) {
    return Webhooks.of(settings, (name, why) -> wrong.add(name + " " + why));
  }

  private Webhooks read(String document) {
    return read(Map.of("WEBHOOKS", document, "WEBHOOK_SECRET_ZENDESK", SECRET));
  }

  @Test
  void of_whenNothingIsSet_thenThereAreNone() {
    assertEquals(Webhooks.NONE, read(Map.of()));
    assertEquals(Webhooks.NONE, read(Map.of("WEBHOOKS", " ", "WEBHOOK_SECRET_X", "")));
    assertEquals(Set.of(), wrong);
  }

  @Test
  void of_whenTheTypeIsNotGiven_thenItIsTheName() {
    Webhooks webhooks =
        read(
            Map.of(
                "WEBHOOKS",
                "{\"zendesk\": {\"fields\": {\"/ticket/id\": \"/id\"}},"
                    + " \"my-jira\": {\"type\": \"jira\", \"fields\": {\"/ticket/id\": \"/id\"}}}",
                "WEBHOOK_SECRET_ZENDESK",
                SECRET,
                "WEBHOOK_SECRET_MY_JIRA",
                SECRET + "  " + SECRET + "2"));
    assertEquals(Set.of(), wrong);
    assertEquals(SourceType.ZENDESK, webhooks.source("zendesk").orElseThrow().type());
    Source jira = webhooks.source("my-jira").orElseThrow();
    assertEquals(SourceType.JIRA, jira.type());
    assertEquals(List.of(SECRET, SECRET + "2"), jira.secrets().values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)"})
  void of_whenThereIsNoSecret_thenTheSourceIsOff(String secret) {
    Webhooks webhooks =
        read(
            Map.of(
                "WEBHOOKS",
                "{\"zendesk\": {\"fields\": {\"/ticket/id\": \"/id\"}}}",
                "WEBHOOK_SECRET_ZENDESK",
                secret));
    assertEquals(Set.of(), wrong);
    assertTrue(webhooks.source("zendesk").isEmpty());
  }

  @Test
  void of_whenManyThingsAreWrong_thenEachIsNamedAtOnce() {
    read(
        """
        {"Zen Desk": {}, "zendesk": 1,
         "one": {"type": "remedy", "fields": {"/ticket/id": "id", "/owner": "/x", "/vnetName": {"value": 1}},
                 "extra": 1, "approved": {"pointer": "/a"}, "closed": {"pointer": "/~2", "values": []},
                 "ignore": [{"values": ["x"]}, {"pointer": "/a", "values": ["x"], "is": 1}, 7]},
         "two": {"type": "jira", "fields": {"/ticket/system": "/project"}, "ignore": {}},
         "three": {"type": "generic"}}
        """);
    assertEquals(
        Set.of(
            "WEBHOOKS has a source whose name is not 1 to 32 lower-case letters, digits and hyphens",
            "WEBHOOKS /zendesk: must be an object",
            "WEBHOOKS /one: must have no members but approved, closed, fields, ignore, type",
            "WEBHOOKS /one/type: must be zendesk, jira, servicenow, standard, cloudevents or generic,"
                + " if the source's name is none of these",
            "WEBHOOKS /one/fields/~1ticket~1id: must be a JSON Pointer such as /ticket/id, or"
                + " {\"value\": \"…\"}",
            "WEBHOOKS /one/fields/~1owner: is no field of a request, such as /ticket/id or /vnetName",
            "WEBHOOKS /one/fields/~1vnetName: must be a JSON Pointer such as /ticket/id, or"
                + " {\"value\": \"…\"}",
            "WEBHOOKS /one/approved: must have values or contains",
            "WEBHOOKS /one/closed/pointer: must be a JSON Pointer such as /status",
            "WEBHOOKS /one/closed/values: must be an array of different strings that are not empty",
            "WEBHOOKS /one/ignore/0/pointer: must be a JSON Pointer such as /status",
            "WEBHOOKS /one/ignore/1: must have no members but contains, pointer, values",
            "WEBHOOKS /one/ignore/2: must be an object with pointer, and values or contains",
            "WEBHOOKS /two/fields: must have /ticket/id",
            "WEBHOOKS /two/fields/~1ticket~1system: must be a constant",
            "WEBHOOKS /two/ignore: must be an array of conditions",
            "WEBHOOKS /three/fields: must be an object, with a member for each field of a request"),
        wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "zendesk", "{", "{} {}", "{\"a\":1,\"a\":1}", "null"})
  void of_whenItIsNoObject_thenThatIsNamedAndNotRepeated(String document) {
    read(document);
    assertEquals(Set.of("WEBHOOKS must be one JSON object, with a member for each source"), wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "zendesk, short, 'must be secrets of at least 16 characters, separated by spaces'",
    "zendesk, a-secret-of-some-length short, 'must be secrets of at least 16 characters, separated by spaces'",
    "zendesk, whsec_bG9jYWwtc3RhbmRhcmQ=, must not begin with whsec_: that is a Standard Webhooks key",
    "standard, a-secret-of-some-length, 'must begin with whsec_, as Standard Webhooks has it'",
    "standard, whsec_%%%%%%%%%%%%%%%%, must have base64 after whsec_",
    "servicenow, whsec_%%%%%%%%%%%%%%%%, must have base64 after whsec_",
  })
  void of_whenASecretCanBeNone_thenThatIsNamedWithoutIt(String type, String secret, String why) {
    read(
        Map.of(
            "WEBHOOKS",
            "{\"%s\": {\"fields\": {\"/ticket/id\": \"/id\"}}}".formatted(type),
            Webhooks.secretSetting(type),
            secret));
    assertEquals(Set.of(Webhooks.secretSetting(type) + " " + why), wrong);
    assertFalse(wrong.toString().contains(secret));
  }

  @Test
  void of_whenASecretBelongsToNoSource_thenThatIsNamed() {
    read(Map.of("WEBHOOK_SECRET_ZENDESC", SECRET));
    assertEquals(Set.of("WEBHOOK_SECRET_ZENDESC belongs to no source in WEBHOOKS"), wrong);
  }

  /** What may be mapped is what requests have, of whatever kind. */
  @Test
  void fields_whenComparedWithTheRequests_thenEachIsOneOfSomeKind() {
    for (String field : MappingReader.FIELDS) {
      String[] path = field.substring(1).split("/", -1);
      Object value = path.length == 2 ? Map.of(path[1], "x") : "x";
      boolean known = false;
      for (ConnectionKind kind : ConnectionKind.values()) {
        Map<String, Object> fields = new HashMap<>(Map.of("type", kind.type()));
        fields.put(path[0], value);
        known |=
            ((Parsed.Invalid<?>) kind.parse(fields, Limits.NONE))
                .violations().stream()
                    .noneMatch(
                        violation ->
                            violation.pointer().equals(field)
                                && violation.detail().contains("is not a field"));
      }
      assertTrue(known, field);
    }
  }

  @Test
  void example_whenItIsRead_thenHasNoMistakeAndIsThatOfTheLocalSettings() throws IOException {
    JsonNode values = JSON.readTree(Path.of("local.settings.json.example").toFile()).path("Values");
    Map<String, String> settings = new HashMap<>();
    values.properties().forEach(one -> settings.put(one.getKey(), one.getValue().textValue()));
    Webhooks webhooks = read(settings);

    assertEquals(Set.of(), wrong);
    assertEquals(
        Set.of("zendesk", "jira", "servicenow", "standard", "cloudevents", "generic"),
        webhooks.sources().keySet());
    assertEquals(
        JSON.readTree(Path.of("examples", "webhooks", "sources.json").toFile()),
        JSON.readTree(values.path("WEBHOOKS").textValue()));
  }
}
