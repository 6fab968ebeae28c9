package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.tickets.LocalTickets;
import dev.drawbridge.local.tickets.TicketSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tickets of the examples, opened by people who fill in a form: 12345 in Zendesk, OPS-7 in Jira
 * and RITM0010042 in ServiceNow.
 *
 * @param vnet the ticket's id in Zendesk
 * @param vhub in Jira
 * @param privateLink in ServiceNow
 */
public record SampleTickets(String vnet, String vhub, String privateLink) {

  /** Opens them in systems that have none yet. */
  public static SampleTickets open(LocalTickets systems) {
    return new SampleTickets(
        open(systems.zendesk(), "vnet-peering.json"),
        open(systems.jira(), "vhub-peering.json"),
        open(systems.serviceNow(), "private-link.json"));
  }

  private static String open(TicketSystem system, String example) {
    try {
      String request = Files.readString(Path.of("examples").resolve(example));
      return system.open(
          "bo", "Connect our Astro cluster", form(new ObjectMapper().readTree(request)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields that the ticket's form asks for: the others are the settings' to say. */
  private static Map<String, String> form(JsonNode request) {
    Map<String, String> form = new LinkedHashMap<>();
    request
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isTextual() && !field.getKey().equals("approval")) {
                form.put(field.getKey(), field.getValue().textValue());
              }
            });
    return form;
  }
}
