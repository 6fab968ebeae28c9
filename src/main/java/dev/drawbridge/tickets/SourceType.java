package dev.drawbridge.tickets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Parsed;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of senders: how each proves who it is, and what its events look like. */
public enum SourceType {
  ZENDESK(Signatures::zendesk),
  JIRA(Signatures::jira) {
    /** "Send web request" may send the issue itself, where the other shapes have it inside. */
    @Override
    Parsed<ObjectNode> event(Received received, ObjectNode body) {
      boolean isIssue = !body.has("issue") && body.has("key") && body.has("fields");
      return new Parsed.Valid<>(
          isIssue ? JsonNodeFactory.instance.objectNode().set("issue", body) : body);
    }
  },
  SERVICENOW(Signatures::standardOrSecret),
  STANDARD(Signatures::standard),
  CLOUDEVENTS(Signatures::secretHeader) {
    @Override
    Optional<String> unsupported(Received received) {
      return CloudEvents.unsupported(received);
    }

    @Override
    Parsed<ObjectNode> event(Received received, ObjectNode body) {
      return CloudEvents.event(received, body);
    }
  },
  GENERIC(Signatures::secretHeader);

  /** Finds out whether a call is authentic. */
  @FunctionalInterface
  private interface Check {
    Authenticity of(Received received, Secrets secrets, Instant now);
  }

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
  private final Check check;

  SourceType(Check check) {
    this.check = check;
  }

  static Optional<SourceType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Authenticity check(Received received, Secrets secrets, Instant now) {
    return check.of(received, secrets, now);
  }

  /** Why the body's format is none that is read here; nothing if it is. */
  Optional<String> unsupported(Received received) {
    return received.mediaType().equals("application/json")
        ? Optional.empty()
        : Optional.of("Send the event as Content-Type: application/json.");
  }

  /** The event in the one shape that the settings' pointers lead into. */
  Parsed<ObjectNode> event(Received received, ObjectNode body) {
    return new Parsed.Valid<>(body);
  }
}
