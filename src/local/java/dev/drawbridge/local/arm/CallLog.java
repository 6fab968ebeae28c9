package dev.drawbridge.local.arm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest calls, oldest first. Thread-safe. */
public final class CallLog {
  /** A local Azure may run for days: what is older than this many calls is forgotten. */
  private static final int KEPT = 10_000;

  private final Deque<Call> calls = new ArrayDeque<>();

  synchronized void add(Call call) {
    if (calls.size() == KEPT) {
      calls.removeFirst();
    }
    calls.addLast(call);
  }

  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The calls to one service: arm, graph or identity. */
  public synchronized List<Call> calls(String service) {
    return calls.stream().filter(call -> call.service().equals(service)).toList();
  }

  public synchronized void clear() {
    calls.clear();
  }
}
