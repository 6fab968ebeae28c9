package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Jira Service Management, whose requests are issues as well.
 *
 * @param isPublic whether customers see the comments, rather than agents only
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/">Jira
 *     Service Management: Request</a>
 */
record JiraServiceDesk(Api api, boolean isPublic) implements TicketSystem {

  /** Looked for by the platform's API: that of requests leaves out what agents alone see. */
  @Override
  public boolean hasComment(String ticketId, String marker) {
    return new Jira(api, isPublic).hasComment(ticketId, marker);
  }

  /** Its text is wiki markup, where something in brackets is a link. */
  @Override
  public void comment(String ticketId, String text) {
    ObjectNode body =
        Api.object()
            .put("body", text.replace("[", "\\[").replace("]", "\\]"))
            .put("public", isPublic);
    api.send(
        "POST", "/rest/servicedeskapi/request/%s/comment".formatted(Api.encoded(ticketId)), body);
  }
}
