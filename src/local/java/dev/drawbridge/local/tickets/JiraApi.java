package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jira's platform API, as far as reading issues and commenting on them goes. The service desk's is
 * beside it.
 *
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/">Issue
 *     comments</a>
 */
final class JiraApi {
  private static final Pattern ISSUE = Pattern.compile("/rest/api/3/issue/([^/]+)");
  private static final Pattern COMMENTS = Pattern.compile("/rest/api/3/issue/([^/]+)/comment");
  private static final int LONGEST_COMMENT = 32_767;
  private static final int LARGEST_PAGE = 100;

  private final Jira desk;
  private final Account account;
  private final ServiceDeskApi serviceDesk;

  JiraApi(Jira desk, Account account) {
    this.desk = desk;
    this.account = account;
    serviceDesk = new ServiceDeskApi(desk, Person.of(account.user()));
  }

  Response handle(Request request) {
    synchronized (desk) {
      try {
        return route(request);
      } catch (Refusal e) {
        return e.response();
      }
    }
  }

  Response fault(Fault fault) {
    return error(fault.status(), fault.code());
  }

  private Response route(Request request) throws Refusal {
    if (!account.signed(request, "")) {
      return error(
          401, "You are not authenticated. Authentication required to perform this operation.");
    }
    String host = "http://" + request.header("Host").orElse("");
    if (request.path().startsWith(ServiceDeskApi.ROOT)) {
      return serviceDesk.handle(request, host);
    }
    Matcher comments = COMMENTS.matcher(request.path());
    if (comments.matches()) {
      JiraIssue issue = issue(comments.group(1));
      return switch (request.method()) {
        case "GET" -> comments(issue, request.query(), host);
        case "POST" -> comment(issue, request, host);
        default -> error(405, "Method Not Allowed");
      };
    }
    Matcher issue = ISSUE.matcher(request.path());
    if (issue.matches() && request.method().equals("GET")) {
      return Response.json(200, issue(issue.group(1)).toJson(host, 3));
    }
    return error(404, "null for uri: " + request.path());
  }

  private JiraIssue issue(String idOrKey) throws Refusal {
    return desk.find(idOrKey)
        .orElseThrow(
            () ->
                new Refusal(
                    error(404, "Issue does not exist or you do not have permission to see it.")));
  }

  private Response comment(JiraIssue issue, Request request, String host) throws Refusal {
    if (!Json.isSent(request)) {
      return error(415, "Unsupported Media Type");
    }
    ObjectNode sent =
        Json.body(request)
            .orElseThrow(
                () ->
                    new Refusal(
                        error(
                            400,
                            "There was an error parsing JSON. Check that your request body is valid.")));
    if (!(sent.get("body") instanceof ObjectNode body) || !Adf.isDocument(body)) {
      return error(400, "comment", "Comment body is not valid!");
    }
    if (!Adf.isValid(body)) {
      return error(400, "INVALID_INPUT");
    }
    String text = Adf.plainText(body);
    if (text.isEmpty()) {
      return error(400, "comment", "Comment body can not be empty!");
    }
    if (text.length() > LONGEST_COMMENT) {
      return error(
          400,
          "comment",
          "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
    }
    Person self = Person.of(account.user());
    JiraIssue.Remark made = desk.add(issue, self, !isInternal(sent), body.deepCopy());
    desk.commented(issue, made);
    return Response.json(201, json(issue, made, host));
  }

  /** The property by which a service desk's comment is kept from its customer. */
  private static boolean isInternal(ObjectNode sent) {
    for (JsonNode property : sent.path("properties")) {
      if (property.path("key").asText().equals("sd.public.comment")) {
        return property.at("/value/internal").asBoolean();
      }
    }
    return false;
  }

  private static Response comments(JiraIssue issue, Map<String, String> query, String host)
      throws Refusal {
    String order = query.getOrDefault("orderby", "created");
    // Of +created, an unencoded plus is a space.
    if (!Set.of("created", "-created", "+created", " created").contains(order)) {
      return error(400, "orderBy", "Unknown order: " + order);
    }
    List<JiraIssue.Remark> sorted = new ArrayList<>(issue.comments());
    if (order.startsWith("-")) {
      Collections.reverse(sorted);
    }
    int from = Math.min(number(query, "startat", 0), sorted.size());
    int size = Math.min(number(query, "maxresults", LARGEST_PAGE), LARGEST_PAGE);
    ObjectNode page =
        Json.object().put("startAt", from).put("maxResults", size).put("total", sorted.size());
    page.set(
        "comments",
        Json.array(
            sorted.subList(from, Math.min(sorted.size(), from + size)).stream()
                .map(comment -> json(issue, comment, host))
                .toList()));
    return Response.json(200, page);
  }

  private static ObjectNode json(JiraIssue issue, JiraIssue.Remark comment, String host) {
    ObjectNode json =
        Json.object()
            .put("self", "%s/comment/%d".formatted(issue.self(host, 3), comment.id()))
            .put("id", Long.toString(comment.id()));
    json.set("author", JiraIssue.user(comment.author()));
    json.set("body", comment.body());
    json.set("updateAuthor", JiraIssue.user(comment.author()));
    return json.put("created", JiraIssue.time(comment.at()))
        .put("updated", JiraIssue.time(comment.at()))
        .put("jsdPublic", comment.isPublic());
  }

  static int number(Map<String, String> query, String name, int otherwise) throws Refusal {
    String text = query.getOrDefault(name, Integer.toString(otherwise));
    if (!text.matches("\\d{1,9}")) {
      throw new Refusal(error(400, "%s must be a number, not %s".formatted(name, text)));
    }
    return Integer.parseInt(text);
  }

  static Response error(int status, String message) {
    return Response.json(status, Map.of("errorMessages", List.of(message), "errors", Map.of()));
  }

  static Response error(int status, String field, String message) {
    return Response.json(
        status, Map.of("errorMessages", List.of(), "errors", Map.of(field, message)));
  }
}
