package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Jira Cloud.
 *
 * @param isPublic whether a service desk's customers see the comments; where there are none, all
 *     who see the issue do in any case
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/">Jira:
 *     Issue comments</a>
 */
record Jira(Api api, boolean isPublic) implements TicketSystem {

  @Override
  public boolean hasComment(String ticketId, String marker) {
    for (int page = 0; page < MOST_PAGES; page++) {
      int start = page * PAGE_SIZE;
      JsonNode answer =
          api.get(
              "%s?orderBy=-created&startAt=%d&maxResults=%d"
                  .formatted(path(ticketId), start, PAGE_SIZE));
      JsonNode comments = answer.path("comments");
      for (JsonNode comment : comments) {
        if (TicketSystem.carries(Adf.text(comment.path("body")), marker)) {
          return true;
        }
      }
      if (comments.isEmpty() || start + comments.size() >= answer.path("total").asInt()) {
        return false;
      }
    }
    return false;
  }

  @Override
  public void comment(String ticketId, String text) {
    ObjectNode body = Api.object();
    body.set("body", Adf.of(text));
    if (!isPublic) { // without it a service desk shows a comment to its customers
      ObjectNode property = body.putArray("properties").addObject().put("key", "sd.public.comment");
      property.putObject("value").put("internal", true);
    }
    api.send("POST", path(ticketId), body);
  }

  private static String path(String ticketId) {
    return "/rest/api/3/issue/%s/comment".formatted(Api.encoded(ticketId));
  }
}
