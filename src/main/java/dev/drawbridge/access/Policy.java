package dev.drawbridge.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What this installation allows at all. Asked when a request comes in, and again before anything is
 * granted: the ledger and the queue are trusted no more than a caller.
 *
 * @param longestExpiry how long access may stand, counted from its grant
 */
public record Policy(UUID tenantId, Set<UUID> allowedSubscriptions, Duration longestExpiry) {
  /** By as much may the clock of whichever instance accepted a request be ahead of another's. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  public Policy {
    allowedSubscriptions = Set.copyOf(allowedSubscriptions);
  }

  /** With no limit of its own on how long access may stand. */
  public Policy(UUID tenantId, Set<UUID> allowedSubscriptions) {
    this(tenantId, allowedSubscriptions, Limits.NONE.longestExpiry());
  }

  /** Why the request is refused; empty when it is not. */
  public List<Violation> refusals(ConnectionRequest request) {
    List<Violation> refusals = new ArrayList<>();
    if (!request.tenantId().map(tenantId::equals).orElse(true)) {
      refusals.add(new Violation("/tenantId", "is not the tenant that Drawbridge serves"));
    }
    if (!allowedSubscriptions.contains(request.target().subscription())) {
      refusals.add(
          new Violation(
              request.subscriptionPointer(), "is not one of the subscriptions that are allowed"));
    }
    return refusals;
  }

  /** Why what the ledger has of an operation is refused, just before it is granted access. */
  public List<Violation> refusals(Operation operation, Instant now) {
    List<Violation> refusals = new ArrayList<>(refusals(operation.request()));
    if (operation.expiresAt().isAfter(now.plus(longestExpiry).plus(CLOCK_SKEW))) {
      refusals.add(new Violation("/expiresAt", "is later than access may stand, " + longestExpiry));
    }
    return refusals;
  }
}
