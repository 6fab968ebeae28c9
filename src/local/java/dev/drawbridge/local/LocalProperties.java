package dev.drawbridge.local;

import dev.drawbridge.local.LocalOptions.Ports;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.tickets.LocalTickets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** The system properties {@code local.*}, by which someone at the command line sets the options. */
final class LocalProperties {
  private LocalProperties() {}

  /** The ports of {@code -Dlocal.port.NAME}, else the usual ones. */
  static Ports ports() {
    return new Ports(
        port("functions", 7071),
        port("arm", 7072),
        port("graph", 7073),
        port("tables", 10002),
        port("servicebus", 5672),
        new LocalTickets.Ports(
            port("zendesk", 7074), port("jira", 7075), port("servicenow", 7076)));
  }

  /** Records to the file of {@code -Dlocal.record}, if there is one. */
  static LocalOptions recording(LocalOptions options) {
    return options.recordingTo(value("record").map(Path::of));
  }

  /** {@code -Dlocal.auth=true}: keys are needed. */
  static boolean requireKeys() {
    String text = value("auth").orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong("auth", text, "true or false");
    }
    return text.equals("true");
  }

  /** What Astronomer does: {@code -Dlocal.astro} and {@code -Dlocal.astro.delay}. */
  static Behaviour astro() {
    String how = value("astro").orElse("connects");
    Behaviour behaviour =
        switch (how) {
          case "connects" -> Behaviour.connecting();
          case "one-sided" -> Behaviour.oneSided();
          case "mistaken" -> Behaviour.mistaken();
          case "never" -> Behaviour.never();
          default -> throw wrong("astro", how, "connects, one-sided, mistaken or never");
        };
    return value("astro.delay")
        .map(text -> behaviour.after(duration("astro.delay", text)))
        .orElse(behaviour);
  }

  private static Duration duration(String name, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw wrong(name, text, "an ISO-8601 duration such as PT10S");
    }
  }

  private static int port(String name, int usual) {
    Optional<String> given = value("port." + name);
    if (given.isEmpty()) {
      return usual;
    }
    String text = given.get();
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > 65_535) {
      throw wrong("port." + name, text, "a port from 0 to 65535");
    }
    return port;
  }

  private static Optional<String> value(String name) {
    return Optional.ofNullable(System.getProperty("local." + name)).filter(text -> !text.isBlank());
  }

  private static IllegalArgumentException wrong(String name, String text, String expected) {
    return new IllegalArgumentException(
        "-Dlocal.%s=%s: must be %s".formatted(name, text, expected));
  }
}
