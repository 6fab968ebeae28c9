package dev.drawbridge.local.tables;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entities in JSON: what requests bring and responses carry. */
final class EntityJson {
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String TYPE = "@odata.type";
  private static final Set<String> SYSTEM = Set.of("PartitionKey", "RowKey", "Timestamp");

  private EntityJson() {}

  /** A request's body, which must be a JSON object. */
  static ObjectNode object(byte[] body) {
    try (JsonParser parser = STRICT.createParser(body)) {
      JsonNode node = STRICT.readTree(parser);
      if (node instanceof ObjectNode object && parser.nextToken() == null) {
        return object;
      }
      throw ErrorCode.INVALID_INPUT.error("The body is not one JSON object.");
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith("Duplicate field")
          ? ErrorCode.DUPLICATE_PROPERTIES_SPECIFIED.error()
          : ErrorCode.INVALID_INPUT.error("The body is not JSON: " + message);
    }
  }

  static EntityKey key(ObjectNode entity) {
    return EntityRules.checkKey(
        new EntityKey(keyPart(entity, "PartitionKey"), keyPart(entity, "RowKey")));
  }

  private static String keyPart(ObjectNode entity, String name) {
    JsonNode value = entity.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw ErrorCode.PROPERTIES_NEED_VALUE.error();
    }
    if (!value.isTextual()) {
      throw ErrorCode.INVALID_INPUT.error("A " + name + " is a string.");
    }
    return value.textValue();
  }

  /** The properties to store: system properties and nulls are none. */
  static Map<String, EdmValue> properties(ObjectNode entity) {
    Map<String, EdmValue> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : entity.properties()) {
      String name = field.getKey();
      boolean control = name.startsWith("odata.") || name.contains("@odata.");
      if (control || SYSTEM.contains(name) || field.getValue().isNull()) {
        continue;
      }
      EdmValue value = EdmJson.read(field.getValue(), annotation(entity, name));
      EntityRules.checkProperty(name, value);
      properties.put(name, value);
    }
    return properties;
  }

  private static Optional<EdmType> annotation(ObjectNode entity, String name) {
    JsonNode annotation = entity.get(name + TYPE);
    if (annotation == null) {
      return Optional.empty();
    }
    EdmType type =
        EdmType.of(annotation.asText())
            .orElseThrow(() -> ErrorCode.INVALID_INPUT.error("No such type: " + annotation));
    return Optional.of(type);
  }

  /**
   * Writes an entity.
   *
   * @param only the names of the properties to write; empty for all
   */
  static ObjectNode write(Entity entity, String table, URI base, Metadata level, Set<String> only) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String link = link(table, entity.key());
    if (level == Metadata.FULL) {
      json.put("odata.type", Account.NAME + "." + table);
      json.put("odata.id", base + "/" + link);
    }
    if (level != Metadata.NONE) {
      json.put("odata.etag", entity.etag());
    }
    if (level == Metadata.FULL) {
      json.put("odata.editLink", link);
    }
    List.of("PartitionKey", "RowKey").forEach(name -> put(json, name, entity, level, only));
    if (wanted("Timestamp", only)) {
      if (level == Metadata.FULL) {
        json.put("Timestamp" + TYPE, EdmType.DATE_TIME.wireName());
      }
      json.put("Timestamp", Ticks.format(entity.timestamp()));
    }
    entity.properties().keySet().forEach(name -> put(json, name, entity, level, only));
    return json;
  }

  private static void put(
      ObjectNode json, String name, Entity entity, Metadata level, Set<String> only) {
    EdmValue value = entity.property(name);
    if (value == null || !wanted(name, only)) {
      return;
    }
    if (level != Metadata.NONE && EdmJson.needsAnnotation(value)) {
      json.put(name + TYPE, value.type().wireName());
    }
    json.set(name, EdmJson.write(value));
  }

  private static boolean wanted(String name, Set<String> only) {
    return only.isEmpty() || only.contains(name);
  }

  /** The entity's address below the account's. */
  static String link(String table, EntityKey key) {
    return "%s(PartitionKey='%s',RowKey='%s')"
        .formatted(table, encode(key.partitionKey()), encode(key.rowKey()));
  }

  private static String encode(String key) {
    return URLEncoder.encode(key.replace("'", "''"), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
