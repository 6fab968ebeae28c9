package dev.drawbridge.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What events are to us, by the settings. */
class SourceTest {
  private static final String SETTINGS =
      """
      {"%1$s": {"type": "%1$s",
        "fields": {"/ticket/id": "/issue/key", "/type": {"value": "vnet"}, "/vnetName": "/data/name"},
        "approved": {"pointer": "/status", "values": ["approved", "7"]},
        "closed": {"pointer": "/status", "values": ["closed"]},
        "ignore": [{"pointer": "/by", "values": ["us"]}, {"pointer": "/text", "contains": ["[us]"]}]}}
      """;

  private static Source source(String type) {
    Webhooks webhooks =
        Webhooks.of(
            Map.of(
                "WEBHOOKS",
                SETTINGS.formatted(type),
                Webhooks.secretSetting(type),
                "a-secret-of-some-length"),
            (name, why) -> {
              throw new AssertionError(name + " " + why);
            });
    return webhooks.source(type).orElseThrow();
  }

  private static Event event(String body) throws JsonProcessingException {
    ObjectNode sent = (ObjectNode) new ObjectMapper().readTree(body);
    Parsed<Event> event = source("generic").event(new Received(Map.of(), body), sent);
    return (Event) assertInstanceOf(Parsed.Valid.class, event).value();
  }

  @Test
  void event_whenItIsApproved_thenAsksWithWhatIsThere() throws Exception {
    assertEquals(
        new Event.Asks(
            Map.of(
                "type",
                "vnet",
                "vnetName",
                "v",
                "ticket",
                Map.of("system", "generic", "id", "A-1"))),
        event(
            "{\"status\": \"approved\", \"issue\": {\"key\": \" A-1 \"}, \"data\": {\"name\": \"v\"}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"  \"", "null"})
  void event_whenAFieldIsEmpty_thenItIsLeftOut(String name) throws Exception {
    assertEquals(
        new Event.Asks(Map.of("type", "vnet", "ticket", Map.of("system", "generic", "id", "12"))),
        event(
            "{\"status\": 7, \"issue\": {\"key\": 12}, \"data\": {\"name\": %s}}".formatted(name)));
  }

  @Test
  void event_whenAFieldIsNoScalar_thenItIsPassedOnForTheRequestToRefuse() throws Exception {
    assertEquals(
        new Event.Asks(
            Map.of(
                "type",
                "vnet",
                "vnetName",
                List.of(1),
                "ticket",
                Map.of("system", "generic", "id", "A-1"))),
        event(
            "{\"status\": \"approved\", \"issue\": {\"key\": \"A-1\"}, \"data\": {\"name\": [1]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\": \"Approved\"}",
        "{\"status\": [\"approved\"]}",
        "{\"status\": null}",
        "{\"status\": \"approved\", \"by\": \"us\"}",
        "{\"status\": \"approved\", \"text\": \"granted [us] 1\"}",
        "{\"status\": \"closed\", \"by\": \"us\", \"issue\": {\"key\": \"A-1\"}}",
        "{\"status\": \"closed\"}",
        "{\"status\": \"closed\", \"issue\": {\"key\": \"../x\"}}",
        "{\"status\": \"closed\", \"issue\": {\"key\": {}}}",
      })
  void event_whenItIsNotOurs_thenIsIgnored(String body) throws Exception {
    assertInstanceOf(Event.Ignored.class, event(body));
  }

  @Test
  void event_whenItIsClosed_thenClosesItsTicket() throws Exception {
    assertEquals(
        new Event.Closes(new Ticket("generic", "A-1")),
        event("{\"status\": \"closed\", \"issue\": {\"key\": \"A-1\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\": 1, \"webhookEvent\": \"x\", \"issue\": {\"key\": \"A-1\", \"fields\": {}}}",
        "{\"issue\": {\"key\": \"A-1\", \"fields\": {}}}",
        "{\"key\": \"A-1\", \"fields\": {}}",
      })
  void jira_whenTheShapeIsAnyOfItsThree_thenTheIssueIsInOnePlace(String body) throws Exception {
    ObjectNode sent = (ObjectNode) new ObjectMapper().readTree(body);
    Parsed<ObjectNode> event = SourceType.JIRA.event(new Received(Map.of(), body), sent);
    ObjectNode shape = (ObjectNode) assertInstanceOf(Parsed.Valid.class, event).value();
    assertEquals("A-1", shape.at("/issue/key").asText());
  }

  @Test
  void cloudEvents_whenBinary_thenAttributesAreDecodedIntoTheStructuredShape() {
    ObjectNode data = new ObjectMapper().createObjectNode().put("a", 1);
    Received received =
        new Received(
            Map.of(
                "content-type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "a+b%20c",
                "ce-source",
                "/s",
                "ce-type",
                "t%C3%A4"),
            "");
    ObjectNode event =
        (ObjectNode)
            assertInstanceOf(Parsed.Valid.class, CloudEvents.event(received, data)).value();
    assertEquals("a+b c", event.path("id").asText());
    assertEquals("tä", event.path("type").asText());
    assertEquals(data, event.path("data"));
  }

  @Test
  void cloudEvents_whenAHeaderIsNotPercentEncoded_thenIsRefused() {
    Received received =
        new Received(Map.of("content-type", "application/json", "ce-id", "%zz"), "");
    assertInstanceOf(
        Parsed.Invalid.class, CloudEvents.event(received, new ObjectMapper().createObjectNode()));
  }

  @Test
  void explained_whenAFieldIsWrong_thenTellsWhereItIsReadFrom() {
    Source source = source("generic");
    assertTrue(detail(source, "/vnetName").endsWith("(it is read from /data/name)"));
    assertTrue(detail(source, "/type").endsWith("(the settings fix it)"));
    assertTrue(detail(source, "/clusterId").endsWith("(the settings map nothing to it)"));
  }

  private static String detail(Source source, String pointer) {
    return source.explained(new Violation(pointer, "is wrong")).detail();
  }
}
