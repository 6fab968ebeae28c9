package dev.drawbridge.local.servicebus;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The MessageIds that a queue remembers. What is as old as the window is forgotten. */
final class DuplicateDetection {
  private record Seen(Instant at, long sequenceNumber) {}

  private final Duration window;
  private final Map<String, Seen> history = new LinkedHashMap<>(); // the oldest first

  DuplicateDetection(Duration window) {
    this.window = window;
  }

  /** The sequence number of the message that had this id within the window. */
  OptionalLong earlier(String messageId, Instant now) {
    forget(now);
    Seen seen = history.get(messageId);
    return seen == null ? OptionalLong.empty() : OptionalLong.of(seen.sequenceNumber());
  }

  void remember(String messageId, long sequenceNumber, Instant now) {
    if (!window.isZero()) {
      history.put(messageId, new Seen(now, sequenceNumber));
    }
  }

  private void forget(Instant now) {
    Iterator<Seen> oldest = history.values().iterator();
    while (oldest.hasNext() && !oldest.next().at().plus(window).isAfter(now)) {
      oldest.remove();
    }
  }
}
