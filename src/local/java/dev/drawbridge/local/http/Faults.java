package dev.drawbridge.local.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The faults that are put into a service's calls, in the order they were added. Thread-safe. */
public final class Faults {
  /** Thrown by a handler to have the connection closed without an answer. */
  public static final class ConnectionLost extends RuntimeException {
    public ConnectionLost() {
      super("A fault closed the connection", null, false, false);
    }
  }

  private final List<Fault> waiting = new ArrayList<>();

  public synchronized void add(Fault fault) {
    if (fault.times() > 0) {
      waiting.add(fault);
    }
  }

  public synchronized void clear() {
    waiting.clear();
  }

  /** What has not hit yet. */
  public synchronized List<Fault> waiting() {
    return List.copyOf(waiting);
  }

  /**
   * A handler that answers with the faults added here, and otherwise as {@code handler} does.
   *
   * @param envelope writes a fault as the service would; Retry-After is added here
   */
  public LocalServer.Handler around(
      LocalServer.Handler handler, Function<Fault, Response> envelope) {
    return request -> {
      Optional<Fault> hit = take(request);
      if (hit.isEmpty()) {
        return handler.handle(request);
      }
      Fault fault = hit.get();
      if (fault.afterEffect()) {
        handler.handle(request);
      }
      if (fault.status() == 0) {
        throw new ConnectionLost();
      }
      Response response = envelope.apply(fault);
      String retryAfter = fault.retryAfter();
      return retryAfter == null ? response : response.with("Retry-After", retryAfter);
    };
  }

  private synchronized Optional<Fault> take(Request request) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.matches(request)) {
        if (fault.times() == 1) {
          waiting.remove(i);
        } else {
          waiting.set(
              i,
              new Fault(
                  fault.method(),
                  fault.path(),
                  fault.status(),
                  fault.code(),
                  fault.retryAfter(),
                  fault.times() - 1,
                  fault.afterEffect()));
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
