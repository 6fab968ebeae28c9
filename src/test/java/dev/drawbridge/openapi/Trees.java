package dev.drawbridge.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changed copies of documents. */
final class Trees {
  private Trees() {}

  /** The same but for one member, which becomes the JSON given. */
  static JsonNode with(JsonNode tree, String pointer, String value) throws JsonProcessingException {
    JsonPointer at = JsonPointer.compile(pointer);
    JsonNode copy = tree.deepCopy();
    ((ObjectNode) copy.at(at.head()))
        .set(at.last().getMatchingProperty(), new ObjectMapper().readTree(value));
    return copy;
  }
}
