package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import java.util.List;

/** What starts a function, with all {@code %SETTING%} in it resolved. */
public sealed interface Trigger {
  /** One line for people: {@code [GET,POST] api/orders/{id}}. */
  String describe();

  /**
   * An HTTP request.
   *
   * @param route the template with its prefix, without a slash at its start
   * @param methods in upper case; empty for every method
   */
  record Http(String route, List<String> methods, AuthorizationLevel authLevel) implements Trigger {
    public Http {
      methods = List.copyOf(methods);
    }

    boolean allows(String method) {
      return methods.isEmpty() || methods.contains(method);
    }

    @Override
    public String describe() {
      return "[%s] %s".formatted(methods.isEmpty() ? "*" : String.join(",", methods), route);
    }
  }

  /**
   * A message in a Service Bus queue.
   *
   * @param deadLetter whether it is the queue's dead-letter queue that is read
   * @param connectionSetting the name of the setting that holds the connection string
   */
  record Queue(String queue, boolean deadLetter, String connectionSetting) implements Trigger {
    @Override
    public String describe() {
      return "queue " + queue + (deadLetter ? "/$deadletterqueue" : "");
    }
  }

  /** A schedule, a six-field NCRONTAB expression in UTC. */
  record Timer(String schedule) implements Trigger {
    @Override
    public String describe() {
      return "timer " + schedule;
    }
  }
}
