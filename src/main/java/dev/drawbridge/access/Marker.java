package dev.drawbridge.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a role assignment of ours says of itself in its description, so that it is known for ours,
 * and for overdue, without the ledger.
 *
 * @param operation the operation that asked for it last
 * @param expiresAt when the last of its holders' time is over
 */
public record Marker(OperationId operation, Instant expiresAt) {
  private static final Pattern FORM =
      Pattern.compile(
          "Temporary access, made and removed by Drawbridge \\[operation=(\\S+) expires=(\\S+)]");

  /** The description. Azure advises at most 512 characters. */
  public String toDescription() {
    return "Temporary access, made and removed by Drawbridge [operation=%s expires=%s]"
        .formatted(operation, expiresAt);
  }

  /** The marker of a description that has exactly our form, else nothing. */
  public static Optional<Marker> of(String description) {
    Matcher form = FORM.matcher(description);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Marker(OperationId.parse(form.group(1)), Instant.parse(form.group(2))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty(); // looks like ours but is not: nothing that we wrote is unreadable
    }
  }
}
