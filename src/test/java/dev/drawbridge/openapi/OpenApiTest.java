package dev.drawbridge.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.Fact;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.PrivateLink;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document by itself: that it is one of OpenAPI, and that it says what the code says. */
class OpenApiTest {
  private static final ApiDocument DOCUMENT = ApiDocument.load();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String META_SCHEMA =
      "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";

  @Test
  void document_whenHeldAgainstTheMetaSchema_thenIsValid() {
    assertEquals(List.of(), againstTheMetaSchema(DOCUMENT.tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "/paths/~1peerings/post/responses, {}",
    "/paths/~1peerings/post/parameters, '[{\"name\": \"x\"}]'",
    "/components/schemas/Ticket/required, true",
    "/info, {}",
  })
  void metaSchema_whenTheDocumentIsWrong_thenSaysSo(String pointer, String value)
      throws IOException {
    assertFalse(againstTheMetaSchema(Trees.with(DOCUMENT.tree(), pointer, value)).isEmpty());
  }

  private static List<String> againstTheMetaSchema(JsonNode document) {
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(OpenApiTest::ofOpenApi))
        .getSchema(SchemaLocation.of(META_SCHEMA))
        .validate(document)
        .stream()
        .map(String::valueOf)
        .toList();
  }

  /** OpenAPI's own schemas, which a library has among its resources. */
  private static @Nullable String ofOpenApi(String address) {
    if (!address.startsWith("https://spec.openapis.org/")) {
      return null;
    }
    String name = address.replaceFirst("https:/", "").replaceFirst("#.*", "");
    try (InputStream resource = OpenApiTest.class.getResourceAsStream(name)) {
      return resource == null ? null : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void references_whenFollowed_thenAllLeadSomewhereAndEveryComponentIsUsed() {
    Set<String> used = new TreeSet<>(DOCUMENT.tree().findValuesAsText("$ref"));
    Set<String> components = new TreeSet<>();
    for (var kind : DOCUMENT.tree().path("components").properties()) {
      if (!kind.getKey().equals("securitySchemes")) {
        kind.getValue()
            .fieldNames()
            .forEachRemaining(
                name -> components.add("#/components/%s/%s".formatted(kind.getKey(), name)));
      }
    }
    assertEquals(components, used);
  }

  @Test
  void securitySchemes_whenAsked_thenAreThoseThatAreDefined() {
    Set<String> required = new TreeSet<>();
    for (JsonNode security : DOCUMENT.tree().findValues("security")) {
      security.forEach(one -> one.fieldNames().forEachRemaining(required::add));
    }
    assertEquals(names(DOCUMENT.at("/components/securitySchemes")), required);
  }

  @Test
  void examples_whenHeldAgainstTheirSchemas_thenAreValid() {
    int examples = 0;
    for (JsonNode content : DOCUMENT.tree().findValues("content")) {
      for (var media : content.properties()) {
        for (JsonNode example : media.getValue().path("examples")) {
          examples++;
          assertEquals(
              List.of(),
              DOCUMENT.violations(
                  media.getValue().path("schema"), DOCUMENT.resolve(example).path("value")));
        }
      }
    }
    assertTrue(examples >= 5, "only " + examples);
    for (JsonNode parent : DOCUMENT.tree().findParents("examples")) {
      if (parent.path("examples").isArray()) {
        parent
            .path("examples")
            .forEach(one -> assertEquals(List.of(), DOCUMENT.violations(parent, one)));
      }
    }
    for (JsonNode parent : DOCUMENT.tree().findParents("example")) {
      assertEquals(List.of(), DOCUMENT.violations(parent.path("schema"), parent.path("example")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vnet-peering, PeeringRequest",
    "vhub-peering, PeeringRequest",
    "private-link, PrivateLinkRequest"
  })
  void example_whenItIsAFileToo_thenTheyAreTheSame(String name, String schema) throws IOException {
    JsonNode file = JSON.readTree(Files.readString(Path.of("examples", name + ".json")));
    assertEquals(file, DOCUMENT.at("/components/examples/" + name).path("value"));
    assertEquals(List.of(), DOCUMENT.violations(schema(schema), file));
  }

  @Test
  void enums_whenTheCodeHasThem_thenAreTheSame() {
    assertEquals(words(Status.values(), Status::word), values("/Status"));
    assertEquals(words(Phase.values(), OpenApiTest::lower), values("/Phase"));
    assertEquals(words(Step.values(), Step::word), values("/Step"));
    assertEquals(words(ConnectionKind.values(), ConnectionKind::type), values("/Kind"));
    assertEquals(
        words(Step.values(), step -> "operation." + step.word()),
        values("/StepEvent/properties/type"));
    assertEquals(
        words(PrivateLink.Approval.values(), OpenApiTest::lower),
        values("/PrivateLinkRequest/properties/approval"));
    assertEquals(words(Addressee.values(), OpenApiTest::lower), values("/Notice/properties/to"));
  }

  @Test
  void result_whenTheCodeFindsFacts_thenEachIsDocumented() {
    Set<String> expected = new TreeSet<>(Set.of("connection"));
    Arrays.stream(Fact.values()).map(Fact::word).forEach(expected::add);
    assertEquals(
        expected, names(DOCUMENT.at("/components/schemas/Operation/properties/result/properties")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VnetPeering", "VhubPeering", "PrivateLinkRequest"})
  void requests_whenTheyNameTheirKind_thenItIsOneOfTheCode(String schema) {
    String type = schema(schema).path("properties").path("type").path("const").asText();
    assertTrue(ConnectionKind.ofType(type).isPresent(), type);
  }

  /** An object that takes anything would let pass what nobody has described. */
  @Test
  void schemas_whenTheyAreOfObjects_thenAreClosedButForEvents() {
    List<String> open = new ArrayList<>();
    for (var schema : DOCUMENT.tree().path("components").path("schemas").properties()) {
      List<JsonNode> objects = new ArrayList<>(schema.getValue().findParents("properties"));
      for (JsonNode object : objects) {
        boolean isClosed =
            object.has("additionalProperties") || object.has("unevaluatedProperties");
        if (!isClosed && !schema.getKey().equals("OperationCore")) {
          open.add(schema.getKey());
        }
      }
    }
    assertEquals(List.of(), open);
  }

  private static JsonNode schema(String name) {
    return DOCUMENT.tree().path("components").path("schemas").path(name);
  }

  private static Set<String> values(String pointer) {
    Set<String> values = new TreeSet<>();
    DOCUMENT
        .at("/components/schemas" + pointer)
        .path("enum")
        .forEach(one -> values.add(one.asText()));
    return values;
  }

  private static <E extends Enum<E>> Set<String> words(E[] constants, Function<E, String> word) {
    return Arrays.stream(constants).map(word).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
