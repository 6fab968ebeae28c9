package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A ticket's comments, by cursor where {@code page[size]} is said, else by offset.
 *
 * @see <a
 *     href="https://developer.zendesk.com/api-reference/introduction/pagination/">Pagination</a>
 */
final class ZendeskPages {
  private static final int LARGEST = 100;

  private ZendeskPages() {}

  static ObjectNode of(List<ZendeskTicket.Remark> comments, Request request, String host)
      throws Refusal {
    Map<String, String> query = request.query();
    List<ZendeskTicket.Remark> sorted = new ArrayList<>(comments);
    if (isDescending(query)) {
      Collections.reverse(sorted);
    }
    String path = host + request.path();
    return query.containsKey("page[size]")
        ? byCursor(sorted, query, path)
        : byOffset(sorted, query, path);
  }

  private static boolean isDescending(Map<String, String> query) throws Refusal {
    String sort = query.getOrDefault("sort", "created_at");
    if (!Set.of("created_at", "-created_at").contains(sort)) {
      throw new Refusal(ZendeskApi.invalidAttribute("sort is not valid: " + sort));
    }
    return sort.startsWith("-") || query.getOrDefault("sort_order", "asc").equals("desc");
  }

  private static ObjectNode byCursor(
      List<ZendeskTicket.Remark> sorted, Map<String, String> query, String path) throws Refusal {
    int size = number(query, "page[size]", LARGEST);
    int from = 0;
    String cursor = query.getOrDefault("page[after]", "");
    if (!cursor.isEmpty()) {
      from = positionAfter(sorted, cursor);
    }
    int to = Math.min(sorted.size(), from + size);
    List<ZendeskTicket.Remark> page = sorted.subList(from, to);
    boolean hasMore = to < sorted.size();
    String after = page.isEmpty() ? "" : cursor(page.get(page.size() - 1));
    ObjectNode answer = Json.object();
    answer.set("comments", Json.array(page.stream().map(ZendeskTicket.Remark::toJson).toList()));
    answer
        .putObject("meta")
        .put("has_more", hasMore)
        .put("after_cursor", page.isEmpty() ? null : after)
        .put("before_cursor", page.isEmpty() ? null : cursor(page.get(0)));
    String next = "%s?%s=%d&%s=%s%s";
    String sort =
        query.containsKey("sort") ? "&sort=" + encoded(query.getOrDefault("sort", "")) : "";
    answer
        .putObject("links")
        .put(
            "next",
            hasMore
                ? next.formatted(
                    path, encoded("page[size]"), size, encoded("page[after]"), encoded(after), sort)
                : null)
        .putNull("prev");
    return answer;
  }

  private static ObjectNode byOffset(
      List<ZendeskTicket.Remark> sorted, Map<String, String> query, String path) throws Refusal {
    int size = query.containsKey("per_page") ? number(query, "per_page", LARGEST) : LARGEST;
    int page = query.containsKey("page") ? number(query, "page", Integer.MAX_VALUE) : 1;
    int from = (int) Math.min(sorted.size(), (page - 1L) * size);
    int to = Math.min(sorted.size(), from + size);
    ObjectNode answer = Json.object();
    answer.set(
        "comments",
        Json.array(sorted.subList(from, to).stream().map(ZendeskTicket.Remark::toJson).toList()));
    String other = "%s?page=%d&per_page=%d&sort_order=%s";
    String order = query.getOrDefault("sort_order", "asc");
    return answer
        .put("count", sorted.size())
        .put(
            "next_page",
            to < sorted.size() ? other.formatted(path, page + 1, size, encoded(order)) : null)
        .put(
            "previous_page",
            page > 1 ? other.formatted(path, page - 1, size, encoded(order)) : null);
  }

  private static int number(Map<String, String> query, String name, int largest) throws Refusal {
    String text = query.getOrDefault(name, "");
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > largest) {
      throw new Refusal(
          ZendeskApi.invalidAttribute("%s must be from 1 to %d".formatted(name, largest)));
    }
    return number;
  }

  /** A cursor names the last comment that was given, so that new ones don't shift the next page. */
  private static String cursor(ZendeskTicket.Remark last) {
    return Base64.getEncoder()
        .encodeToString(Long.toString(last.id()).getBytes(StandardCharsets.UTF_8));
  }

  private static int positionAfter(List<ZendeskTicket.Remark> sorted, String cursor)
      throws Refusal {
    for (int i = 0; i < sorted.size(); i++) {
      if (cursor(sorted.get(i)).equals(cursor)) {
        return i + 1;
      }
    }
    throw new Refusal(ZendeskApi.invalidAttribute("page[after] is not valid"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
