package dev.drawbridge.local.servicebus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receivers of a queue, which take turns. */
final class Consumers {
  private final List<MessageConsumer> all = new ArrayList<>();
  private int last;

  void add(MessageConsumer consumer) {
    all.add(consumer);
  }

  void remove(MessageConsumer consumer) {
    all.remove(consumer);
  }

  /** The next one, after the last one that had a turn, that is ready; null if none is. */
  @Nullable MessageConsumer nextReady() {
    for (int i = 0; i < all.size(); i++) {
      last = (last + 1) % all.size();
      if (all.get(last).ready()) {
        return all.get(last);
      }
    }
    return null;
  }
}
