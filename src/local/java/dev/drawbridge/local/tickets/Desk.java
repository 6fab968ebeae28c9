package dev.drawbridge.local.tickets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The tickets of one system, and what people do with them. What changes one gives the webhook that
 * tells of it; nothing while nobody is told. Thread-safe, with itself as the lock.
 */
interface Desk {
  /**
   * Opens a ticket, which waits for approval.
   *
   * @param form the request's fields by the names that Drawbridge's API has for them
   * @return the ticket's id
   * @throws IllegalArgumentException if this system's form lacks one of the fields
   */
  String open(String by, String summary, Map<String, String> form);

  Optional<CompletableFuture<Delivery>> approve(String ticket, String by);

  Optional<CompletableFuture<Delivery>> close(String ticket, String by);

  Optional<CompletableFuture<Delivery>> comment(
      String ticket, String by, boolean isPublic, String text);

  List<Comment> conversation(String ticket);

  /** The ticket's status as the system words it. */
  String state(String ticket);
}
