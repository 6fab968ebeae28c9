package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.fuzz.Hostile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Fields and texts of any kind: what is wrong with them is told, and nothing else is thrown. */
class HostileFieldsTest {
  private static final List<String> NAMES =
      List.of(
          "type",
          "ticket",
          "clusterId",
          "clusterType",
          "expiresIn",
          "tenantId",
          "subscriptionId",
          "resourceGroup",
          "vnetName",
          "remoteVnetId",
          "virtualHubName",
          "connectionName",
          "firewallIp",
          "resourceId",
          "resourceName",
          "groupId",
          "approval");

  private static final String RESOURCE =
      "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers"
          + "/Microsoft.Network/virtualNetworks/vnet";

  /** Each takes a text or throws an {@link IllegalArgumentException}. */
  private static final Map<String, Consumer<String>> PARSERS =
      Map.of(
          RESOURCE,
          HostileFieldsTest::resourceId,
          "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e",
          text -> assertTrue(Guids.parse(text).toString().equalsIgnoreCase(text)),
          "zendesk",
          text -> assertFalse(new Ticket(text, "1").system().isEmpty()),
          "OPS-7",
          text -> assertFalse(new Ticket("jira", text).id().isEmpty()),
          "rg-network",
          Names::resourceGroup,
          "vnet-data",
          Names::virtualNetwork,
          "hub-weu",
          Names::networkResource,
          "10.0.0.4",
          Names::ipv4,
          "P3DT1H2M3.5S",
          text -> Names.duration(text, Duration.ofMinutes(5), Duration.ofDays(7)),
          "DB-2345-ABCD",
          text -> assertEquals(text, new MatchCode(text).text()));

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "4")
  void parse_whenFieldsAreAnything_thenIsARequestOrAllThatIsWrongWithIt(
      @ForAll("fields") Map<String, Object> fields) {
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(fields, Samples.LIMITS);
    if (parsed instanceof Parsed.Valid<ConnectionRequest> valid) {
      assertEquals(valid.value(), Samples.valid(valid.value().toFields()));
    } else {
      List<Violation> violations = ((Parsed.Invalid<ConnectionRequest>) parsed).violations();
      assertFalse(violations.isEmpty());
      violations.forEach(one -> assertTrue(one.pointer().startsWith("/"), one.pointer()));
    }
    bothAreSeen(parsed instanceof Parsed.Valid);
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "5")
  void parse_whenATextIsLikeOneOfOurs_thenIsReadOrRefused(@ForAll("texts") Like like) {
    boolean isRead;
    try {
      PARSERS.getOrDefault(like.original(), text -> {}).accept(like.text());
      isRead = true;
    } catch (IllegalArgumentException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
      isRead = false;
    }
    bothAreSeen(isRead);
  }

  private static void resourceId(String text) {
    ResourceId id = ResourceId.parse(text);
    assertEquals(id, ResourceId.parse(id.toString()));
    for (String forbidden : List.of("..", "%", "?", "#", "\\", "//", "\n")) {
      assertFalse(id.toString().contains("/" + forbidden), text);
    }
  }

  private static void bothAreSeen(boolean isValid) {
    Statistics.collect(isValid);
    Statistics.coverage(
        coverage -> {
          coverage.check(true).count(count -> count > 0);
          coverage.check(false).count(count -> count > 0);
        });
  }

  /** A text and what it was made of. */
  record Like(String original, String text) {}

  @Provide
  Arbitrary<Like> texts() {
    return Arbitraries.oneOf(
        PARSERS.keySet().stream()
            .sorted()
            .map(
                original ->
                    Arbitraries.oneOf(
                            Hostile.texts(), Hostile.changed(original), Arbitraries.just(original))
                        .map(text -> new Like(original, text)))
            .toList());
  }

  @Provide
  Arbitrary<Map<String, Object>> fields() {
    Arbitrary<String> names =
        Arbitraries.oneOf(Arbitraries.of(NAMES), Arbitraries.of(NAMES), Hostile.texts());
    Arbitrary<Map<String, Object>> others = Arbitraries.maps(names, values()).ofMaxSize(3);
    return Combinators.combine(Arbitraries.of("vnet", "vhub", "privateLink"), others)
        .as(
            (type, other) -> {
              Map<String, Object> fields = whole(type);
              fields.putAll(other);
              return fields;
            });
  }

  private static Arbitrary<Object> values() {
    Arbitrary<Object> decoded = Hostile.json().map(HostileFieldsTest::decoded);
    Arbitrary<Object> texts = Hostile.texts().map(text -> text);
    Arbitrary<Object> right =
        Arbitraries.of("P1D", "dedicated", "rg", "a1", "10.0.0.1", "manual", RESOURCE);
    return Arbitraries.oneOf(decoded, texts, right);
  }

  private static Object decoded(String json) {
    try {
      Object value = new ObjectMapper().readValue(json, Object.class);
      return value == null ? List.of() : value;
    } catch (JsonProcessingException e) {
      return json;
    }
  }

  private static Map<String, Object> whole(String type) {
    Map<String, Object> fields = new HashMap<>(Samples.with("type", type));
    if (type.equals("privateLink")) {
      fields.keySet().removeAll(List.of("tenantId", "subscriptionId", "resourceGroup", "vnetName"));
      fields.put("resourceId", RESOURCE);
      fields.put("groupId", "blob");
    } else if (type.equals("vhub")) {
      fields.remove("vnetName");
      fields.put("virtualHubName", "hub");
      fields.put("connectionName", "astro");
    }
    return fields;
  }
}
