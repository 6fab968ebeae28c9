package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Jira's issues, and an admin webhook for "issue updated" and "comment created".
 *
 * <p>Comments have an event of their own, with the text as it is written, and of the issue only a
 * few fields: neither {@code user} nor custom fields are in it.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/webhooks/">Webhooks</a>
 */
final class Jira implements Desk {
  private static final String SITE = "https://contoso.atlassian.net";
  private static final String PROJECT = "OPS-";

  private final Clock clock;
  private final Webhook webhook;
  private final List<JiraIssue> issues = new ArrayList<>();
  private long nextComment = 10_501;

  Jira(Clock clock, Webhook webhook) {
    this.clock = clock;
    this.webhook = webhook;
  }

  @Override
  public synchronized String open(String by, String summary, Map<String, String> form) {
    int number = issues.size();
    JiraIssue issue = new JiraIssue(10_042 + number, PROJECT + (7 + number), summary, form);
    issues.add(issue);
    return issue.key();
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> approve(String key, String by) {
    return moved(get(key), "Approved", Optional.empty(), Person.of(by));
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> close(String key, String by) {
    return moved(get(key), "Done", Optional.of("Done"), Person.of(by));
  }

  @Override
  public synchronized Optional<CompletableFuture<Delivery>> comment(
      String key, String by, boolean isPublic, String text) {
    JiraIssue issue = get(key);
    return commented(issue, add(issue, Person.of(by), isPublic, Adf.of(text)));
  }

  @Override
  public synchronized List<Comment> conversation(String key) {
    return get(key).comments().stream().map(JiraIssue.Remark::toComment).toList();
  }

  @Override
  public synchronized String state(String key) {
    return get(key).status();
  }

  Optional<JiraIssue> find(String idOrKey) {
    return issues.stream().filter(issue -> issue.isCalled(idOrKey)).findFirst();
  }

  JiraIssue.Remark add(JiraIssue issue, Person author, boolean isPublic, ObjectNode body) {
    JiraIssue.Remark comment =
        new JiraIssue.Remark(nextComment++, clock.instant(), author, isPublic, body);
    issue.add(comment);
    return comment;
  }

  /** Tells of a comment. */
  Optional<CompletableFuture<Delivery>> commented(JiraIssue issue, JiraIssue.Remark comment) {
    ObjectNode event = event("comment_created");
    event
        .putObject("comment")
        .put("self", "%s/comment/%d".formatted(issue.self(SITE, 2), comment.id()))
        .put("id", Long.toString(comment.id()))
        .put("body", Adf.plainText(comment.body()))
        .put("created", JiraIssue.time(comment.at()))
        .put("updated", JiraIssue.time(comment.at()))
        .put("jsdPublic", comment.isPublic())
        .<ObjectNode>set("author", JiraIssue.user(comment.author()))
        .set("updateAuthor", JiraIssue.user(comment.author()));
    event.set("issue", issue.toBriefJson(SITE));
    return webhook.send(event.put("eventType", "primaryAction"));
  }

  private Optional<CompletableFuture<Delivery>> moved(
      JiraIssue issue, String toStatus, Optional<String> resolution, Person by) {
    String from = issue.status();
    issue.move(toStatus, resolution);
    ObjectNode event = event("jira:issue_updated").put("issue_event_type_name", "issue_generic");
    event.set("user", JiraIssue.user(by));
    event.set("issue", issue.toJson(SITE, 2));
    event
        .putObject("changelog")
        .put("id", Long.toString(clock.millis()))
        .putArray("items")
        .addObject()
        .put("field", "status")
        .put("fieldtype", "jira")
        .put("fromString", from)
        .put("toString", toStatus);
    return webhook.send(event);
  }

  private ObjectNode event(String name) {
    return Json.object().put("timestamp", clock.millis()).put("webhookEvent", name);
  }

  private JiraIssue get(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("Jira has no issue " + key));
  }
}
