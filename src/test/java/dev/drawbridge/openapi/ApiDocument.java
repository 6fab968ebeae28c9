package dev.drawbridge.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.OpenApi31;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The API's document as it is served, with its references followed. */
public final class ApiDocument {
  static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "https://drawbridge.example/openapi";

  private final JsonNode tree;
  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final List<ApiOperation> operations = new ArrayList<>();

  public ApiDocument(JsonNode tree) {
    this.tree = tree;
    registry =
        SchemaRegistry.withDialect(
            OpenApi31.getInstance(),
            builder -> builder.schemas(Map.of(ADDRESS, definitions(tree))));
    for (var path : tree.path("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.add(new ApiOperation(this, member.getKey(), path.getKey(), path.getValue()));
        }
      }
    }
  }

  /** The document in the app's resources. */
  public static ApiDocument load() {
    try (InputStream resource = ApiDocument.class.getResourceAsStream("/openapi.yaml")) {
      return new ApiDocument(new YAMLMapper().readTree(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode tree() {
    return tree;
  }

  /** Each method of each path. */
  public List<ApiOperation> operations() {
    return List.copyOf(operations);
  }

  /** The operation that a call is to. */
  Optional<ApiOperation> operation(String method, String path) {
    return operations.stream().filter(one -> one.isOf(method, path)).findFirst();
  }

  /** What is at a JSON Pointer. */
  public JsonNode at(String pointer) {
    return resolve(tree.at(pointer));
  }

  /** What a node refers to, with what stands beside the reference in place of the same there. */
  public JsonNode resolve(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    JsonNode target = tree.at(JsonPointer.compile(node.path("$ref").asText().substring(1)));
    if (!(resolve(target) instanceof ObjectNode found)) {
      throw new AssertionError(node.path("$ref") + " leads nowhere");
    }
    ObjectNode merged = found.deepCopy();
    merged.setAll((ObjectNode) node);
    merged.remove("$ref");
    return merged;
  }

  /** What is wrong with a value by a schema of the document; nothing if it is valid. */
  List<String> violations(JsonNode schema, JsonNode value) {
    return schemas
        .computeIfAbsent(schema, node -> registry.getSchema(absolute(node)))
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** The schemas in a document of their own, as a validator of JSON Schema has them. */
  private static String definitions(JsonNode tree) {
    ObjectNode definitions = JSON.createObjectNode();
    definitions.set("$defs", absolute(tree.path("components").path("schemas")));
    return definitions.toString();
  }

  /** With references that lead there. */
  private static JsonNode absolute(JsonNode node) {
    try {
      return JSON.readTree(
          node.toString().replace("\"#/components/schemas/", "\"" + ADDRESS + "#/$defs/"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
