package dev.drawbridge.fuzz;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generators of texts and JSON that parsers are to survive. */
public final class Hostile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "\ud800",
          "\udc00x",
          "\ufeff",
          "\u2028",
          "😀",
          "İıſK",
          "e\u0301",
          "\u202e",
          "a\r\nSEVERE forged",
          "../..",
          "%2e%2e%2f",
          "%",
          "%zz",
          "${jndi:ldap://x}",
          "%s%n%d",
          "'; --",
          "<script>",
          "1e999999999",
          "P1D",
          "P99999999999999D",
          "PT-1S",
          "00000000-0000-0000-0000-000000000000",
          "/subscriptions//resourceGroups//providers/",
          "x".repeat(3000),
          "/".repeat(1000),
          "é".repeat(1000));

  /** JSON texts of values that stretch what a parser takes, or are none at all. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0.0",
          "1e999999999",
          "-1e-999999999",
          "9".repeat(900),
          "0." + "1".repeat(900),
          "9".repeat(2000),
          "18446744073709551616",
          "NaN",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"\\u12\"",
          "{\"a\":1,\"a\":2}",
          "{\"\":{\"\":{}}}",
          "[".repeat(20) + "]".repeat(20),
          "[".repeat(5000) + "]".repeat(5000),
          "{\"a\":".repeat(40) + "1" + "}".repeat(40),
          "[]",
          "{}");

  private Hostile() {}

  /** Texts of any characters, halves of some among them. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(TEXTS),
        Arbitraries.strings().all().ofMaxLength(40),
        Arbitraries.strings().ascii().ofMaxLength(40));
  }

  /** A text with some of its characters overwritten, doubled, or cut out. */
  public static Arbitrary<String> changed(String text) {
    Arbitrary<Edit> edits =
        Combinators.combine(
                Arbitraries.integers().between(0, Math.max(0, text.length() - 1)),
                Arbitraries.integers().between(0, 30),
                Arbitraries.oneOf(
                    texts(), Arbitraries.strings().withChars("{}[]\",:/\\~-.").ofLength(1)))
            .as(Edit::new);
    return edits
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            list -> {
              StringBuilder changed = new StringBuilder(text);
              list.forEach(edit -> edit.apply(changed));
              return changed.toString();
            });
  }

  private record Edit(int at, int length, String with) {
    void apply(StringBuilder text) {
      int from = Math.min(at, text.length());
      text.replace(from, Math.min(text.length(), from + length), with);
    }
  }

  /** Texts that are JSON, or nearly. */
  public static Arbitrary<String> json() {
    Arbitrary<String> leaves =
        Arbitraries.oneOf(
            Arbitraries.of(VALUES),
            texts().map(text -> TextNode.valueOf(text).toString()),
            Arbitraries.bigDecimals().map(String::valueOf));
    return Arbitraries.recursive(() -> leaves, Hostile::nested, 0, 4);
  }

  private static Arbitrary<String> nested(Arbitrary<String> inner) {
    Arbitrary<String> members =
        Combinators.combine(
                Arbitraries.oneOf(
                    texts(), Arbitraries.of("type", "ticket", "id", "request", "data", "version")),
                inner)
            .as((name, value) -> TextNode.valueOf(name) + ":" + value);
    return Arbitraries.oneOf(
        inner.list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]"),
        members.list().ofMaxSize(4).map(list -> "{" + String.join(",", list) + "}"));
  }

  /** A document as it is, with other values in a few places, with other characters, or another. */
  public static Arbitrary<String> documentsLike(String document) {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(document)),
        Tuple.of(5, withOtherValues(document)),
        Tuple.of(3, changed(document)),
        Tuple.of(2, json()),
        Tuple.of(1, texts()));
  }

  private static Arbitrary<String> withOtherValues(String document) {
    JsonNode tree = tree(document);
    List<JsonPointer> places = new ArrayList<>();
    collect(tree, JsonPointer.empty(), places);
    Arbitrary<String> values =
        Arbitraries.oneOf(json(), texts().map(text -> TextNode.valueOf(text).toString()));
    return Combinators.combine(Arbitraries.of(places).list().ofMinSize(1).ofMaxSize(2), values)
        .as((chosen, value) -> replaced(tree, chosen, value));
  }

  /** The value goes in as it is written, which no tree could hold of some. */
  private static String replaced(JsonNode tree, List<JsonPointer> places, String value) {
    String mark = "the place";
    JsonNode copy = tree.deepCopy();
    for (JsonPointer place : places) {
      JsonNode parent = copy.at(place.head());
      if (parent instanceof ObjectNode object) {
        object.put(place.last().getMatchingProperty(), mark);
      } else if (parent instanceof ArrayNode array) {
        array.set(place.last().getMatchingIndex(), mark);
      }
    }
    return copy.toString().replace("\"" + mark + "\"", value);
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> found) {
    for (var member : node.properties()) {
      JsonPointer pointer = at.appendProperty(member.getKey());
      found.add(pointer);
      collect(member.getValue(), pointer, found);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      found.add(at.appendIndex(i));
      collect(node.get(i), at.appendIndex(i), found);
    }
  }

  private static JsonNode tree(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new AssertionError(document, e);
    }
  }
}
