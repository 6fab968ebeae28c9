package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Atlassian Document Format: which documents are valid, and how they read as plain text. Of the
 * format's nodes it has those that text is written with; it refuses others, as it could not tell
 * whether Jira would.
 *
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/">Atlassian
 *     Document Format</a>
 */
final class Adf {
  private static final Set<String> INLINE =
      Set.of("text", "hardBreak", "inlineCard", "mention", "emoji", "date", "status");
  private static final Set<String> BLOCKS =
      Set.of(
          "paragraph",
          "heading",
          "bulletList",
          "orderedList",
          "codeBlock",
          "blockquote",
          "panel",
          "rule",
          "table");
  private static final Set<String> IN_LISTS =
      Set.of("paragraph", "bulletList", "orderedList", "codeBlock");

  /** What may be in what. */
  private static final Map<String, Set<String>> CHILDREN =
      Map.ofEntries(
          Map.entry("doc", BLOCKS),
          Map.entry("paragraph", INLINE),
          Map.entry("heading", INLINE),
          Map.entry("bulletList", Set.of("listItem")),
          Map.entry("orderedList", Set.of("listItem")),
          Map.entry("listItem", IN_LISTS),
          Map.entry("codeBlock", Set.of("text")),
          Map.entry("blockquote", IN_LISTS),
          Map.entry(
              "panel", Set.of("paragraph", "heading", "bulletList", "orderedList", "codeBlock")),
          Map.entry("table", Set.of("tableRow")),
          Map.entry("tableRow", Set.of("tableCell", "tableHeader")),
          Map.entry("tableCell", BLOCKS),
          Map.entry("tableHeader", BLOCKS));

  private static final Set<String> MARKS =
      Set.of(
          "code",
          "em",
          "link",
          "strike",
          "strong",
          "subsup",
          "textColor",
          "underline",
          "backgroundColor");

  private Adf() {}

  static boolean isDocument(JsonNode node) {
    return node.path("type").asText().equals("doc")
        && node.path("version").asInt() == 1
        && node.path("content").isArray();
  }

  /** Whether a document, or a node of one, is as the format's schema has it. */
  static boolean isValid(JsonNode node) {
    String type = node.path("type").asText();
    if (type.equals("text")) {
      return isValidText(node);
    }
    JsonNode content = node.path("content");
    if (!hasWhatItNeeds(type, node) || !(content.isMissingNode() || content.isArray())) {
      return false;
    }
    Set<String> allowed = CHILDREN.getOrDefault(type, Set.of());
    for (JsonNode child : content) {
      if (!allowed.contains(child.path("type").asText()) || !isValid(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasWhatItNeeds(String type, JsonNode node) {
    return switch (type) {
      case "bulletList", "orderedList" -> !node.path("content").isEmpty();
      case "heading" -> node.at("/attrs/level").isInt();
      case "inlineCard" -> node.at("/attrs/url").isTextual();
      default -> true;
    };
  }

  private static boolean isValidText(JsonNode node) {
    for (JsonNode mark : node.path("marks")) {
      String type = mark.path("type").asText();
      boolean isBrokenLink = type.equals("link") && !mark.at("/attrs/href").isTextual();
      if (!MARKS.contains(type) || isBrokenLink) {
        return false;
      }
    }
    return !node.path("text").asText().isEmpty() && !node.has("content");
  }

  /** Plain text: a block a line, with an empty line between those of the document itself. */
  static String plainText(JsonNode document) {
    return text(document).strip();
  }

  private static String text(JsonNode node) {
    String type = node.path("type").asText();
    List<String> parts = new ArrayList<>();
    node.path("content").forEach(child -> parts.add(text(child)));
    return switch (type) {
      case "doc" -> String.join("\n\n", parts);
      case "text" -> node.path("text").asText();
      case "hardBreak" -> "\n";
      case "rule" -> "----";
      case "inlineCard" -> node.at("/attrs/url").asText();
      case "mention", "emoji", "status" -> node.at("/attrs/text").asText();
      case "date" -> node.at("/attrs/timestamp").asText();
      case "tableRow" -> String.join(" | ", parts);
      case "listItem" -> "* " + String.join("\n", parts);
      case "paragraph", "heading", "codeBlock" -> String.join("", parts);
      default -> String.join("\n", parts);
    };
  }

  /** The document of a plain text. */
  static ObjectNode of(String text) {
    ObjectNode document = Json.object().put("type", "doc").put("version", 1);
    ArrayNode blocks = document.putArray("content");
    for (String paragraph : text.strip().split("\\n\\n+", -1)) {
      ArrayNode lines = blocks.addObject().put("type", "paragraph").putArray("content");
      for (String line : paragraph.split("\\n", -1)) {
        if (!lines.isEmpty()) {
          lines.addObject().put("type", "hardBreak");
        }
        if (!line.isEmpty()) {
          lines.addObject().put("type", "text").put("text", line);
        }
      }
    }
    return document;
  }
}
