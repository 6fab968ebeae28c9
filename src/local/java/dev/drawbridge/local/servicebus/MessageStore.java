package dev.drawbridge.local.servicebus;

import dev.drawbridge.local.servicebus.StoredMessage.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a queue, found by sequence number, by lock token, by being next, and by the time
 * at which their state ends.
 */
final class MessageStore {
  private final NavigableMap<Long, StoredMessage> all = new TreeMap<>();
  private final NavigableMap<Long, StoredMessage> active = new TreeMap<>();
  private final Map<UUID, StoredMessage> locked = new HashMap<>();
  private final NavigableSet<StoredMessage> deadlines = new TreeSet<>(StoredMessage.BY_DEADLINE);
  private long lastSequenceNumber;

  @Nullable StoredMessage get(long sequenceNumber) {
    return all.get(sequenceNumber);
  }

  @Nullable StoredMessage lockedWith(UUID lockToken) {
    return locked.get(lockToken);
  }

  /** The active message with the lowest sequence number. */
  @Nullable StoredMessage nextActive() {
    Map.Entry<Long, StoredMessage> first = active.firstEntry();
    return first == null ? null : first.getValue();
  }

  /** The message whose state ends first, if that is at {@code now} or before it. */
  @Nullable StoredMessage nextDue(Instant now) {
    return deadlines.isEmpty() || deadlines.first().deadline.isAfter(now)
        ? null
        : deadlines.first();
  }

  Collection<StoredMessage> from(long sequenceNumber) {
    return all.tailMap(sequenceNumber, true).values();
  }

  int size() {
    return all.size();
  }

  int count(State state) {
    return (int) all.values().stream().filter(stored -> stored.state == state).count();
  }

  /** They only grow, and none is given twice. */
  long nextSequenceNumber() {
    return ++lastSequenceNumber;
  }

  /** Puts a message, new or stored, into a state that has no lock. */
  void put(StoredMessage stored, State state, Instant deadline) {
    remove(stored);
    stored.state = state;
    stored.deadline = deadline;
    index(stored);
  }

  void lock(StoredMessage stored, UUID lockToken, Instant until) {
    remove(stored);
    stored.state = State.LOCKED;
    stored.lockToken = lockToken;
    stored.deadline = until;
    index(stored);
  }

  void remove(StoredMessage stored) {
    all.remove(stored.sequenceNumber);
    active.remove(stored.sequenceNumber);
    deadlines.remove(stored);
    if (stored.lockToken != null) {
      locked.remove(stored.lockToken);
      stored.lockToken = null;
    }
  }

  private void index(StoredMessage stored) {
    all.put(stored.sequenceNumber, stored);
    if (stored.state == State.ACTIVE) {
      active.put(stored.sequenceNumber, stored);
    }
    if (stored.lockToken != null) {
      locked.put(stored.lockToken, stored);
    }
    if (stored.deadline.isBefore(StoredMessage.NEVER)) {
      deadlines.add(stored);
    }
  }
}
