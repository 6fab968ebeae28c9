package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jira Service Management's API, as far as comments on requests go. A comment is the same one in
 * the platform's API.
 *
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/">Request</a>
 */
final class ServiceDeskApi {
  static final String ROOT = "/rest/servicedeskapi/";

  private static final Pattern COMMENTS = Pattern.compile(ROOT + "request/([^/]+)/comment");
  private static final int LARGEST_PAGE = 50;

  private final Jira desk;
  private final Person self;

  /**
   * @param self who calls
   */
  ServiceDeskApi(Jira desk, Person self) {
    this.desk = desk;
    this.self = self;
  }

  Response handle(Request request, String host) throws Refusal {
    Matcher comments = COMMENTS.matcher(request.path());
    if (!comments.matches()) {
      return error(404, "There is no such resource.");
    }
    Optional<JiraIssue> issue = desk.find(comments.group(1));
    if (issue.isEmpty()) {
      return error(404, "Issue does not exist or you do not have permission to see it.");
    }
    return switch (request.method()) {
      case "GET" -> comments(issue.get(), request, host);
      case "POST" -> comment(issue.get(), request, host);
      default -> error(405, "Method Not Allowed");
    };
  }

  private Response comment(JiraIssue issue, Request request, String host) {
    if (!Json.isSent(request)) {
      return error(415, "Unsupported Media Type");
    }
    Optional<ObjectNode> sent = Json.body(request);
    String text = sent.map(body -> body.path("body").asText().strip()).orElse("");
    if (text.isEmpty()) {
      return error(400, "The comment has no body.");
    }
    boolean isPublic = sent.map(body -> body.path("public").asBoolean()).orElse(false);
    JiraIssue.Remark made = desk.add(issue, self, isPublic, Adf.of(text));
    desk.commented(issue, made);
    return Response.json(201, json(issue, made, host));
  }

  private static Response comments(JiraIssue issue, Request request, String host) throws Refusal {
    Map<String, String> query = request.query();
    boolean showsPublic = !query.getOrDefault("public", "true").equals("false");
    boolean showsInternal = !query.getOrDefault("internal", "true").equals("false");
    List<JiraIssue.Remark> shown =
        issue.comments().stream()
            .filter(comment -> comment.isPublic() ? showsPublic : showsInternal)
            .toList();
    int from = Math.min(JiraApi.number(query, "start", 0), shown.size());
    int size = Math.min(JiraApi.number(query, "limit", LARGEST_PAGE), LARGEST_PAGE);
    int to = Math.min(shown.size(), from + size);
    ObjectNode page =
        Json.object()
            .put("size", to - from)
            .put("start", from)
            .put("limit", size)
            .put("isLastPage", to == shown.size());
    ObjectNode links = page.putObject("_links").put("base", host).put("context", "");
    String other = "%s%s?start=%d&limit=%d&public=%s&internal=%s";
    if (to < shown.size()) {
      links.put(
          "next", other.formatted(host, request.path(), to, size, showsPublic, showsInternal));
    }
    page.set(
        "values",
        Json.array(
            shown.subList(from, to).stream().map(comment -> json(issue, comment, host)).toList()));
    return Response.json(200, page);
  }

  private static ObjectNode json(JiraIssue issue, JiraIssue.Remark comment, String host) {
    ObjectNode json =
        Json.object()
            .put("id", Long.toString(comment.id()))
            .put("body", Adf.plainText(comment.body()))
            .put("public", comment.isPublic());
    json.set("author", JiraIssue.user(comment.author()));
    json.putObject("created")
        .put("iso8601", JiraIssue.time(comment.at()))
        .put("jira", JiraIssue.time(comment.at()))
        .put("epochMillis", comment.at().toEpochMilli());
    json.putObject("_links")
        .put("self", "%s%srequest/%s/comment/%d".formatted(host, ROOT, issue.key(), comment.id()));
    return json;
  }

  private static Response error(int status, String message) {
    return Response.json(
        status,
        Map.of(
            "errorMessage",
            message,
            "i18nErrorMessage",
            Map.of("i18nKey", "sd.error." + status, "parameters", List.of())));
  }
}
