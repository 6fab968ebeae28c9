package dev.drawbridge.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What this installation allows at all. Asked when a request comes in, and again before anything is
 * granted: the ledger and the queue are trusted no more than a caller.
 */
public record Policy(UUID tenantId, Set<UUID> allowedSubscriptions) {
  public Policy {
    allowedSubscriptions = Set.copyOf(allowedSubscriptions);
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
}
