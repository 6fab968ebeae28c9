package dev.drawbridge.simulation;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.port.RequestQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Service Bus: at least once, in any order, with repeats known for ten minutes. */
final class QueueModel implements RequestQueue {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final Duration LOCKED = Duration.ofMinutes(5);

  /** One message. */
  static final class Message {
    final String body;
    final String queue;
    private final Instant enqueuedAt;
    private Instant visibleAt;
    private int deliveries;

    private Message(String body, String queue, Instant enqueuedAt, Instant visibleAt) {
      this.body = body;
      this.queue = queue;
      this.enqueuedAt = enqueuedAt;
      this.visibleAt = visibleAt;
    }
  }

  /** A message in a dead-letter queue, which has no other to give it up to. */
  static final class Dead {
    final DeadLetter letter;
    private Instant visibleAt;

    private Dead(DeadLetter letter, Instant visibleAt) {
      this.letter = letter;
      this.visibleAt = visibleAt;
    }
  }

  private final Wire wire;
  private final int deliveries;
  private final Map<String, Instant> seen = new HashMap<>();
  private final List<Message> waiting = new ArrayList<>();
  private final List<Dead> dead = new ArrayList<>();
  private final List<DeadLetter> givenUp = new ArrayList<>();

  /**
   * @param deliveries how often a message is delivered before it is given up
   */
  QueueModel(Wire wire, int deliveries) {
    this.wire = wire;
    this.deliveries = deliveries;
  }

  @Override
  public void send(Operation operation) {
    Attempt attempt = new Attempt(operation.id(), operation.delivery().attempt());
    boolean unused =
        wire.write(
            "queue send " + attempt.messageId(),
            () -> {
              boolean isNew = !remembers(attempt.messageId());
              if (isNew) {
                seen.put(attempt.messageId(), wire.clock.instant());
                String queue = operation.request().kind().queue();
                put(attempt.messageId(), queue, operation.delivery().dueAt());
              }
              return isNew;
            });
  }

  @Override
  public Attempt read(String message) {
    int slash = message.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("The message is none of ours");
    }
    return new Attempt(
        new OperationId(Guids.parse(message.substring(0, slash))),
        Integer.parseInt(message.substring(slash + 1)));
  }

  /** Whether it would take a message for a repeat of one that it has had. */
  boolean remembers(String messageId) {
    Instant known = seen.get(messageId);
    return known != null && !known.plus(REMEMBERED).isBefore(wire.clock.instant());
  }

  /** Whether a message is there, be it locked. */
  boolean holds(String messageId) {
    return waiting.stream().anyMatch(one -> one.body.equals(messageId));
  }

  /** Someone puts a message there. */
  void put(String body, String queue, Instant visibleAt) {
    waiting.add(new Message(body, queue, wire.clock.instant(), visibleAt));
  }

  /** Locks one of the messages that are due, whichever. */
  Optional<Message> receive() {
    Instant now = wire.clock.instant();
    List<Message> due = waiting.stream().filter(one -> !one.visibleAt.isAfter(now)).toList();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Message message = due.get(wire.random.nextInt(due.size()));
    if (message.deliveries >= deliveries) { // whoever had it last died of it
      giveUp(message, "MaxDeliveryCountExceeded");
      return Optional.empty();
    }
    message.visibleAt = now.plus(LOCKED);
    message.deliveries++;
    return Optional.of(message);
  }

  /** The lock is lost: it is delivered again, though the one who had it still works on it. */
  void loseLock(Message message) {
    message.visibleAt = wire.clock.instant();
  }

  void complete(Message message) {
    waiting.remove(message);
  }

  void abandon(Message message) {
    if (message.deliveries >= deliveries) {
      giveUp(message, "MaxDeliveryCountExceeded");
    } else {
      message.visibleAt = wire.clock.instant();
    }
  }

  private void giveUp(Message message, String reason) {
    if (waiting.remove(message)) {
      DeadLetter letter =
          new DeadLetter(
              message.queue,
              givenUp.size() + 1L,
              message.enqueuedAt.toString(),
              message.body,
              reason,
              "simulated");
      wire.note("given up: " + message.body + ", " + reason);
      givenUp.add(letter);
      dead.add(new Dead(letter, wire.clock.instant()));
    }
  }

  /** One message's time is over, as if nobody had received it for two weeks. */
  void expireOne() {
    if (!waiting.isEmpty()) {
      giveUp(waiting.get(wire.random.nextInt(waiting.size())), "TTLExpiredException");
    }
  }

  /** Loses one message for good, as a queue that was deleted and made anew would. */
  void loseOne() {
    if (!waiting.isEmpty()) {
      waiting.remove(wire.random.nextInt(waiting.size()));
    }
  }

  /** Locks one of the dead letters. */
  Optional<Dead> receiveDead() {
    Instant now = wire.clock.instant();
    List<Dead> due = dead.stream().filter(one -> !one.visibleAt.isAfter(now)).toList();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Dead letter = due.get(wire.random.nextInt(due.size()));
    letter.visibleAt = now.plus(LOCKED);
    return Optional.of(letter);
  }

  void loseLock(Dead letter) {
    letter.visibleAt = wire.clock.instant();
  }

  void complete(Dead letter) {
    dead.remove(letter);
  }

  /** All that was ever given up. */
  List<DeadLetter> givenUp() {
    return givenUp;
  }

  boolean isAnyDead() {
    return !dead.isEmpty();
  }
}
