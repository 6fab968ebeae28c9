package dev.drawbridge.local.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A queue at its boundaries, without AMQP. */
class QueueTest {
  private static final Duration LOCK = Duration.ofMinutes(1);
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final LocalClock clock = LocalClock.standingAt(Instant.parse("2026-01-01T00:00:00Z"));
  private final Queue queue = queue(QueueOptions.named("q"));

  /** Takes what it has room for, and keeps it. */
  private static final class Taker implements MessageConsumer {
    final List<String> ids = new ArrayList<>();
    final List<UUID> tokens = new ArrayList<>();
    final boolean deletes;
    int room;

    Taker(int room, boolean deletes) {
      this.room = room;
      this.deletes = deletes;
    }

    @Override
    public boolean ready() {
      return room > 0;
    }

    @Override
    public boolean deletesOnReceipt() {
      return deletes;
    }

    @Override
    public void deliver(StoredMessage stored) {
      room--;
      ids.add(Objects.requireNonNull(stored.message.messageId()));
      if (stored.lockToken != null) {
        tokens.add(stored.lockToken);
      }
    }
  }

  @Test
  void deliver_whenConsumersAreReady_thenInOrderAndInTurns() {
    enqueue(queue, "a", "b", "c", "d", "e");
    Taker one = taker(queue, 3);
    Taker two = taker(queue, 1);
    queue.deliver();
    assertEquals(List.of("b", "c", "d"), one.ids);
    assertEquals(List.of("a"), two.ids);
    assertCounts(queue, 1, 4, 0, 0, 0);

    queue.remove(two);
    two.room = 1;
    queue.deliver();
    assertCounts(queue, 1, 4, 0, 0, 0);
  }

  @Test
  void deliver_whenConsumerDeletes_thenNothingStays() {
    enqueue(queue, "a");
    Taker deleting = new Taker(1, true);
    queue.add(deleting);
    queue.deliver();
    assertEquals(List.of("a"), deleting.ids);
    assertEquals(List.of(), deleting.tokens);
    assertCounts(queue, 0, 0, 0, 0, 0);
  }

  @Test
  void complete_whenAMomentBeforeTheLockEnds_thenGone() {
    UUID token = receive(queue, "a");
    clock.advance(LOCK.minus(A_MOMENT));
    assertTrue(queue.complete(token));
    assertCounts(queue, 0, 0, 0, 0, 0);
    assertFalse(queue.complete(token));
  }

  @Test
  void complete_whenTheLockEndsNow_thenLostAndCounted() {
    UUID token = receive(queue, "a");
    clock.advance(LOCK);
    assertFalse(queue.complete(token));
    assertCounts(queue, 1, 0, 0, 0, 0);
    assertEquals(1, only(queue).deliveryCount);
  }

  @Test
  void settle_whenLockLost_thenEachSaysSo() {
    UUID token = receive(queue, "a");
    clock.advance(LOCK);
    assertFalse(queue.abandon(token, Map.of("x", 1)));
    assertFalse(queue.release(token));
    assertFalse(queue.defer(token, Map.of()));
    assertFalse(queue.deadLetter(token, Map.of()));
    assertEquals(Optional.empty(), queue.renew(token));
    assertCounts(queue, 1, 0, 0, 0, 0);
    assertEquals(Map.of(), only(queue).message.applicationProperties());
  }

  @Test
  void renew_whenInTime_thenTheLockIsWholeAgain() {
    UUID token = receive(queue, "a");
    clock.advance(LOCK.minus(A_MOMENT));
    assertEquals(Optional.of(clock.instant().plus(LOCK)), queue.renew(token));
    clock.advance(LOCK.minus(A_MOMENT));
    assertTrue(queue.complete(token));
  }

  @Test
  void release_whenOften_thenNeverCounted() {
    Queue once = queue(QueueOptions.named("q").withMaxDeliveryCount(1));
    UUID token = receive(once, "a");
    assertTrue(once.release(token));
    assertTrue(once.release(receiveAgain(once)));
    assertCounts(once, 1, 0, 0, 0, 0);
    assertEquals(0, only(once).deliveryCount);
  }

  @Test
  void abandon_whenItWasTheLastDelivery_thenDeadLettered() {
    Queue twice = queue(QueueOptions.named("q").withMaxDeliveryCount(2));
    assertTrue(twice.abandon(receive(twice, "a"), Map.of("x", 1)));
    assertCounts(twice, 1, 0, 0, 0, 0);
    assertTrue(twice.abandon(receiveAgain(twice), Map.of("x", 2)));
    assertCounts(twice, 0, 0, 0, 0, 1);
    StoredMessage dead = only(deadLettersOf(twice));
    assertEquals(2, dead.deliveryCount);
    assertEquals(2, dead.message.applicationProperties().get("x"));
    assertEquals(
        "MaxDeliveryCountExceeded", dead.message.applicationProperties().get("DeadLetterReason"));
    assertEquals("q", dead.message.annotations().get(Annotations.DEAD_LETTER_SOURCE));
  }

  @Test
  void lockEnd_whenItWasTheLastDelivery_thenDeadLettered() {
    Queue once = queue(QueueOptions.named("q").withMaxDeliveryCount(1));
    receive(once, "a");
    clock.advance(LOCK);
    assertCounts(once, 0, 0, 0, 0, 1);
  }

  @Test
  void deadLetters_whenAbandonedOrDeadLetteredAgainAndAgain_thenTheyStay() {
    Queue once = queue(QueueOptions.named("q").withMaxDeliveryCount(1));
    assertTrue(once.deadLetter(receive(once, "a"), Map.of("DeadLetterReason", "r")));
    Queue dead = deadLettersOf(once);
    for (int i = 0; i < 20; i++) {
      assertTrue(dead.abandon(receiveAgain(dead), Map.of()));
    }
    assertTrue(dead.deadLetter(receiveAgain(dead), Map.of()));
    clock.advance(Duration.ofDays(365));
    assertCounts(once, 0, 0, 0, 0, 1);
    assertCounts(dead, 1, 0, 0, 0, 0);
    assertTrue(dead.complete(receiveAgain(dead)));
    assertCounts(once, 0, 0, 0, 0, 0);
  }

  @Test
  void enqueue_whenDuplicate_thenTheNumberOfTheFirst() {
    assertEquals(1, queue.enqueue(Messages.message("a")));
    assertEquals(2, queue.enqueue(Messages.message("b")));
    assertEquals(1, queue.enqueue(Messages.message("a")));
    assertCounts(queue, 2, 0, 0, 0, 0);
  }

  @Test
  void enqueue_whenTheFirstIsCompleted_thenStillADuplicate() {
    assertTrue(queue.complete(receive(queue, "a")));
    enqueue(queue, "a");
    assertCounts(queue, 0, 0, 0, 0, 0);
    clock.advance(Duration.ofMinutes(10));
    enqueue(queue, "a");
    assertCounts(queue, 1, 0, 0, 0, 0);
  }

  @Test
  void enqueue_whenDuplicateOfAScheduledOne_thenDropped() {
    queue.enqueue(Messages.scheduled("a", clock.instant().plus(LOCK)));
    enqueue(queue, "a");
    assertCounts(queue, 0, 0, 1, 0, 0);
  }

  @Test
  void enqueue_whenNoMessageId_thenNeverADuplicate() {
    queue.enqueue(Messages.withoutId());
    queue.enqueue(Messages.withoutId());
    assertCounts(queue, 2, 0, 0, 0, 0);
  }

  @Test
  void enqueue_whenNoWindow_thenNeverADuplicate() {
    Queue forgetful = queue(QueueOptions.named("q").withDuplicateDetectionWindow(Duration.ZERO));
    enqueue(forgetful, "a", "a");
    assertCounts(forgetful, 2, 0, 0, 0, 0);
  }

  @Test
  void schedule_whenDue_thenAppendedAsNew() {
    Instant due = clock.instant().plusSeconds(60);
    long scheduled = queue.enqueue(Messages.scheduled("late", due));
    enqueue(queue, "early");
    clock.advance(Duration.ofSeconds(60).minus(A_MOMENT));
    assertCounts(queue, 1, 0, 1, 0, 0);
    clock.advance(A_MOMENT);
    assertCounts(queue, 2, 0, 0, 0, 0);
    Taker taker = taker(queue, 2);
    queue.deliver();
    assertEquals(List.of("early", "late"), taker.ids);
    StoredMessage late = queue.peek(3, 1).get(0);
    assertEquals(scheduled, late.enqueuedSequenceNumber);
    assertEquals(due, late.enqueuedAt);
    assertFalse(queue.cancelScheduled(scheduled));
    assertFalse(queue.cancelScheduled(late.sequenceNumber));
  }

  @Test
  void schedule_whenInThePast_thenActiveAtOnce() {
    queue.enqueue(Messages.scheduled("a", clock.instant()));
    assertCounts(queue, 1, 0, 0, 0, 0);
  }

  @Test
  void schedule_whenItHasATimeToLive_thenItBeginsWhenDue() {
    Message message = Messages.scheduled("a", clock.instant().plusSeconds(60));
    queue.enqueue(message.livingFor(Duration.ofSeconds(30)));
    clock.advance(Duration.ofSeconds(60));
    assertCounts(queue, 1, 0, 0, 0, 0);
    clock.advance(Duration.ofSeconds(30));
    assertCounts(queue, 0, 0, 0, 0, 0);
  }

  @Test
  void timeToLive_whenOverWhileLocked_thenItMayStillBeCompleted() {
    UUID token = receiveLiving(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(30));
    assertCounts(queue, 0, 1, 0, 0, 0);
    assertTrue(queue.complete(token));
  }

  @Test
  void timeToLive_whenOverWhileLocked_thenItGoesWithTheLock() {
    receiveLiving(Duration.ofSeconds(10));
    clock.advance(LOCK);
    assertCounts(queue, 0, 0, 0, 0, 0);
  }

  @Test
  void timeToLive_whenDeferred_thenItStays() {
    UUID token = receiveLiving(Duration.ofSeconds(10));
    assertTrue(queue.defer(token, Map.of()));
    clock.advance(Duration.ofDays(1));
    assertCounts(queue, 0, 0, 0, 1, 0);
  }

  @Test
  void timeToLive_whenTheQueuesIsLongerThanTheHeaderCanSay_thenStillKept() {
    Duration days = Duration.ofDays(100);
    Queue patient =
        queue(QueueOptions.named("q").withDefaultTimeToLive(days).withDeadLetterOnExpiry(true));
    enqueue(patient, "a");
    clock.advance(days.minus(A_MOMENT));
    assertCounts(patient, 1, 0, 0, 0, 0);
    clock.advance(A_MOMENT);
    assertCounts(patient, 0, 0, 0, 0, 1);
  }

  @Test
  void receiveDeferred_whenOneIsMissing_thenNone() {
    assertTrue(queue.defer(receive(queue, "a"), Map.of()));
    assertEquals(Optional.empty(), queue.receiveDeferred(List.of(1L, 2L), false));
    assertCounts(queue, 0, 0, 0, 1, 0);
    assertEquals(1, queue.receiveDeferred(List.of(1L), true).orElseThrow().size());
    assertCounts(queue, 0, 0, 0, 0, 0);
  }

  @Test
  void receiveDeferred_whenTheLockEnds_thenDeferredAgainAndCounted() {
    assertTrue(queue.defer(receive(queue, "a"), Map.of("x", 1)));
    assertEquals(1, queue.receiveDeferred(List.of(1L), false).orElseThrow().size());
    assertCounts(queue, 0, 1, 0, 0, 0);
    clock.advance(LOCK);
    assertCounts(queue, 0, 0, 0, 1, 0);
    assertEquals(1, only(queue).deliveryCount);
    assertEquals(Map.of("x", 1), only(queue).message.applicationProperties());
  }

  @Test
  void peek_whenFromANumber_thenFromThereAndNoMoreThanAsked() {
    enqueue(queue, "a", "b", "c", "d");
    assertEquals(
        List.of(2L, 3L), queue.peek(2, 2).stream().map(stored -> stored.sequenceNumber).toList());
    assertEquals(List.of(), queue.peek(5, 10));
  }

  @Test
  void deadLetters_whenOfADeadLetterQueue_thenNone() {
    assertNull(deadLettersOf(queue).deadLetters());
    assertEquals("q/$DeadLetterQueue", deadLettersOf(queue).address());
  }

  private Queue queue(QueueOptions options) {
    return new Queue(options, clock);
  }

  private static void enqueue(Queue queue, String... ids) {
    for (String id : ids) {
      queue.enqueue(Messages.message(id));
    }
  }

  private static Taker taker(Queue queue, int room) {
    Taker taker = new Taker(room, false);
    queue.add(taker);
    return taker;
  }

  private static UUID receive(Queue queue, String id) {
    enqueue(queue, id);
    return receiveAgain(queue);
  }

  private UUID receiveLiving(Duration timeToLive) {
    queue.enqueue(Messages.message("a").livingFor(timeToLive));
    return receiveAgain(queue);
  }

  private static UUID receiveAgain(Queue queue) {
    Taker taker = taker(queue, 1);
    queue.deliver();
    queue.remove(taker);
    return taker.tokens.get(0);
  }

  private static StoredMessage only(Queue queue) {
    List<StoredMessage> all = queue.peek(0, 2);
    assertEquals(1, all.size());
    return all.get(0);
  }

  private static Queue deadLettersOf(Queue queue) {
    return Objects.requireNonNull(queue.deadLetters());
  }

  private static void assertCounts(
      Queue queue, int active, int locked, int scheduled, int deferred, int deadLettered) {
    assertEquals(
        new QueueCounts(active, locked, scheduled, deferred, deadLettered), queue.counts());
  }
}
