package dev.drawbridge.tickets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Violation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CloudEvents 1.0 over HTTP. Binary mode is brought into the shape of the structured one: the
 * attributes, and the payload as {@code data}.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     binding</a>
 */
final class CloudEvents {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String ATTRIBUTE = "ce-";

  private CloudEvents() {}

  static Optional<String> unsupported(Received received) {
    String mediaType = received.mediaType();
    boolean isBinary =
        mediaType.equals("application/json") && received.header("ce-specversion").isPresent();
    if (mediaType.equals(STRUCTURED) || isBinary) {
      return Optional.empty();
    }
    return Optional.of(
        mediaType.startsWith("application/cloudevents-batch")
            ? "Events are taken one by one, not in batches."
            : "Send a CloudEvent: application/cloudevents+json, or application/json with ce- headers.");
  }

  static Parsed<ObjectNode> event(Received received, ObjectNode body) {
    ObjectNode event = body;
    if (!received.mediaType().equals(STRUCTURED)) {
      event = JsonNodeFactory.instance.objectNode();
      try {
        attributes(received, event);
      } catch (IllegalArgumentException e) {
        return new Parsed.Invalid<>(
            List.of(new Violation("", "has a ce- header that is not percent-encoded")));
      }
      event.set("data", body);
    }
    List<Violation> violations = new ArrayList<>();
    for (String name : List.of("id", "source", "specversion", "type")) {
      String value = event.path(name).asText();
      if (value.isEmpty()) {
        violations.add(new Violation("/" + name, "is required of a CloudEvent"));
      } else if (name.equals("specversion") && !value.equals("1.0")) {
        violations.add(new Violation("/specversion", "must be 1.0"));
      }
    }
    return violations.isEmpty() ? new Parsed.Valid<>(event) : new Parsed.Invalid<>(violations);
  }

  private static void attributes(Received received, ObjectNode event) {
    received
        .headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ATTRIBUTE)) {
                // The decoder is one of forms, where a plus is a space; in a header it is a plus.
                event.put(
                    name.substring(ATTRIBUTE.length()),
                    URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
              }
            });
  }
}
