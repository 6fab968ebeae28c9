package dev.drawbridge.local.functions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts the invocations that run, what follows them (an answer, a settlement) included. */
final class Invocations {
  private final List<String> running = new ArrayList<>();

  synchronized void begin(String function) {
    running.add(function);
  }

  synchronized void end(String function) {
    running.remove(function);
    notifyAll();
  }

  /** What still runs after at most that (real) time; empty when all has come to its end. */
  synchronized List<String> await(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (!running.isEmpty() && left > 0) {
      wait(left / 1_000_000 + 1);
      left = deadline - System.nanoTime();
    }
    return List.copyOf(running);
  }
}
