package dev.drawbridge.access;

import java.util.regex.Pattern;

/**
 * Where a request came from.
 *
 * @param system the ticketing system, such as {@code zendesk}
 * @param id the ticket there, such as {@code 12345} or {@code OPS-7}
 */
public record Ticket(String system, String id) {
  private static final Pattern SYSTEM = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public Ticket {
    Names.check(system, SYSTEM, "1 to 32 lower-case letters, digits and hyphens");
    Names.check(id, ID, "1 to 100 letters, digits, dots, _ and hyphens");
  }

  @Override
  public String toString() {
    return system + "/" + id;
  }
}
