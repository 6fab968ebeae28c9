package dev.drawbridge.local.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations of the Table service's REST API. */
final class TableApi {
  private final TableStore store;
  private final Access access;
  private final Clock clock;
  private final Batch batch;

  TableApi(TableStore store, Access access, Clock clock) {
    this.store = store;
    this.access = access;
    this.clock = clock;
    batch = new Batch(store, TableApi::writeRequest);
  }

  Response handle(Request request) {
    String requestId = UUID.randomUUID().toString();
    Response response;
    try {
      access.check(request);
      response = answer(request, requestId);
    } catch (TableError e) {
      response = error(e, requestId);
    }
    response =
        response
            .with("Cache-Control", "no-cache")
            .with("DataServiceVersion", "3.0;")
            .with("X-Content-Type-Options", "nosniff")
            .with("x-ms-request-id", requestId);
    for (String echoed : List.of("x-ms-client-request-id", "x-ms-version")) {
      Optional<String> value = request.header(echoed);
      if (value.isPresent()) {
        response = response.with(echoed, value.get());
      }
    }
    return response;
  }

  /** What a fault is answered with. */
  Response fault(Fault fault) {
    return OData.error(
        fault.status(),
        fault.code(),
        "A fault that was put in.",
        UUID.randomUUID().toString(),
        clock.instant());
  }

  private Response error(TableError error, String requestId) {
    Response response = OData.error(error, requestId, clock.instant());
    return error.code() == ErrorCode.NO_AUTHENTICATION_INFORMATION
        ? response.with("WWW-Authenticate", "Bearer resource_id=https://storage.azure.com")
        : response;
  }

  private Response answer(Request request, String requestId) {
    Map<String, String> query = request.query();
    if (query.containsKey("comp") || query.containsKey("restype")) {
      throw ErrorCode.NOT_IMPLEMENTED.error(
          "The local Azure has no properties, statistics or access policies.");
    }
    Target target = Target.of(request.uri());
    URI base = base(request);
    String method = method(request);
    if (target instanceof Target.Batch && method.equals("POST")) {
      return batch.run(request, base, error -> error(error, requestId));
    }
    if (target instanceof Target.Tables) {
      return tables(request, method, base);
    }
    if (target instanceof Target.OneTable table && method.equals("DELETE")) {
      store.delete(table.name());
      return Response.empty(204);
    }
    if (method.equals("GET")) {
      return read(request, target, base);
    }
    WriteRequest write = writeRequest(request);
    return write.answer(store.apply(write.table(), write.write()), base);
  }

  private Response tables(Request request, String method, URI base) {
    Metadata level = Metadata.wantedBy(request);
    if (method.equals("GET")) {
      return listTables(request, base, level);
    }
    if (!method.equals("POST")) {
      throw ErrorCode.METHOD_NOT_ALLOWED.error();
    }
    ObjectNode body = EntityJson.object(request.body());
    String name = EntityRules.checkTableName(body.path("TableName").asText());
    store.create(name);
    String location = base + "/Tables('" + name + "')";
    if (request.header("Prefer").orElse("").equals("return-no-content")) {
      return Response.empty(204)
          .with("Location", location)
          .with("DataServiceId", location)
          .with("Preference-Applied", "return-no-content");
    }
    return OData.table(201, name, base, level).with("Location", location);
  }

  private Response listTables(Request request, URI base, Metadata level) {
    Map<String, String> query = request.query();
    Predicate<String> filter =
        filter(query, name -> property -> property.equals("TableName") ? EdmValue.of(name) : null);
    Page<String, String> page = store.names(from(query, "nexttablename"), filter, top(query));
    List<ObjectNode> items =
        page.items().stream().map(name -> OData.tableItem(name, base, level)).toList();
    Response response = OData.list("Tables", items, base, level);
    return page.next()
        .map(next -> response.with("x-ms-continuation-NextTableName", Continuation.token(next)))
        .orElse(response);
  }

  private Response read(Request request, Target target, URI base) {
    Metadata level = Metadata.wantedBy(request);
    Set<String> only = select(request.query());
    if (target instanceof Target.OneTable table) {
      return OData.table(200, store.name(table.name()), base, level);
    }
    if (target instanceof Target.Row row) {
      Entity entity = store.get(row.table(), row.key());
      return OData.entity(200, entity, row.table(), base, level, only);
    }
    if (!(target instanceof Target.Rows rows)) {
      throw ErrorCode.METHOD_NOT_ALLOWED.error();
    }
    Map<String, String> query = request.query();
    EntityKey from = new EntityKey(from(query, "nextpartitionkey"), from(query, "nextrowkey"));
    Page<Entity, EntityKey> page =
        store.query(rows.table(), from, filter(query, entity -> entity::property), top(query));
    List<ObjectNode> items =
        page.items().stream()
            .map(entity -> EntityJson.write(entity, rows.table(), base, level, only))
            .toList();
    Response response = OData.list(rows.table(), items, base, level);
    return page.next().map(next -> continued(response, next)).orElse(response);
  }

  private static Response continued(Response response, EntityKey next) {
    return response
        .with("x-ms-continuation-NextPartitionKey", Continuation.token(next.partitionKey()))
        .with("x-ms-continuation-NextRowKey", Continuation.token(next.rowKey()));
  }

  /** Reads a request that writes an entity, whether alone or in a batch. */
  private static WriteRequest writeRequest(Request request) {
    Target target = Target.of(request.uri());
    String method = method(request);
    if (target instanceof Target.Rows rows && method.equals("POST")) {
      return WriteRequest.insert(request, rows);
    }
    if (target instanceof Target.Row row
        && Set.of("PUT", "PATCH", "MERGE", "DELETE").contains(method)) {
      return WriteRequest.change(request, method, row);
    }
    throw ErrorCode.METHOD_NOT_ALLOWED.error();
  }

  /** The method, which a client that can send no other than POST says in a header. */
  private static String method(Request request) {
    Optional<String> override = request.header("X-HTTP-Method");
    if (override.isPresent() && !request.method().equals("POST")) {
      throw ErrorCode.X_METHOD_NOT_USING_POST.error();
    }
    return override.orElse(request.method());
  }

  private static URI base(Request request) {
    return URI.create("http://" + request.header("Host").orElse("127.0.0.1") + "/" + Account.NAME);
  }

  private static <T> Predicate<T> filter(
      Map<String, String> query, Function<T, Function<String, @Nullable EdmValue>> properties) {
    String text = query.getOrDefault("$filter", "");
    if (text.isBlank()) {
      return item -> true;
    }
    Filter filter = Filter.parse(text);
    return item -> filter.matches(properties.apply(item));
  }

  private static String from(Map<String, String> query, String parameter) {
    String token = query.get(parameter);
    return token == null || token.isEmpty() ? "" : Continuation.key(token);
  }

  private static int top(Map<String, String> query) {
    String top = query.get("$top");
    if (top == null) {
      return Page.MAX_ITEMS;
    }
    try {
      int number = Integer.parseInt(top);
      if (number > 0 && number <= Page.MAX_ITEMS) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw ErrorCode.INVALID_INPUT.error("$top is not a number: " + top);
    }
    throw ErrorCode.INVALID_INPUT.error("$top is from 1 to " + Page.MAX_ITEMS + ", not " + top);
  }

  private static Set<String> select(Map<String, String> query) {
    return Arrays.stream(query.getOrDefault("$select", "").split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
