package dev.drawbridge.simulation;

import dev.drawbridge.access.Attempt;
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
  private static final int DELIVERIES = 10;

  /** One message. */
  static final class Message {
    final String body;
    final String queue;
    private Instant visibleAt;
    private int deliveries;

    private Message(String body, String queue, Instant visibleAt) {
      this.body = body;
      this.queue = queue;
      this.visibleAt = visibleAt;
    }
  }

  private final Wire wire;
  private final Map<String, Instant> seen = new HashMap<>();
  private final List<Message> waiting = new ArrayList<>();
  private final List<Message> dead = new ArrayList<>();

  QueueModel(Wire wire) {
    this.wire = wire;
  }

  @Override
  public void send(Operation operation) {
    Attempt attempt = new Attempt(operation.id(), operation.delivery().attempt());
    boolean unused =
        wire.write(
            "queue send " + attempt.messageId(),
            () -> {
              Instant now = wire.clock.instant();
              Instant known = seen.get(attempt.messageId());
              boolean isNew = known == null || known.plus(REMEMBERED).isBefore(now);
              if (isNew) {
                seen.put(attempt.messageId(), now);
                String queue = operation.request().kind().queue();
                waiting.add(new Message(attempt.messageId(), queue, operation.delivery().dueAt()));
              }
              return isNew;
            });
  }

  @Override
  public Attempt read(String message) {
    int slash = message.indexOf('/');
    return new Attempt(
        new OperationId(Guids.parse(message.substring(0, slash))),
        Integer.parseInt(message.substring(slash + 1)));
  }

  /** Locks one of the messages that are due, whichever. */
  Optional<Message> receive() {
    List<Message> due =
        waiting.stream().filter(one -> !one.visibleAt.isAfter(wire.clock.instant())).toList();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Message message = due.get(wire.random.nextInt(due.size()));
    message.visibleAt = wire.clock.instant().plus(Duration.ofMinutes(5));
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
    if (message.deliveries >= DELIVERIES && waiting.remove(message)) {
      dead.add(message);
    } else {
      message.visibleAt = wire.clock.instant();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Loses one message for good, as a queue that was deleted and made anew would. */
  void loseOne() {
    if (!waiting.isEmpty()) {
      waiting.remove(wire.random.nextInt(waiting.size()));
    }
  }

  List<Message> dead() {
    return dead;
  }
}
