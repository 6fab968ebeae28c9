package dev.drawbridge.local.servicebus;

import dev.drawbridge.local.servicebus.StoredMessage.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One queue, or the dead-letter queue of one. Not thread-safe.
 *
 * <p>Every operation first catches up with the clock, so what it sees is as of now. Nothing is
 * handed to a receiver but by {@link #deliver}.
 */
final class Queue {
  private final String address;
  private final QueueOptions options;
  private final Clock clock;
  private final @Nullable Queue deadLetters;
  private final DuplicateDetection duplicates;
  private final MessageStore messages = new MessageStore();
  private final Consumers consumers = new Consumers();

  /** A queue with a dead-letter queue of its own. */
  Queue(QueueOptions options, Clock clock) {
    this(
        options.name(),
        options,
        clock,
        new Queue(options.name() + "/$DeadLetterQueue", options, clock, null));
  }

  private Queue(String address, QueueOptions options, Clock clock, @Nullable Queue deadLetters) {
    this.address = address;
    this.options = options;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.duplicates = new DuplicateDetection(options.duplicateDetectionWindow());
  }

  String address() {
    return address;
  }

  /** Null: this is a dead-letter queue. Those have no other, nor duplicates, expiry or schedule. */
  @Nullable Queue deadLetters() {
    return deadLetters;
  }

  /**
   * Takes a message in, unless it is a duplicate: that one is dropped without a word.
   *
   * @return its sequence number, or that of the message it duplicates
   */
  long enqueue(Message message) {
    catchUp();
    Instant now = clock.instant();
    String id = message.messageId();
    if (id != null) {
      OptionalLong earlier = duplicates.earlier(id, now);
      if (earlier.isPresent()) {
        return earlier.getAsLong();
      }
    }
    Duration life = message.timeToLiveWithin(options.defaultTimeToLive());
    StoredMessage stored =
        new StoredMessage(message.livingFor(life), life, messages.nextSequenceNumber(), now);
    if (id != null) {
      duplicates.remember(id, stored.sequenceNumber, now);
    }
    Instant due = message.scheduledFor();
    if (due != null && due.isAfter(now)) {
      messages.put(stored, State.SCHEDULED, due);
    } else {
      messages.put(stored, State.ACTIVE, stored.expiresAt());
    }
    return stored.sequenceNumber;
  }

  /** False: there is no such scheduled message. */
  boolean cancelScheduled(long sequenceNumber) {
    catchUp();
    StoredMessage stored = messages.get(sequenceNumber);
    if (stored == null || stored.state != State.SCHEDULED) {
      return false;
    }
    messages.remove(stored);
    return true;
  }

  /** Messages in any state, from a sequence number on. They stay as they are. */
  List<StoredMessage> peek(long fromSequenceNumber, int atMost) {
    catchUp();
    return messages.from(fromSequenceNumber).stream().limit(atMost).toList();
  }

  /**
   * Takes deferred messages: all of them, or none.
   *
   * @param delete else they are locked
   * @return empty: one of them is not there or not deferred
   */
  Optional<List<StoredMessage>> receiveDeferred(List<Long> sequenceNumbers, boolean delete) {
    catchUp();
    List<StoredMessage> wanted = new ArrayList<>();
    for (Long number : sequenceNumbers) {
      StoredMessage stored = messages.get(number);
      if (stored == null || stored.state != State.DEFERRED) {
        return Optional.empty();
      }
      wanted.add(stored);
    }
    wanted.forEach(stored -> hand(stored, delete));
    return Optional.of(wanted);
  }

  /** The new end of a lock; empty: the lock is lost. */
  Optional<Instant> renew(UUID lockToken) {
    catchUp();
    StoredMessage stored = messages.lockedWith(lockToken);
    if (stored == null) {
      return Optional.empty();
    }
    lock(stored, lockToken);
    return Optional.of(stored.deadline);
  }

  /** False, here and in the other ways to settle: the lock is lost. */
  boolean complete(UUID lockToken) {
    return settle(lockToken, Map.of(), messages::remove);
  }

  /** Gives a message back; the delivery counts. */
  boolean abandon(UUID lockToken, Map<String, Object> properties) {
    return settle(lockToken, properties, this::giveBackCounted);
  }

  /** Gives a message back as if it had not been delivered. */
  boolean release(UUID lockToken) {
    return settle(lockToken, Map.of(), this::giveBack);
  }

  boolean defer(UUID lockToken, Map<String, Object> properties) {
    return settle(
        lockToken,
        properties,
        stored -> {
          stored.deferred = true;
          giveBack(stored);
        });
  }

  /** Moves a message to the dead-letter queue; one that is there already goes back to its place. */
  boolean deadLetter(UUID lockToken, Map<String, Object> properties) {
    return settle(
        lockToken,
        properties,
        stored -> {
          if (deadLetters == null) {
            giveBack(stored);
          } else {
            moveTo(deadLetters, stored);
          }
        });
  }

  void add(MessageConsumer consumer) {
    consumers.add(consumer);
  }

  /** What the consumer has locked stays locked until the lock ends. */
  void remove(MessageConsumer consumer) {
    consumers.remove(consumer);
  }

  /** Hands active messages to the receivers in turn, as far as these are ready. */
  void deliver() {
    catchUp();
    StoredMessage next = messages.nextActive();
    while (next != null) {
      MessageConsumer consumer = consumers.nextReady();
      if (consumer == null) {
        return;
      }
      hand(next, consumer.deletesOnReceipt());
      consumer.deliver(next);
      next = messages.nextActive();
    }
  }

  QueueCounts counts() {
    catchUp();
    return new QueueCounts(
        messages.count(State.ACTIVE),
        messages.count(State.LOCKED),
        messages.count(State.SCHEDULED),
        messages.count(State.DEFERRED),
        deadLetters == null ? 0 : deadLetters.messages.size());
  }

  private void catchUp() {
    Instant now = clock.instant();
    for (StoredMessage due = messages.nextDue(now); due != null; due = messages.nextDue(now)) {
      switch (due.state) {
        case SCHEDULED -> append(due, now);
        case LOCKED -> giveBackCounted(due);
        case ACTIVE -> expire(due);
        case DEFERRED -> throw new IllegalStateException("A deferred message has no deadline");
      }
    }
  }

  /** A scheduled message whose time has come gets a new number, as if it had been sent now. */
  private void append(StoredMessage stored, Instant now) {
    messages.remove(stored);
    stored.sequenceNumber = messages.nextSequenceNumber();
    stored.enqueuedAt = now;
    messages.put(stored, State.ACTIVE, stored.expiresAt());
  }

  private void expire(StoredMessage stored) {
    if (options.deadLetterOnExpiry() && deadLetters != null) {
      stored.message = stored.message.with(DeadLetter.expired().applicationProperties());
      moveTo(deadLetters, stored);
    } else {
      messages.remove(stored);
    }
  }

  private void hand(StoredMessage stored, boolean delete) {
    if (delete) {
      messages.remove(stored);
    } else {
      lock(stored, UUID.randomUUID());
    }
  }

  private void lock(StoredMessage stored, UUID lockToken) {
    messages.lock(stored, lockToken, clock.instant().plus(options.lockDuration()));
  }

  private boolean settle(
      UUID lockToken, Map<String, Object> properties, Consumer<StoredMessage> outcome) {
    catchUp();
    StoredMessage stored = messages.lockedWith(lockToken);
    if (stored == null) {
      return false;
    }
    stored.message = stored.message.with(properties);
    outcome.accept(stored);
    return true;
  }

  private void giveBackCounted(StoredMessage stored) {
    stored.deliveryCount++;
    if (deadLetters != null && stored.deliveryCount >= options.maxDeliveryCount()) {
      DeadLetter why = DeadLetter.tooManyDeliveries(options.maxDeliveryCount());
      stored.message = stored.message.with(why.applicationProperties());
      moveTo(deadLetters, stored);
    } else {
      giveBack(stored);
    }
  }

  private void giveBack(StoredMessage stored) {
    if (stored.deferred) {
      messages.put(stored, State.DEFERRED, StoredMessage.NEVER);
    } else {
      messages.put(stored, State.ACTIVE, stored.expiresAt());
    }
  }

  private void moveTo(Queue other, StoredMessage stored) {
    messages.remove(stored);
    Message message = stored.message.deadLetteredFrom(address);
    StoredMessage moved = new StoredMessage(message, other.messages.nextSequenceNumber(), stored);
    other.messages.put(moved, State.ACTIVE, StoredMessage.NEVER);
  }
}
