package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Plain text as Atlassian's document format, and back.
 *
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/">Atlassian
 *     Document Format</a>
 */
final class Adf {
  private Adf() {}

  /** A paragraph for each block of lines between empty ones. */
  static ObjectNode of(String text) {
    ObjectNode document = Api.object().put("type", "doc").put("version", 1);
    ArrayNode paragraphs = document.putArray("content");
    for (String block : text.strip().split("\n\\s*\n", -1)) {
      ArrayNode content = paragraphs.addObject().put("type", "paragraph").putArray("content");
      for (String line : block.split("\n", -1)) {
        if (!content.isEmpty()) {
          content.addObject().put("type", "hardBreak");
        }
        if (!line.isBlank()) { // there is no empty text
          content.addObject().put("type", "text").put("text", line);
        }
      }
    }
    return document;
  }

  /** All text in it, each block on a line of its own. */
  static String text(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(JsonNode node, StringBuilder text) {
    text.append(node.path("text").asText());
    for (JsonNode inner : node.path("content")) {
      append(inner, text);
    }
    if (!node.path("type").asText().equals("text")) {
      text.append('\n');
    }
  }
}
