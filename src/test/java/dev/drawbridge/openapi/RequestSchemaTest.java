package dev.drawbridge.openapi;

import static dev.drawbridge.access.ConnectionKind.PRIVATE_LINK;
import static dev.drawbridge.access.ConnectionKind.VHUB_PEERING;
import static dev.drawbridge.access.ConnectionKind.VNET_PEERING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** The schemas of requests take what the parser takes, and nothing else. */
class RequestSchemaTest {
  private static final ApiDocument DOCUMENT = ApiDocument.load();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More fields for the examples, so that each field is in one. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "vnet-peering",
          """
          {"remoteVnetId": "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg\
          /providers/Microsoft.Network/virtualNetworks/vnet-astro"}
          """,
          "vhub-peering",
          "{\"clusterType\": \"hybrid\", \"expiresIn\": \"P1DT2H3M4.5S\"}",
          "private-link",
          "{\"type\": \"privateLink\", \"resourceName\": \"contosoregistry\"}");

  /**
   * Any but those that the parser takes beyond the document: durations with a sign, a comma or in
   * lower case, and ids of resources in any case.
   */
  private static final String CHARACTERS = "xz059-_./: ()%\n\0é資\ud800\u0660";

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "11")
  void schema_whenAFieldIsChanged_thenTakesItIfTheParserDoes(@ForAll("requests") ObjectNode sent) {
    boolean isPrivateLink = sent.has("resourceId") || sent.has("groupId");
    String schema = isPrivateLink ? "PrivateLinkRequest" : "PeeringRequest";
    List<String> told = DOCUMENT.violations(DOCUMENT.at("/components/schemas/" + schema), sent);
    Parsed<ConnectionRequest> parsed = parsed(sent, isPrivateLink);
    if (parsed instanceof Parsed.Invalid<ConnectionRequest> invalid) {
      Set<String> pointers = new HashSet<>();
      invalid.violations().forEach(violation -> pointers.add(violation.pointer()));
      pointers.removeAll(Conformance.NOT_OF_FORM);
      assertTrue(pointers.isEmpty() || !told.isEmpty(), () -> sent + " " + invalid);
    } else {
      assertEquals(List.of(), told, sent::toString);
    }
    Statistics.collect(parsed instanceof Parsed.Valid);
    Statistics.coverage(
        coverage -> {
          coverage.check(true).percentage(percentage -> percentage > 5);
          coverage.check(false).percentage(percentage -> percentage > 5);
        });
  }

  private static Parsed<ConnectionRequest> parsed(ObjectNode sent, boolean isPrivateLink) {
    Map<String, Object> fields =
        JSON.convertValue(sent, new TypeReference<Map<String, Object>>() {});
    if (isPrivateLink) {
      fields.putIfAbsent("type", "privateLink");
    }
    return ConnectionRequest.parse(
        fields,
        Samples.LIMITS,
        isPrivateLink ? Set.of(PRIVATE_LINK) : Set.of(VNET_PEERING, VHUB_PEERING));
  }

  @Provide
  Arbitrary<ObjectNode> requests() {
    return Arbitraries.oneOf(
        EXAMPLES.keySet().stream().sorted().map(name -> changed(example(name))).toList());
  }

  private static ObjectNode example(String name) {
    try {
      ObjectNode request = (ObjectNode) JSON.readTree(Path.of("examples", name + ".json").toFile());
      request.setAll((ObjectNode) JSON.readTree(EXAMPLES.getOrDefault(name, "{}")));
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With another text, value or none in one of its fields, or a field more. */
  private static Arbitrary<ObjectNode> changed(ObjectNode request) {
    List<ObjectNode> holders = List.of(request, (ObjectNode) request.get("ticket"));
    return Combinators.combine(
            Arbitraries.of(0, 0, 0, 1),
            Arbitraries.integers().between(0, 100),
            Arbitraries.integers().between(0, 100),
            Arbitraries.strings().withChars(CHARACTERS.toCharArray()).ofMaxLength(2),
            Arbitraries.integers().between(0, 9))
        .as(
            (holder, field, at, text, how) -> {
              ObjectNode copy = request.deepCopy();
              ObjectNode within = holder == 0 ? copy : (ObjectNode) copy.get("ticket");
              List<String> names = List.copyOf(fieldNames(holders.get(holder)));
              String name = names.get(field % names.size());
              String value = within.path(name).asText();
              int from = value.isEmpty() ? 0 : at % value.length();
              switch (how) {
                case 0 -> within.remove(name);
                case 1 -> within.put(name, 5);
                case 2 -> within.putArray(name);
                case 3 -> within.put("x" + text, value);
                case 4 -> within.put(name, text);
                case 5, 6 ->
                    within.put(name, value.substring(0, from) + text + value.substring(from));
                case 7 -> within.put(name, value.substring(0, from));
                default ->
                    within.put(
                        name,
                        value.substring(0, from)
                            + text
                            + value.substring(Math.min(value.length(), from + 1)));
              }
              return copy;
            });
  }

  private static List<String> fieldNames(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
