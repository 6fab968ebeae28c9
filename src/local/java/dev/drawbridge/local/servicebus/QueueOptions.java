package dev.drawbridge.local.servicebus;

import java.time.Duration;

/**
 * How a queue behaves, in Azure's terms and within Azure's limits.
 *
 * @param lockDuration how long a peek-locked message is its receiver's; at most 5 minutes
 * @param maxDeliveryCount after so many deliveries that did not settle it a message is
 *     dead-lettered
 * @param duplicateDetectionWindow how long a MessageId is remembered, 20 seconds to 7 days; zero:
 *     no duplicate detection
 * @param defaultTimeToLive the longest that a message lives, whatever its own time to live; zero:
 *     no limit
 * @param deadLetterOnExpiry whether an expired message is dead-lettered; else it is dropped
 */
public record QueueOptions(
    String name,
    Duration lockDuration,
    int maxDeliveryCount,
    Duration duplicateDetectionWindow,
    Duration defaultTimeToLive,
    boolean deadLetterOnExpiry) {
  private static final Duration LONGEST_LOCK = Duration.ofMinutes(5);
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(20);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
  private static final Duration LONGEST_LIFE = Duration.ofDays(10_675_199); // TimeSpan.MaxValue

  public QueueOptions {
    require(
        name.matches("[A-Za-z0-9]([\\w./-]{0,258}[A-Za-z0-9_])?"),
        "No name for a queue: '" + name + "'");
    require(
        lockDuration.compareTo(Duration.ZERO) > 0 && lockDuration.compareTo(LONGEST_LOCK) <= 0,
        "A lock lasts more than nothing and at most 5 minutes, not " + lockDuration);
    require(maxDeliveryCount >= 1, "The max delivery count is at least 1");
    require(
        duplicateDetectionWindow.isZero()
            || (duplicateDetectionWindow.compareTo(SHORTEST_WINDOW) >= 0
                && duplicateDetectionWindow.compareTo(LONGEST_WINDOW) <= 0),
        "The duplicate detection window is 20 seconds to 7 days, not " + duplicateDetectionWindow);
    require(
        !defaultTimeToLive.isNegative() && defaultTimeToLive.compareTo(LONGEST_LIFE) <= 0,
        "No time to live: " + defaultTimeToLive);
  }

  /**
   * Azure's defaults, and duplicate detection: a lock of 1 minute, 10 deliveries, a window of 10
   * minutes, no time to live.
   */
  public static QueueOptions named(String name) {
    return new QueueOptions(
        name, Duration.ofMinutes(1), 10, Duration.ofMinutes(10), Duration.ZERO, false);
  }

  public QueueOptions withLockDuration(Duration duration) {
    return new QueueOptions(
        name,
        duration,
        maxDeliveryCount,
        duplicateDetectionWindow,
        defaultTimeToLive,
        deadLetterOnExpiry);
  }

  public QueueOptions withMaxDeliveryCount(int count) {
    return new QueueOptions(
        name, lockDuration, count, duplicateDetectionWindow, defaultTimeToLive, deadLetterOnExpiry);
  }

  public QueueOptions withDuplicateDetectionWindow(Duration window) {
    return new QueueOptions(
        name, lockDuration, maxDeliveryCount, window, defaultTimeToLive, deadLetterOnExpiry);
  }

  public QueueOptions withDefaultTimeToLive(Duration timeToLive) {
    return new QueueOptions(
        name,
        lockDuration,
        maxDeliveryCount,
        duplicateDetectionWindow,
        timeToLive,
        deadLetterOnExpiry);
  }

  public QueueOptions withDeadLetterOnExpiry(boolean deadLetter) {
    return new QueueOptions(
        name,
        lockDuration,
        maxDeliveryCount,
        duplicateDetectionWindow,
        defaultTimeToLive,
        deadLetter);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
