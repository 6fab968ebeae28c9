package dev.drawbridge.local.servicebus;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.protonj2.types.Binary;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a sender put in a message. The broker reads the sections before the body and passes the body
 * on as it came.
 *
 * @param header not to be changed: it may be shared
 * @param body the encoded sections from the body on
 */
record Message(
    Header header,
    Map<Symbol, Object> annotations,
    Properties properties,
    Map<String, Object> applicationProperties,
    Binary body) {

  Message {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    applicationProperties = Collections.unmodifiableMap(new LinkedHashMap<>(applicationProperties));
  }

  @Nullable String messageId() {
    return properties.hasMessageId() ? properties.getMessageId().toString() : null;
  }

  /** Zero: it does not expire. */
  Duration timeToLive() {
    return header.hasTimeToLive() ? Duration.ofMillis(header.getTimeToLive()) : Duration.ZERO;
  }

  /** When it is to become active; null: at once. */
  @Nullable Instant scheduledFor() {
    return annotations.get(Annotations.SCHEDULED_ENQUEUE_TIME) instanceof Date date
        ? date.toInstant()
        : null;
  }

  /** How long it lives where none may live longer than {@code limit}; zero is for ever. */
  Duration timeToLiveWithin(Duration limit) {
    Duration own = timeToLive();
    if (own.isZero() || limit.isZero()) {
      return own.plus(limit);
    }
    return own.compareTo(limit) <= 0 ? own : limit;
  }

  /** This message, saying that it lives for {@code timeToLive}; zero is for ever. */
  Message livingFor(Duration timeToLive) {
    if (timeToLive.equals(timeToLive())) {
      return this;
    }
    // The header has 32 bits for the milliseconds.
    Header limited = header.copy().setTimeToLive(Math.min(timeToLive.toMillis(), 0xFFFF_FFFFL));
    return new Message(limited, annotations, properties, applicationProperties, body);
  }

  /** This message with {@code more} application properties, in place of those of the same name. */
  Message with(Map<String, Object> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, Object> all = new LinkedHashMap<>(applicationProperties);
    all.putAll(more);
    return new Message(header, annotations, properties, all, body);
  }

  /** This message as it goes to the dead-letter queue of {@code queue}. */
  Message deadLetteredFrom(String queue) {
    Map<Symbol, Object> all = new LinkedHashMap<>(annotations);
    all.put(Annotations.DEAD_LETTER_SOURCE, queue);
    return new Message(header, all, properties, applicationProperties, body);
  }
}
