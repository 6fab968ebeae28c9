package dev.drawbridge.access.fakes;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.flow.Granting;
import dev.drawbridge.access.port.RequestQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/** A queue that knows repeats for ten minutes, schedules, and delivers again what was thrown. */
public final class FakeQueue implements RequestQueue {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int DELIVERIES = 10;

  private record Message(String body, String queue, Instant dueAt, int deliveries) {}

  private final Calls calls;
  private final Clock clock;
  private final Map<String, Instant> seen = new HashMap<>();
  private List<Message> waiting = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  public FakeQueue(Calls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public void send(Operation operation) {
    calls.run(
        "queue.send",
        () -> {
          Attempt attempt = new Attempt(operation.id(), operation.delivery().attempt());
          Instant now = clock.instant();
          Instant known = seen.get(attempt.messageId());
          if (known == null || known.plus(REMEMBERED).isBefore(now)) {
            seen.put(attempt.messageId(), now);
            put(attempt, operation.request().kind().queue(), operation.delivery().dueAt());
          }
        });
  }

  @Override
  public Attempt read(String message) {
    int slash = message.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no message of ours");
    }
    return new Attempt(
        new OperationId(Guids.parse(message.substring(0, slash))),
        Integer.parseInt(message.substring(slash + 1)));
  }

  /** Puts a message in, as a redelivery or somebody else would. */
  public void put(Attempt attempt, String queue, Instant dueAt) {
    waiting.add(new Message(attempt.messageId(), queue, dueAt, 0));
  }

  /** Loses all messages that wait. */
  public void lose() {
    waiting = new ArrayList<>();
  }

  public int deadLettered() {
    return deadLetters.size();
  }

  /** What was given up, in order; each stays, so that it can be delivered again and again. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Delivers what is due as the host would: completed if it returns, again if it throws. */
  public void deliverDue(Granting granting, Logger log) {
    List<Message> due =
        waiting.stream().filter(one -> !one.dueAt().isAfter(clock.instant())).toList();
    for (Message message : due) {
      waiting.remove(message);
      boolean completed = false;
      try {
        granting.attempt(message.body(), message.queue(), log);
        completed = true;
      } catch (RuntimeException e) {
        log.fine(() -> "abandoned: " + e.getMessage());
      } finally {
        if (!completed) {
          abandon(message);
        }
      }
    }
  }

  private void abandon(Message message) {
    if (message.deliveries() + 1 >= DELIVERIES) {
      deadLetters.add(
          new DeadLetter(
              message.queue(),
              deadLetters.size() + 1,
              message.dueAt().toString(),
              message.body(),
              "MaxDeliveryCountExceeded",
              "Message could not be consumed after 10 delivery attempts."));
    } else {
      waiting.add(
          new Message(message.body(), message.queue(), message.dueAt(), message.deliveries() + 1));
    }
  }
}
