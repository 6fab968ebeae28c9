package dev.drawbridge.tickets;

import dev.drawbridge.access.Ticket;
import java.util.Map;

/** What an event is to us. */
public sealed interface Event {
  /** It asks for a connection, with the fields of a request to the API. */
  record Asks(Map<String, Object> fields) implements Event {}

  /** Its ticket is closed or cancelled: what it asked for is over. */
  record Closes(Ticket ticket) implements Event {}

  /** It is none of our business. The reason holds nothing of what was sent. */
  record Ignored(String why) implements Event {}
}
