package dev.drawbridge.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.tickets.LocalTickets;

/** The setting that describes the ticket systems, with the addresses of the simulated ones. */
final class TicketUrls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TicketUrls() {}

  /** The document with each system's own address; one that is no JSON is left to the app. */
  static String of(LocalTickets tickets, String document) {
    try {
      JsonNode systems = JSON.readTree(document);
      systems.properties().forEach(system -> set(tickets, system.getValue()));
      return systems.toString();
    } catch (JsonProcessingException e) {
      return document;
    }
  }

  private static void set(LocalTickets tickets, JsonNode system) {
    if (system instanceof ObjectNode object) {
      switch (object.path("type").asText()) {
        case "zendesk" -> object.put("url", tickets.zendesk().uri().toString());
        case "jira", "jira-service-desk" -> object.put("url", tickets.jira().uri().toString());
        case "servicenow" -> object.put("url", tickets.serviceNow().uri().toString());
        default -> {
          // one that Drawbridge does not know, which it says itself
        }
      }
    }
  }
}
