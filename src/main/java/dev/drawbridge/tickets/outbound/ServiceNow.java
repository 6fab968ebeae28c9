package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.access.port.PassingFault;

/**
 * ServiceNow.
 *
 * @param table the table of the tickets, such as {@code sc_req_item}
 * @param isPublic whether the comments are for the requester, rather than work notes
 * @see <a
 *     href="https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html">ServiceNow:
 *     Table API</a>
 */
record ServiceNow(Api api, String table, boolean isPublic) implements TicketSystem {

  /** Journal fields read back empty: what was written to them is in a table of its own. */
  @Override
  public boolean hasComment(String ticketId, String marker) {
    String query =
        "element_id=%s^elementINwork_notes,comments^ORDERBYDESCsys_created_on"
            .formatted(sysId(ticketId));
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode entries =
          api.get(
                  "/api/now/table/sys_journal_field?sysparm_query=%s&sysparm_fields=value&sysparm_limit=%d&sysparm_offset=%d"
                      .formatted(Api.encoded(query), PAGE_SIZE, page * PAGE_SIZE))
              .path("result");
      for (JsonNode entry : entries) {
        if (TicketSystem.carries(entry.path("value").asText(), marker)) {
          return true;
        }
      }
      if (entries.size() < PAGE_SIZE) {
        return false;
      }
    }
    return false;
  }

  @Override
  public void comment(String ticketId, String text) {
    String path = "/api/now/table/%s/%s?sysparm_fields=sys_id".formatted(table, sysId(ticketId));
    api.send("PATCH", path, Api.object().put(isPublic ? "comments" : "work_notes", text));
  }

  /** A ticket is named by its record's id, or by its number. */
  private String sysId(String ticketId) {
    if (ticketId.matches("[0-9a-f]{32}")) {
      return ticketId;
    }
    JsonNode found =
        api.get(
                "/api/now/table/%s?sysparm_query=%s&sysparm_fields=sys_id&sysparm_limit=1"
                    .formatted(table, Api.encoded("number=" + ticketId)))
            .path("result");
    String sysId = found.path(0).path("sys_id").asText();
    if (!sysId.matches("[0-9a-f]{32}")) {
      throw new PassingFault(
          "ticketNotFound",
          "ServiceNow shows our account no %s in the table %s. Check the table in TICKETS and the account's roles."
              .formatted(ticketId, table));
    }
    return sysId;
  }
}
