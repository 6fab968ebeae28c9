package dev.drawbridge.local.servicebus;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message in a queue, and what the queue knows of it. Only its {@link Queue} changes it. */
final class StoredMessage {
  enum State {
    ACTIVE,
    LOCKED,
    SCHEDULED,
    DEFERRED
  }

  static final Instant NEVER = Instant.MAX;

  /** The one whose state ends first is the first. */
  static final Comparator<StoredMessage> BY_DEADLINE =
      Comparator.<StoredMessage, Instant>comparing(stored -> stored.deadline)
          .thenComparingLong(stored -> stored.sequenceNumber);

  Message message;
  long sequenceNumber;
  final long enqueuedSequenceNumber;
  Instant enqueuedAt;

  /** Zero: for ever. */
  final Duration timeToLive;

  int deliveryCount;
  State state = State.ACTIVE;

  /** When its state ends by itself: the lock, the schedule, the life of an active message. */
  Instant deadline = NEVER;

  /** Set while it is locked. */
  @Nullable UUID lockToken;

  /** Once deferred it never goes back among the active ones. */
  boolean deferred;

  StoredMessage(Message message, Duration timeToLive, long sequenceNumber, Instant enqueuedAt) {
    this.message = message;
    this.timeToLive = timeToLive;
    this.sequenceNumber = sequenceNumber;
    this.enqueuedSequenceNumber = sequenceNumber;
    this.enqueuedAt = enqueuedAt;
  }

  /** A message that leaves {@code other}'s queue for another one, where it lives for ever. */
  StoredMessage(Message message, long sequenceNumber, StoredMessage other) {
    this.message = message;
    this.timeToLive = Duration.ZERO;
    this.sequenceNumber = sequenceNumber;
    this.enqueuedSequenceNumber = other.enqueuedSequenceNumber;
    this.enqueuedAt = other.enqueuedAt;
    this.deliveryCount = other.deliveryCount;
  }

  Instant expiresAt() {
    return timeToLive.isZero() ? NEVER : enqueuedAt.plus(timeToLive);
  }
}
