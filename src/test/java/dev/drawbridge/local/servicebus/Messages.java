package dev.drawbridge.local.servicebus;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.qpid.protonj2.types.Binary;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.Properties;

/** Messages for tests. */
final class Messages {
  private Messages() {}

  static Message message(String id) {
    return new Message(
        new Header(),
        Map.of(),
        new Properties().setMessageId(id),
        Map.of(),
        new Binary(new byte[0]));
  }

  static Message withoutId() {
    return new Message(new Header(), Map.of(), new Properties(), Map.of(), new Binary(new byte[0]));
  }

  static Message scheduled(String id, Instant due) {
    return new Message(
        new Header(),
        Map.of(Annotations.SCHEDULED_ENQUEUE_TIME, Date.from(due)),
        new Properties().setMessageId(id),
        Map.of(),
        new Binary(new byte[0]));
  }
}
