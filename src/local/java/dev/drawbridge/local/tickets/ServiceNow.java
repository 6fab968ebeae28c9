package dev.drawbridge.local.tickets;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * ServiceNow's requested items, and a business rule that sends a REST message after each update of
 * one. A ticket's id is its number.
 */
final class ServiceNow implements Desk {
  private static final int FIRST = 10_042;

  private final Clock clock;
  private final Webhook webhook;
  private final List<RequestedItem> items = new ArrayList<>();
  private int entries;

  ServiceNow(Clock clock, Webhook webhook) {
    this.clock = clock;
    this.webhook = webhook;
  }

  @Override
  public synchronized String open(String by, String summary, Map<String, String> form) {
    String number = "RITM%07d".formatted(FIRST + items.size());
    items.add(new RequestedItem(number, Person.of(by), summary, form, clock.instant()));
    return number;
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> approve(String number, String by) {
    get(number).setApproval("approved");
    get(number).setState("2");
    return updated(get(number), Person.of(by));
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> close(String number, String by) {
    get(number).setState("3");
    return updated(get(number), Person.of(by));
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> comment(
      String number, String by, boolean isPublic, String text) {
    write(get(number), Person.of(by), isPublic ? "comments" : "work_notes", text);
    return updated(get(number), Person.of(by));
  }

  @Override
  public synchronized List<Comment> conversation(String number) {
    return get(number).journal().stream().map(RequestedItem.Entry::toComment).toList();
  }

  @Override
  public synchronized String state(String number) {
    return get(number).state();
  }

  List<RequestedItem> items() {
    return items;
  }

  /** Appends to a journal field. */
  void write(RequestedItem item, Person author, String element, String text) {
    String sysId = RequestedItem.id("entry " + ++entries);
    item.add(new RequestedItem.Entry(sysId, clock.instant(), author, element, text));
  }

  /** What every update ends with, by whomever: the business rule. */
  Optional<CompletableFuture<Delivery>> updated(RequestedItem item, Person by) {
    item.touch(clock.instant(), by);
    return webhook.send(item.toEvent());
  }

  private RequestedItem get(String number) {
    return items.stream()
        .filter(item -> item.number().equals(number))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("ServiceNow has no requested item " + number));
  }
}
