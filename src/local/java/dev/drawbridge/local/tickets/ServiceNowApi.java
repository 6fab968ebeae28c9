package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ServiceNow's Table API, for requested items and for what is written in their journals.
 *
 * @see <a
 *     href="https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html">Table
 *     API</a>
 */
final class ServiceNowApi {
  private static final Pattern ROWS = Pattern.compile("/api/now(?:/v2)?/table/([^/]+)");
  private static final Pattern ROW = Pattern.compile("/api/now(?:/v2)?/table/([^/]+)/([^/]+)");
  private static final String JOURNAL = "sys_journal_field";
  private static final String LARGEST_PAGE = "10000";

  private final ServiceNow desk;
  private final Account account;

  ServiceNowApi(ServiceNow desk, Account account) {
    this.desk = desk;
    this.account = account;
  }

  Response handle(Request request) {
    synchronized (desk) {
      try {
        return route(request);
      } catch (Refusal e) {
        return e.response();
      } catch (IllegalArgumentException e) { // a query that is not understood
        return error(400, "Invalid query", e.getMessage());
      }
    }
  }

  Response fault(Fault fault) {
    return error(fault.status(), fault.code(), "Put in for a test");
  }

  private Response route(Request request) throws Refusal {
    if (!account.signed(request, "")) {
      return error(401, "User is not authenticated", "Required to provide Auth information")
          .with("WWW-Authenticate", "Basic realm=\"Service-now\"");
    }
    Matcher rows = ROWS.matcher(request.path());
    if (rows.matches() && request.method().equals("GET")) {
      return list(rows.group(1), request);
    }
    Matcher row = ROW.matcher(request.path());
    if (row.matches() && request.method().equals("GET")) {
      JsonNode found =
          rows(row.group(1), request.query()).stream()
              .filter(one -> one.path("sys_id").asText().equals(row.group(2)))
              .findFirst()
              .orElseThrow(ServiceNowApi::noRecord);
      return Response.json(200, result(fields(found, request.query())));
    }
    if (row.matches() && request.method().equals("PATCH")) {
      return update(item(row.group(1), row.group(2)), request);
    }
    return error(400, "Requested URI does not represent any resource", request.path());
  }

  private Response list(String table, Request request) throws Refusal {
    Map<String, String> query = request.query();
    List<JsonNode> fitting =
        EncodedQuery.parse(query.getOrDefault("sysparm_query", "")).select(rows(table, query));
    int limit = Integer.parseInt(query.getOrDefault("sysparm_limit", LARGEST_PAGE));
    int from =
        Math.min(Integer.parseInt(query.getOrDefault("sysparm_offset", "0")), fitting.size());
    int to = Math.min(fitting.size(), from + limit);
    List<JsonNode> page =
        fitting.subList(from, to).stream().map(row -> fields(row, query)).toList();
    return Response.json(200, result(Json.array(page)))
        .with("X-Total-Count", Integer.toString(fitting.size()));
  }

  private Response update(RequestedItem item, Request request) throws Refusal {
    if (!Json.isSent(request)) {
      return error(415, "Unsupported media type", "Content-Type must be application/json");
    }
    Optional<ObjectNode> sent = Json.body(request);
    if (sent.isEmpty()) {
      return error(400, "Exception while reading request", "The payload is not valid JSON.");
    }
    Person self = Person.of(account.user());
    for (String element : List.of("comments", "work_notes")) {
      String text = sent.get().path(element).asText().strip();
      if (!text.isEmpty()) { // nothing is written into a journal by an empty text
        desk.write(item, self, element, text);
      }
    }
    text(sent.get(), "state").ifPresent(item::setState);
    text(sent.get(), "approval").ifPresent(item::setApproval);
    desk.updated(item, self);
    boolean shows = request.query().getOrDefault("sysparm_display_value", "").equals("true");
    return Response.json(200, result(fields(item.toRow(shows), request.query())));
  }

  private RequestedItem item(String table, String sysId) throws Refusal {
    if (!table.equals(RequestedItem.TABLE)) {
      throw new Refusal(error(400, "Invalid table " + table, null));
    }
    return desk.items().stream()
        .filter(one -> one.sysId().equals(sysId))
        .findFirst()
        .orElseThrow(ServiceNowApi::noRecord);
  }

  private List<? extends JsonNode> rows(String table, Map<String, String> query) throws Refusal {
    boolean shows = query.getOrDefault("sysparm_display_value", "").equals("true");
    Stream<RequestedItem> items = desk.items().stream();
    return switch (table) {
      case RequestedItem.TABLE -> items.map(item -> item.toRow(shows)).toList();
      case JOURNAL -> items.flatMap(item -> item.toJournalRows().stream()).toList();
      default -> throw new Refusal(error(400, "Invalid table " + table, null));
    };
  }

  private static JsonNode fields(JsonNode row, Map<String, String> query) {
    String wanted = query.getOrDefault("sysparm_fields", "");
    if (wanted.isEmpty()) {
      return row;
    }
    ObjectNode some = Json.object();
    for (String field : wanted.split(",", -1)) {
      JsonNode value = row.get(field.strip());
      if (value != null) {
        some.set(field.strip(), value);
      }
    }
    return some;
  }

  private static Optional<String> text(ObjectNode from, String field) {
    return Optional.of(from.path(field).asText()).filter(text -> !text.isEmpty());
  }

  private static JsonNode result(JsonNode value) {
    return Json.object().set("result", value);
  }

  private static Refusal noRecord() {
    return new Refusal(
        error(
            404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval"));
  }

  private static Response error(int status, String message, @Nullable String detail) {
    ObjectNode envelope = Json.object();
    envelope.putObject("error").put("message", message).put("detail", detail);
    return Response.json(status, envelope.put("status", "failure"));
  }
}
