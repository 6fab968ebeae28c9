package dev.drawbridge.local.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request that writes an entity: one of its own or a part of a transaction.
 *
 * @param echo whether an insertion is answered with what was inserted
 */
record WriteRequest(String table, Write write, boolean echo, Metadata metadata) {

  /** Reads an insertion. */
  static WriteRequest insert(Request request, Target.Rows rows) {
    ObjectNode body = EntityJson.object(request.body());
    Write write = new Write.Insert(EntityJson.key(body), EntityJson.properties(body));
    boolean echo = !request.header("Prefer").orElse("").equals("return-no-content");
    return new WriteRequest(rows.table(), write, echo, Metadata.wantedBy(request));
  }

  /**
   * Reads a change of an entity.
   *
   * @param method PUT, PATCH, MERGE or DELETE
   */
  static WriteRequest change(Request request, String method, Target.Row row) {
    return new WriteRequest(
        row.table(), write(request, method, row.key()), false, Metadata.wantedBy(request));
  }

  private static Write write(Request request, String method, EntityKey key) {
    Optional<IfMatch> condition = IfMatch.of(request);
    if (method.equals("DELETE")) {
      return new Write.Delete(key, condition.orElseThrow(ErrorCode.MISSING_REQUIRED_HEADER::error));
    }
    boolean merge = !method.equals("PUT");
    Map<String, EdmValue> properties = EntityJson.properties(EntityJson.object(request.body()));
    return new Write.Update(key, properties, merge, condition);
  }

  /**
   * The answer to it.
   *
   * @param stored what is stored now; empty after a deletion
   */
  Response answer(Optional<Entity> stored, URI base) {
    if (stored.isEmpty()) {
      return Response.empty(204);
    }
    Entity entity = stored.get();
    if (!(write instanceof Write.Insert)) {
      return Response.empty(204).with("ETag", entity.etag());
    }
    String location = base + "/" + EntityJson.link(table, entity.key());
    if (!echo) {
      return Response.empty(204)
          .with("ETag", entity.etag())
          .with("Location", location)
          .with("DataServiceId", location)
          .with("Preference-Applied", "return-no-content");
    }
    return OData.entity(201, entity, table, base, metadata, Set.of()).with("Location", location);
  }
}
