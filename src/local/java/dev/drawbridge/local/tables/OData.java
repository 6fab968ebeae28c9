package dev.drawbridge.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The responses' envelopes. */
final class OData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OData() {}

  static Response entity(
      int status, Entity entity, String table, URI base, Metadata level, Set<String> only) {
    ObjectNode json = metadata(base, table + "/@Element", level);
    json.setAll(EntityJson.write(entity, table, base, level, only));
    return json(status, json, level).with("ETag", entity.etag());
  }

  static Response list(String what, List<? extends JsonNode> items, URI base, Metadata level) {
    ObjectNode json = metadata(base, what, level);
    json.putArray("value").addAll(items);
    return json(200, json, level);
  }

  static Response table(int status, String name, URI base, Metadata level) {
    ObjectNode json = metadata(base, "Tables/@Element", level);
    json.setAll(tableItem(name, base, level));
    return json(status, json, level);
  }

  static ObjectNode tableItem(String name, URI base, Metadata level) {
    ObjectNode json = JSON.objectNode();
    if (level == Metadata.FULL) {
      String link = "Tables('" + name + "')";
      json.put("odata.type", Account.NAME + ".Tables");
      json.put("odata.id", base + "/" + link);
      json.put("odata.editLink", link);
    }
    return json.put("TableName", name);
  }

  static Response error(TableError error, String requestId, Instant now) {
    return error(error.code().status(), error.code().code(), error.text(), requestId, now);
  }

  static Response error(int status, String code, String text, String requestId, Instant now) {
    String value = text + "\nRequestId:" + requestId + "\nTime:" + Ticks.format(now);
    Map<String, Object> body =
        Map.of(
            "odata.error",
            Map.of("code", code, "message", Map.of("lang", "en-US", "value", value)));
    return Response.json(status, body)
        .with("Content-Type", Metadata.MINIMAL.contentType())
        .with("x-ms-error-code", code);
  }

  private static ObjectNode metadata(URI base, String what, Metadata level) {
    ObjectNode json = JSON.objectNode();
    if (level != Metadata.NONE) {
      json.put("odata.metadata", base + "/$metadata#" + what);
    }
    return json;
  }

  private static Response json(int status, ObjectNode json, Metadata level) {
    return Response.json(status, json).with("Content-Type", level.contentType());
  }
}
