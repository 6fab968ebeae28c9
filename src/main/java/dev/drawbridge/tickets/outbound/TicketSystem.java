package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.util.regex.Pattern;

/** A ticketing system, as far as its tickets are commented on. */
interface TicketSystem {
  /** How many comments are looked at, the newest first: {@value} pages of {@link #PAGE_SIZE}. */
  int MOST_PAGES = 10;

  int PAGE_SIZE = 100;

  /**
   * Whether a ticket has a comment that carries the marker, among its latest.
   *
   * @throws PassingFault if that can't be found out now
   * @throws PermanentFault if it never can
   */
  boolean hasComment(String ticketId, String marker);

  /**
   * Writes a comment.
   *
   * @throws PassingFault if it was not taken now, or may have been
   * @throws PermanentFault if it never will be
   */
  void comment(String ticketId, String text);

  /**
   * Whether a text carries the marker, with or without its brackets: some systems take brackets for
   * a link.
   */
  static boolean carries(String text, String marker) {
    String core = marker.replaceAll("[\\[\\]]", "");
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(core) + "(?![\\w-])").matcher(text).find();
  }
}
