package dev.drawbridge.tickets;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Something that events are told apart by.
 *
 * @param values of which the event has one there
 * @param parts of which the event has one somewhere in its text there
 */
record Condition(JsonPointer pointer, Set<String> values, Set<String> parts) {
  Condition {
    values = Set.copyOf(values);
    parts = Set.copyOf(parts);
  }

  boolean holds(JsonNode event) {
    String text = event.at(pointer).asText();
    return values.contains(text) || parts.stream().anyMatch(text::contains);
  }
}
