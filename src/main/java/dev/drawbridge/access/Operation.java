package dev.drawbridge.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The record of one request, from its acceptance to its end.
 *
 * @param expiresAt when access ends whatever else happens
 * @param matchCode by which a private endpoint is known for this operation's
 * @param baseline the connections that are not this operation's
 * @param facts what the preflight has found out
 * @param access the access it was to get, from just before its first effect on
 * @param connection the connection that confirmed it
 * @param chosen the connection that is known for this operation's: a person has named it, or it
 *     bore the operation's sign while it was pending
 * @param undecided connections whose owner a person has to tell
 * @param seen what was last seen of the connection
 * @param ending how it is to end; from then on its access is being taken away
 * @param endedAt when it ended; after that, only what it has to tell changes
 * @param trail what happened to it
 * @param outbox what it has to tell, and to whom
 * @param trace the distributed trace that its request came with
 */
public record Operation(
    OperationId id,
    ConnectionRequest request,
    Instant acceptedAt,
    Instant expiresAt,
    MatchCode matchCode,
    Delivery delivery,
    Phase phase,
    Set<String> baseline,
    Map<Fact, String> facts,
    Optional<Access> access,
    Optional<String> connection,
    Optional<String> chosen,
    List<Undecided> undecided,
    String seen,
    Optional<Ending> ending,
    Optional<Instant> endedAt,
    Trail trail,
    Outbox outbox,
    Optional<TraceContext> trace) {

  /** The event that Azure has answered that the access is gone. */
  public static final String ACCESS_GONE = "accessGone";

  /** The event after which nothing of it is left. */
  public static final String ENDED = "ended";

  /** Events beyond this many are not kept: what is seen may change for ever, the record may not. */
  private static final int MOST_EVENTS = 200;

  /** Anyone who knows a resource's id can have an endpoint wait on it. */
  private static final int MOST_UNDECIDED = 50;

  public Operation {
    seen = OneLine.of(seen);
    baseline = Set.copyOf(baseline);
    facts = Map.copyOf(facts);
    undecided = List.copyOf(undecided);
  }

  /**
   * A request that was just accepted; its message is not sent yet.
   *
   * @param source who has sent it, such as {@code api}
   */
  public static Operation accepted(
      OperationId id,
      ConnectionRequest request,
      MatchCode matchCode,
      Set<Addressee> addressees,
      String source,
      Instant now) {
    return new Operation(
            id,
            request,
            now,
            now.plus(request.terms().expiresIn()),
            matchCode,
            new Delivery(0, now, false),
            Phase.QUEUED,
            Set.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            Trail.EMPTY,
            Outbox.to(addressees),
            Optional.empty())
        .with(
            Event.of(
                now,
                "accepted",
                "from ticket %s by %s".formatted(request.terms().ticket(), source)))
        .tells(Step.ACCEPTED, "", now);
  }

  /** As a part of a trace, from its acceptance on. */
  public Operation tracedBy(Optional<TraceContext> itsTrace) {
    return change().trace(itsTrace).build();
  }

  public List<Event> events() {
    return trail.events();
  }

  /** Whether what happened to it stands as it was written down. */
  public Trail.State trailState() {
    return trail.check(id);
  }

  public Status status() {
    if (endedAt.isPresent()) {
      return ending.map(Ending::status).orElse(Status.FAILED);
    }
    boolean untouched = phase == Phase.QUEUED && access.isEmpty() && delivery.attempt() == 0;
    return untouched && ending.isEmpty() ? Status.NOT_STARTED : Status.RUNNING;
  }

  /** Whether it still waits for its grant. */
  public boolean awaitsGrant() {
    return phase == Phase.QUEUED && ending.isEmpty() && endedAt.isEmpty();
  }

  /** Whether it has access and waits for its connection. */
  public boolean awaitsConnection() {
    return phase == Phase.GRANTED && ending.isEmpty() && endedAt.isEmpty();
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  public Operation sent(Instant now) {
    return delivery.sent()
        ? this
        : change()
            .delivery(delivery.markedSent())
            .build()
            .with(Event.of(now, "queued", "on " + request.kind().queue()));
  }

  /** The next attempt's message is to be delivered at {@code dueAt}. */
  public Operation retriesAt(Instant dueAt, Instant now, String why) {
    return change()
        .delivery(new Delivery(delivery.attempt() + 1, dueAt, false))
        .build()
        .with(Event.of(now, "retry", "at %s: %s".formatted(dueAt, why)));
  }

  /** What was found before access is granted, or watched for without any. */
  public Operation passed(Preflight.Passed preflight) {
    Set<String> notIts = new TreeSet<>(baseline); // another's may be known since before the look
    notIts.addAll(preflight.baseline());
    return change().baseline(notIts).facts(preflight.facts()).build();
  }

  /** What it is about to be given, written before the first effect. */
  public Operation intends(Access intended) {
    return change().access(Optional.of(intended)).build();
  }

  public Operation granted(Instant now) {
    return change().phase(Phase.GRANTED).build().tells(Step.GRANTED, "", now);
  }

  /** What makes a connection that Azure shows this operation's. */
  public Criteria criteria(TrustedRemotes trusted) {
    return new Criteria(baseline, trusted, matchCode, chosen);
  }

  /** What Astronomer's support must be told, ready to paste. */
  public String supportText() {
    return request.supportText(matchCode, facts);
  }

  /** A person has said that this connection is the operation's. */
  public Operation chooses(String connectionId, Instant now) {
    return change()
        .chosen(Optional.of(connectionId))
        .build()
        .with(Event.of(now, "connectionChosen", connectionId));
  }

  /** A pending connection bears the operation's sign, which it loses when it is approved. */
  public Operation recognizes(String connectionId) {
    return chosen.isPresent() ? this : change().chosen(Optional.of(connectionId)).build();
  }

  /** Connections wait, and a person has to tell whose they are; since when each of them does. */
  public Operation needsDecision(Observation.Undecided seen, Instant now) {
    List<Undecided> waiting =
        seen.connections().stream()
            .limit(MOST_UNDECIDED)
            .map(
                connection ->
                    undecided.stream()
                        .filter(known -> known.isOf(connection))
                        .findFirst()
                        .orElseGet(() -> Undecided.of(connection, now)))
            .toList();
    boolean isNews = !undecided.containsAll(waiting);
    Operation waits = change().undecided(waiting).build().notes(seen.detail(), now);
    return isNews ? waits.tells(Step.APPROVAL_NEEDED, seen.detail(), now) : waits;
  }

  /** A connection waits for people's approval. */
  public Operation needsApproval(String what, Instant now) {
    Operation waits = notes(what, now);
    return waits.equals(this) ? this : waits.tells(Step.APPROVAL_NEEDED, what, now);
  }

  /** A connection that is known for another operation's can't confirm this one. */
  public Operation without(String connectionOfAnother) {
    Set<String> more = new TreeSet<>(baseline);
    more.add(connectionOfAnother);
    return change().baseline(more).build();
  }

  public Operation sees(String what, Instant now) {
    Operation sees = notes(what, now);
    boolean isNews = !sees.equals(this) && !(seen.isEmpty() && what.equals(Observation.NOTHING));
    return isNews ? sees.tells(Step.WAITING, what, now) : sees;
  }

  private Operation notes(String what, Instant now) {
    return seen.equals(OneLine.of(what))
        ? this
        : change().seen(what).build().with(Event.of(now, "observed", what));
  }

  public Operation connectedBy(Observation.Connected confirmation, Instant now) {
    return change()
        .phase(Phase.CONNECTED)
        .connection(Optional.of(confirmation.connection()))
        .seen(confirmation.detail())
        .build()
        .with(Event.of(now, "connected", confirmation.detail()))
        .tells(Step.CONNECTED, confirmation.detail(), now)
        .endsAs(new Ending(Status.SUCCEEDED, "connected", "The connection stands.", now));
  }

  /** Decides how it ends; the first decision stands. */
  public Operation endsAs(Ending decided) {
    if (ending.isPresent()) {
      return this;
    }
    Operation ending = change().ending(Optional.of(decided)).build();
    if (decided.status() == Status.SUCCEEDED) {
      return ending;
    }
    Step step = decided.status() == Status.CANCELED ? Step.CANCELED : Step.FAILED;
    return ending
        .with(Event.of(decided.since(), decided.code(), decided.message()))
        .tells(step, decided.message(), decided.since());
  }

  /**
   * The end: no access of it stands.
   *
   * @param wasGone whether access was seen gone, rather than never given
   */
  public Operation ended(Instant now, boolean wasGone) {
    Operation ended =
        change()
            .phase(wasGone ? Phase.REVOKED : phase)
            .endedAt(Optional.of(now))
            .build()
            .with(Event.of(now, ENDED, status(ending)));
    return wasGone ? ended.tells(Step.REVOKED, "", now) : ended;
  }

  /** Has a step to tell, to whoever is told. */
  public Operation tells(Step step, String detail, Instant now) {
    return change().outbox(outbox.with(step, detail, now)).build();
  }

  /** An attempt to tell a notice begins, which is over at {@code nextAt} whatever becomes of it. */
  public Operation begins(Notice notice, Instant nextAt) {
    return change().outbox(outbox.changed(notice, now -> now.begun(nextAt))).build();
  }

  public Operation told(Notice notice) {
    return change().outbox(outbox.changed(notice, now -> now.ended(Notice.Outcome.TOLD))).build();
  }

  public Operation tellsAgainAt(Notice notice, Instant at) {
    return change().outbox(outbox.changed(notice, now -> now.dueAt(at))).build();
  }

  /** The notice is never told, which the operation says. */
  public Operation givesUp(Notice notice, String why, Instant now) {
    return change()
        .outbox(outbox.changed(notice, open -> open.ended(Notice.Outcome.GIVEN_UP)))
        .build()
        .with(Event.of(now, "notTold", "%s: %s".formatted(notice.key(), why)));
  }

  /** Whether its access stood and was seen gone. */
  public boolean isVerified() {
    return has(ACCESS_GONE);
  }

  /** Whether something has happened to it, whenever. */
  public boolean has(String what) {
    return events().stream().anyMatch(event -> event.what().equals(what));
  }

  /** Whether it had access and nobody has seen yet that it is gone. */
  public boolean isUnverified() {
    return access.isPresent() && phase != Phase.QUEUED && !isVerified();
  }

  /** Whether nothing of it is left to be done: it has ended, and all of it is told. */
  public boolean isOver() {
    return endedAt.isPresent() && outbox.isDone();
  }

  private static String status(Optional<Ending> ending) {
    return ending.map(end -> end.status().word() + ": " + end.code()).orElse("");
  }

  public Operation with(Event event) {
    if (trail.entries().size() >= MOST_EVENTS && event.what().equals("observed")) {
      return this;
    }
    return change().trail(trail.with(id, event)).build();
  }

  private OperationChange change() {
    return new OperationChange(this);
  }
}
