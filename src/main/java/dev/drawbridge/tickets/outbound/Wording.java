package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Fact;
import dev.drawbridge.access.Grantee;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.OneLine;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Undecided;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person reads of each step, in plain text. */
final class Wording {
  private static final int MOST_CONNECTIONS = 10;
  private static final String SUPPORT = "https://cloud.astronomer.io/open-support-request";

  /** The same request again is the same operation, which has ended. */
  private static final String AGAIN =
      "To ask again with nothing changed, use another ticket, or an Idempotency-Key of its own.";

  private final String app;

  /**
   * @param publicUrl the address of the app that people see; without it, paths are told alone
   */
  Wording(Optional<URI> publicUrl) {
    app = publicUrl.map(url -> url.toString().replaceFirst("/+$", "")).orElse("");
  }

  /** The text, with the notice's marker on the last line, and no other in it. */
  String of(Operation operation, Notice notice) {
    String text =
        switch (notice.step()) {
          case ACCEPTED -> accepted(operation);
          case GRANTED -> granted(operation);
          case WAITING -> waiting(operation, notice);
          case APPROVAL_NEEDED -> approvalNeeded(operation);
          case ATTENTION -> attention(operation, notice);
          case CONNECTED -> connected(operation);
          case FAILED -> ended(operation, "This request has failed") + "\n" + AGAIN;
          case CANCELED -> ended(operation, "This request is canceled");
          case REVOKED -> revoked(operation);
        };
    // Whatever comes from elsewhere, no text of it is a marker, or one of the systems' own codes.
    String safe = text.strip().replace('[', '(').replace(']', ')');
    return safe + "\n\n" + notice.marker(operation.id());
  }

  private String accepted(Operation operation) {
    return """
    Drawbridge has accepted this request: %s, for the Astro cluster %s.
    It ends at %s at the latest. Operation: %s"""
        .formatted(
            connection(operation),
            operation.request().terms().clusterId(),
            utc(operation.expiresAt()),
            location(operation));
  }

  private String granted(Operation operation) {
    String given =
        operation
            .access()
            .filter(access -> operation.request().grantee() != Grantee.NOBODY)
            .map(access -> given(operation, access))
            .orElse(
                """
                Nobody was given a role: people approve the connection, and Drawbridge watches for it until %s."""
                    .formatted(utc(operation.expiresAt())));
    return """
    %s

    To have Astronomer connect, send this text at %s:

    %s"""
        .formatted(given, SUPPORT, operation.supportText());
  }

  private static String given(Operation operation, Access access) {
    boolean toVendor = operation.request().grantee() == Grantee.VENDOR;
    return """
    %s
    Role: %s
    Scope: %s
    Principal: %s
    Until: %s at the latest, %s after the request; sooner, once the connection stands"""
        .formatted(
            toVendor
                ? "Astronomer's service principal has temporary access."
                : "Drawbridge has given itself temporary access, to approve the private endpoint.",
            access.roleName(),
            access.scope(),
            access.principalId(),
            utc(operation.expiresAt()),
            words(operation.request().terms().expiresIn()));
  }

  private static String waiting(Operation operation, Notice notice) {
    String seen = notice.detail().isEmpty() ? operation.seen() : notice.detail();
    if (operation.ending().isPresent()) {
      return "Its access is not gone yet: %s.".formatted(seen);
    }
    return """
    Waiting for the connection. Seen now: %s
    Drawbridge goes on watching until %s."""
        .formatted(seen.isEmpty() ? "nothing of it yet" : seen, utc(operation.expiresAt()));
  }

  private String approvalNeeded(Operation operation) {
    StringBuilder text =
        new StringBuilder(
            """
            A person has to say which of these connections is the one that was asked for. They are not touched until then:
            """);
    List<Undecided> undecided = operation.undecided();
    for (Undecided one : undecided.subList(0, Math.min(MOST_CONNECTIONS, undecided.size()))) {
      text.append(
          "- %s, whose maker wrote: \"%s\"\n"
              .formatted(OneLine.of(one.connectionId()), one.message()));
    }
    if (undecided.size() > MOST_CONNECTIONS) {
      text.append("- and %d more\n".formatted(undecided.size() - MOST_CONNECTIONS));
    }
    return text.append(
            """

            Make sure with Astronomer whose it is, then name it (anyone can write a message):
            POST %s/approve
            x-functions-key: a key of the app
            Content-Type: application/json

            {"connectionId": "the id of the connection"}

            With none named, this request ends at %s."""
                .formatted(location(operation), utc(operation.expiresAt())))
        .toString();
  }

  private String attention(Operation operation, Notice notice) {
    return "This takes a person: %s.\nOperation: %s"
        .formatted(notice.detail(), location(operation));
  }

  private static String connected(Operation operation) {
    String addressed =
        Optional.ofNullable(operation.facts().get(Fact.PRIVATE_LINK_NAMES))
            .map(names -> "From Astro it is addressed as %s.\n".formatted(OneLine.of(names)))
            .orElse("");
    return "The connection stands: %s.\n%s%s"
        .formatted(operation.seen(), addressed, whatOfAccess(operation));
  }

  private String ended(Operation operation, String what) {
    String why = operation.ending().map(Wording::why).orElse("The operation's events say why.");
    return "%s. %s\n%s\nOperation: %s"
        .formatted(what, why, whatOfAccess(operation), location(operation));
  }

  private static String why(Ending ending) {
    return "%s (%s)".formatted(ending.message(), ending.code());
  }

  /** What becomes of the access, at an ending. */
  private static String whatOfAccess(Operation operation) {
    if (operation.access().isEmpty()) {
      return "No access was given.";
    }
    if (!events(operation, "accessGone").isEmpty()) {
      return "Its access is gone.";
    }
    List<Event> shared = events(operation, "accessShared");
    return shared.isEmpty()
        ? "Its access is being taken away; you are told when it is gone."
        : "Its access is shared, and is taken away when nobody needs it any more: %s."
            .formatted(shared.get(0).detail());
  }

  private static String revoked(Operation operation) {
    List<String> lines = new ArrayList<>();
    lines.add("The access that was given for this request is gone. The evidence:");
    for (String what : List.of("assignmentDeleted", "accessGone")) {
      for (Event event : events(operation, what)) {
        lines.add(
            "- %s: %s%s"
                .formatted(
                    utc(event.at()),
                    what.equals("assignmentDeleted")
                        ? "the role assignment was deleted, " + event.detail()
                        : event.detail(),
                    event
                        .correlationId()
                        .map(id -> " (correlation id in Azure's activity log: %s)".formatted(id))
                        .orElse("")));
      }
    }
    if (!events(operation, "accessShared").isEmpty()) {
      lines.add("It was shared with other requests, and went when the last had no need of it.");
    }
    return String.join("\n", lines);
  }

  private static List<Event> events(Operation operation, String what) {
    return operation.events().stream().filter(event -> event.what().equals(what)).toList();
  }

  private static String connection(Operation operation) {
    String target = operation.request().target().toString();
    return switch (operation.request().kind()) {
      case VNET_PEERING -> "a peering with the virtual network " + target;
      case VHUB_PEERING -> "a connection to the virtual hub " + target;
      case PRIVATE_LINK -> "a private endpoint for " + target;
    };
  }

  private String location(Operation operation) {
    return "%s/api/operations/%s".formatted(app, operation.id());
  }

  private static String utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Such as {@code 3 days 12 hours}. */
  private static String words(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    add(parts, duration.toSecondsPart(), "second");
    return String.join(" ", parts);
  }

  private static void add(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add("%d %s%s".formatted(count, unit, count == 1 ? "" : "s"));
    }
  }
}
