package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.LocalOptions;
import dev.drawbridge.tickets.Authenticity;
import dev.drawbridge.tickets.Event;
import dev.drawbridge.tickets.Received;
import dev.drawbridge.tickets.Source;
import dev.drawbridge.tickets.Webhooks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the systems send, looked at by Drawbridge with the example's settings. */
class TicketWebhooksIT {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> VNET =
      Map.of(
          "type", "vnet",
          "clusterId", "clz4q8v1k000108l5d2x9f7ah",
          "clusterType", "dedicated",
          "tenantId", "aaaabbbb-0000-cccc-1111-dddd2222eeee",
          "subscriptionId", "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
          "resourceGroup", "rg-network",
          "vnetName", "vnet-data",
          "expiresIn", "P3D");
  private static final Map<String, String> VHUB =
      Map.of(
          "type", "vhub",
          "clusterId", "clz4q8v1k000108l5d2x9f7ah",
          "tenantId", "aaaabbbb-0000-cccc-1111-dddd2222eeee",
          "subscriptionId", "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
          "resourceGroup", "rg-network",
          "virtualHubName", "hub-weu",
          "connectionName", "astro-prod");
  private static final Map<String, String> REGISTRY =
      Map.of(
          "clusterId",
          "clz4q8v1k000108l5d2x9f7ah",
          "resourceId",
          "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-data"
              + "/providers/Microsoft.ContainerRegistry/registries/contosoregistry",
          "groupId",
          "registry");

  private final LocalClock clock = LocalClock.standingAt(NOW);
  private final LocalTickets tickets = LocalTickets.start(clock, LocalTickets.Ports.ANY);
  private final Receiver receiver = new Receiver();
  private final Webhooks webhooks =
      Webhooks.of(
          LocalOptions.of(clock).settings(),
          (name, why) -> {
            throw new AssertionError(name + " " + why);
          });

  @BeforeEach
  void listen() {
    tickets.sendTo(receiver.uri());
  }

  @AfterEach
  void stop() {
    tickets.close();
    receiver.close();
  }

  private Event event(String source) throws Exception {
    Source from = webhooks.source(source).orElseThrow();
    Received received = receiver.lastReceived();
    assertEquals(new Authenticity.Authentic(), from.check(received, clock.instant()));
    ObjectNode body = (ObjectNode) JSON.readTree(received.body());
    Parsed<Event> event = from.event(received, body);
    return (Event) assertInstanceOf(Parsed.Valid.class, event).value();
  }

  private static JsonNode example(String name) throws Exception {
    return JSON.readTree(Files.readString(Path.of("examples/webhooks", name)));
  }

  @Test
  void approve_whenZendesk_thenTheExampleSigned() throws Exception {
    String ticket = tickets.zendesk().open("ana", "Connect us", VNET);

    Delivery delivery = tickets.zendesk().approve(ticket, "ana");

    assertEquals(202, delivery.status());
    assertEquals("{\"id\":\"op-1\"}", delivery.answer());
    assertEquals("/webhooks/zendesk", receiver.last().path());
    assertEquals(example("zendesk.json"), JSON.readTree(delivery.body()));
    assertInstanceOf(Event.Asks.class, event("zendesk"));
    assertTrue(receiver.last().header("X-Zendesk-Webhook-Invocation-Id").isPresent());
  }

  @Test
  void approve_whenZendeskAndTheCallIsTooOld_thenStale() {
    tickets.zendesk().approve(tickets.zendesk().open("ana", "Connect us", VNET), "ana");
    clock.advance(Duration.ofSeconds(301));

    assertInstanceOf(
        Authenticity.Stale.class,
        webhooks.source("zendesk").orElseThrow().check(receiver.lastReceived(), clock.instant()));
  }

  @Test
  void approve_whenJira_thenTheExampleSigned() throws Exception {
    String issue = tickets.jira().open("ana", "Connect Astro with the hub in West Europe", VHUB);

    Delivery delivery = tickets.jira().approve(issue, "ana");

    JsonNode sent = JSON.readTree(delivery.body());
    JsonNode example = example("jira.json");
    assertEquals(example.path("issue"), sent.path("issue"));
    assertEquals(example.path("timestamp"), sent.path("timestamp"));
    assertEquals(example.path("webhookEvent"), sent.path("webhookEvent"));
    assertEquals("Ana", sent.at("/user/displayName").asText());
    assertEquals("Approved", sent.at("/changelog/items/0/toString").asText());
    assertInstanceOf(Event.Asks.class, event("jira"));
    assertTrue(receiver.last().header("X-Atlassian-Webhook-Identifier").isPresent());
  }

  @Test
  void approve_whenServiceNow_thenTheExampleWithTheSecret() throws Exception {
    String item = tickets.serviceNow().open("ana", "Connect us", REGISTRY);

    Delivery delivery = tickets.serviceNow().approve(item, "ana");

    ObjectNode sent = (ObjectNode) JSON.readTree(delivery.body());
    ObjectNode example = (ObjectNode) example("servicenow.json");
    assertEquals(RequestedItem.id(item), sent.remove("sys_id").asText());
    example.remove("sys_id");
    assertEquals(example, sent);
    assertInstanceOf(Event.Asks.class, event("servicenow"));
    assertTrue(!delivery.toString().contains("local-servicenow-secret"));
  }

  @Test
  void close_whenApproved_thenItsEventCloses() throws Exception {
    String ticket = tickets.zendesk().open("ana", "Connect us", VNET);
    String issue = tickets.jira().open("ana", "Connect us", VHUB);
    String item = tickets.serviceNow().open("ana", "Connect us", REGISTRY);

    tickets.zendesk().close(ticket, "ana");
    assertInstanceOf(Event.Closes.class, event("zendesk"));
    tickets.jira().close(issue, "ana");
    assertInstanceOf(Event.Closes.class, event("jira"));
    tickets.serviceNow().close(item, "ana");
    assertInstanceOf(Event.Closes.class, event("servicenow"));

    assertEquals("solved", tickets.zendesk().state(ticket));
    assertEquals("Done", tickets.jira().state(issue));
    assertEquals("3", tickets.serviceNow().state(item));
  }

  @Test
  void comment_whenDrawbridgesOwn_thenItsEventNamesTheAccount() throws Exception {
    String ticket = tickets.zendesk().open("ana", "Connect us", VNET);
    Caller.zendesk(tickets)
        .send(
            "PUT",
            "/api/v2/tickets/%s.json".formatted(ticket),
            "{\"ticket\":{\"comment\":{\"body\":\"Access granted\"}}}");
    Delivery delivery = tickets.zendesk().deliveries().get(0).get(20, TimeUnit.SECONDS);

    assertEquals(
        "drawbridge@contoso.example", JSON.readTree(delivery.body()).path("actor").asText());
  }

  @Test
  void comment_whenDrawbridgesOwnInJira_thenOfItsTextNotOfAUser() throws Exception {
    String issue = tickets.jira().open("ana", "Connect us", VHUB);
    tickets.jira().approve(issue, "ana");
    Caller.jira(tickets)
        .send(
            "POST",
            "/rest/servicedeskapi/request/%s/comment".formatted(issue),
            "{\"body\":\"Access granted [drawbridge op/granted]\",\"public\":true}");

    Delivery delivery = tickets.jira().deliveries().get(1).get(20, TimeUnit.SECONDS);

    JsonNode sent = JSON.readTree(delivery.body());
    assertEquals("comment_created", sent.path("webhookEvent").asText());
    assertEquals("Drawbridge", sent.at("/comment/author/displayName").asText());
    assertTrue(sent.path("user").isMissingNode());
    assertTrue(sent.at("/issue/fields/customfield_10101").isMissingNode());
    assertInstanceOf(Event.Ignored.class, event("jira"));
  }

  @Test
  void comment_whenDrawbridgesOwnInServiceNow_thenIgnored() throws Exception {
    String item = tickets.serviceNow().open("ana", "Connect us", REGISTRY);
    tickets.serviceNow().approve(item, "ana");
    Caller.serviceNow(tickets)
        .send(
            "PATCH",
            "/api/now/table/sc_req_item/" + RequestedItem.id(item),
            "{\"work_notes\":\"Access granted\"}");

    tickets.serviceNow().deliveries().get(1).get(20, TimeUnit.SECONDS);

    assertInstanceOf(Event.Ignored.class, event("servicenow"));
  }

  @Test
  void comment_whenAPersons_thenTheirNameIsInTheEvent() throws Exception {
    String ticket = tickets.zendesk().open("ana", "Connect us", VNET);

    Delivery delivery = tickets.zendesk().comment(ticket, "bo", false, "Is it done?");

    assertEquals("bo@contoso.example", JSON.readTree(delivery.body()).path("actor").asText());
    assertEquals(
        new Comment(NOW, "Bo", false, "Is it done?"),
        tickets.zendesk().conversation(ticket).get(1));
  }

  @Test
  void approve_whenThereIsNoAnswer_thenSaidAndApproved() {
    receiver.close();
    String ticket = tickets.zendesk().open("ana", "Connect us", VNET);

    assertThrows(CompletionException.class, () -> tickets.zendesk().approve(ticket, "ana"));
    assertTrue(tickets.zendesk().deliveries().get(0).isCompletedExceptionally());
  }

  @Test
  void approve_whenThereIsNoAddress_thenRefused() {
    try (LocalTickets unconnected = LocalTickets.start(clock, LocalTickets.Ports.ANY)) {
      String ticket = unconnected.zendesk().open("ana", "Connect us", VNET);

      assertThrows(IllegalStateException.class, () -> unconnected.zendesk().approve(ticket, "ana"));
    }
  }

  @Test
  void sendTo_whenAnApi_thenEachHasItsPath() {
    tickets.sendTo(URI.create(receiver.uri() + "/api"));

    tickets.jira().approve(tickets.jira().open("ana", "Connect us", VHUB), "ana");

    assertEquals("/api/webhooks/jira", receiver.last().path());
  }
}
