package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Zendesk Support.
 *
 * @param isPublic whether the requester sees the comments, rather than agents only
 * @see <a
 *     href="https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/">Zendesk:
 *     Ticket Comments</a>
 */
record Zendesk(Api api, boolean isPublic) implements TicketSystem {

  @Override
  public boolean hasComment(String ticketId, String marker) {
    String comments =
        "/api/v2/tickets/%s/comments.json?sort=-created_at&page%%5Bsize%%5D=%d"
            .formatted(Api.encoded(ticketId), PAGE_SIZE);
    String page = comments;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode answer = api.get(page);
      for (JsonNode comment : answer.path("comments")) {
        if (TicketSystem.carries(comment.path("body").asText(), marker)) {
          return true;
        }
      }
      if (!answer.path("meta").path("has_more").asBoolean()) {
        return false;
      }
      String next = answer.path("meta").path("after_cursor").asText();
      page = comments + "&page%5Bafter%5D=" + Api.encoded(next);
    }
    return false;
  }

  @Override
  public void comment(String ticketId, String text) {
    ObjectNode body = Api.object();
    body.putObject("ticket").putObject("comment").put("body", text).put("public", isPublic);
    api.send("PUT", "/api/v2/tickets/%s.json".formatted(Api.encoded(ticketId)), body);
  }
}
