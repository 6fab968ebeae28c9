package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final UUID OTHER = new UUID(1, 2);
  private static final Violation TENANT =
      new Violation("/tenantId", "is not the tenant that Drawbridge serves");
  private static final Violation SUBSCRIPTION =
      new Violation("/subscriptionId", "is not one of the subscriptions that are allowed");

  @Test
  void refusals_whenTenantAndSubscriptionAreServed_thenAreNone() {
    Policy policy = new Policy(Samples.TENANT, Set.of(OTHER, Samples.SUBSCRIPTION));
    assertEquals(List.of(), policy.refusals(request()));
  }

  @Test
  void refusals_whenEitherIsNot_thenEachIsNamed() {
    assertEquals(
        List.of(TENANT), new Policy(OTHER, Set.of(Samples.SUBSCRIPTION)).refusals(request()));
    assertEquals(
        List.of(SUBSCRIPTION), new Policy(Samples.TENANT, Set.of(OTHER)).refusals(request()));
    assertEquals(List.of(SUBSCRIPTION), new Policy(Samples.TENANT, Set.of()).refusals(request()));
    assertEquals(
        List.of(TENANT, SUBSCRIPTION), new Policy(OTHER, Set.of(OTHER)).refusals(request()));
  }

  @Test
  void refusals_whenTheTwoAreSwapped_thenBothAreRefused() {
    Policy policy = new Policy(Samples.SUBSCRIPTION, Set.of(Samples.TENANT));
    assertEquals(List.of(TENANT, SUBSCRIPTION), policy.refusals(request()));
  }

  @Test
  void refusals_whenAccessWouldStandTooLong_thenThatIsNamed() {
    Policy policy = new Policy(Samples.TENANT, Set.of(Samples.SUBSCRIPTION), Duration.ofDays(3));
    Operation operation = Samples.operation(); // three days from NOW, as its request asks
    Instant earliest = Samples.NOW.minus(Duration.ofMinutes(5)); // clocks may differ by as much
    assertEquals(List.of(), policy.refusals(operation, Samples.NOW));
    assertEquals(List.of(), policy.refusals(operation, earliest));
    assertEquals(
        List.of(new Violation("/expiresAt", "is later than access may stand, PT72H")),
        policy.refusals(operation, earliest.minusNanos(1)));
    assertEquals(
        List.of(SUBSCRIPTION),
        new Policy(Samples.TENANT, Set.of()).refusals(operation, Samples.NOW));
  }
}
