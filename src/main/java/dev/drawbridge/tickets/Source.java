package dev.drawbridge.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Violation;
import java.time.Instant;
import java.util.Optional;

/**
 * A ticketing system that may call.
 *
 * @param name in the address, {@code /api/webhooks/NAME}, and of its tickets
 */
public record Source(String name, SourceType type, Secrets secrets, Mapping mapping) {

  public Authenticity check(Received received, Instant now) {
    return type.check(received, secrets, now);
  }

  /** Why the body's format is none that is read here; nothing if it is. */
  public Optional<String> unsupported(Received received) {
    return type.unsupported(received);
  }

  /** What the event is to us, or what is wrong with it as one of its type. */
  public Parsed<Event> event(Received received, ObjectNode body) {
    Parsed<ObjectNode> event = type.event(received, body);
    if (event instanceof Parsed.Valid<ObjectNode> valid) {
      return new Parsed.Valid<>(mapping.read(valid.value()));
    }
    return new Parsed.Invalid<>(((Parsed.Invalid<ObjectNode>) event).violations());
  }

  public Violation explained(Violation violation) {
    return mapping.explained(violation);
  }

  /** Whether senders ask for permission with OPTIONS before they send. */
  public boolean shakesHands() {
    return type == SourceType.CLOUDEVENTS;
  }
}
