package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.PeeringRequest;
import dev.drawbridge.local.http.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two subscriptions is throttled. */
final class ThrottlingIT {
  private static final String NOISY = "/subscriptions/" + SampleWorld.SUBSCRIPTION;

  private final Line line =
      Line.start(
          options ->
              options.withSetting(
                  "ALLOWED_SUBSCRIPTIONS",
                  SampleWorld.SUBSCRIPTION + "," + SampleWorld.OTHER_SUBSCRIPTION));

  @BeforeEach
  void runTheAppOnce() {
    line.sweep();
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void sweep_whenASubscriptionIsThrottled_thenItIsNotCalledBeforeAndTheOtherEndsAtOnce() {
    String noisy = acceptNoisy();
    String other = acceptOther();
    connectNoisy();
    connectOther();
    throttle(NOISY + "/", "300");
    line.clearCalls();

    line.sweep();

    assertEquals(1, callsToNoisy().size(), callsToNoisy().toString());
    assertEquals("granted", line.phase(noisy));
    assertEquals("Succeeded", line.status(other));
    assertEquals(List.of(NOISY), scopes());

    line.clearCalls();
    line.run(Duration.ofMinutes(4));
    line.advance(Duration.ofSeconds(59));
    line.sweep();
    assertEquals(List.of(), callsToNoisy());
    assertTrue(
        line.log.stream().anyMatch(text -> text.contains("left to the next sweep")),
        line.log.toString());

    line.azure.arm().armFaults().clear();
    line.advance(Duration.ofSeconds(1));
    line.sweep();
    assertEquals("Succeeded", line.status(noisy));
    assertEquals(List.of(), scopes());
  }

  @Test
  void sweep_whenAzureAsksForADay_thenItIsCalledAgainAfterTenMinutes() {
    String noisy = acceptNoisy();
    connectNoisy();
    throttle(NOISY + "/", "86400");
    line.sweep();
    line.azure.arm().armFaults().clear();
    line.clearCalls();

    line.advance(Duration.ofMinutes(10).minusSeconds(1));
    line.sweep();
    assertEquals(List.of(), callsToNoisy());

    line.advance(Duration.ofSeconds(1));
    line.sweep();
    assertEquals("Succeeded", line.status(noisy));
  }

  /** Or whoever holds access could keep it by calling the networks' provider often enough. */
  @Test
  void sweep_whenNetworksAreThrottledForGood_thenAccessInThatSubscriptionEndsAllTheSame() {
    String canceled = acceptNoisy();
    String expired = line.accept(hub());
    line.settle();
    assertEquals(List.of(NOISY, NOISY), scopes());
    throttle("Microsoft.Network", "86400");
    line.sweep();

    line.api.post("/operations/" + canceled + "/cancel", "");
    line.sweep();
    assertEquals("Canceled", line.status(canceled));
    assertEquals(List.of(NOISY), scopes());

    line.advance(Duration.ofDays(3));
    line.sweep();
    assertEquals("expired", line.errorCode(expired));
    assertEquals(List.of(), scopes());
  }

  @Test
  void sweep_whenRevocationIsThrottled_thenItIsOwedUntilThePauseIsOver() {
    String id = acceptNoisy();
    connectNoisy();
    throttle("roleAssignments", "120");
    line.sweep();
    assertEquals("connected", line.phase(id));
    assertEquals("Running", line.status(id));
    line.azure.arm().armFaults().clear();
    line.clearCalls();

    line.advance(Duration.ofSeconds(119));
    line.sweep();
    assertEquals(List.of(), callsToNoisy());
    assertEquals(List.of(NOISY), scopes());

    line.advance(Duration.ofSeconds(1));
    line.sweep();
    assertEquals("Succeeded", line.status(id));
    assertEquals(List.of(), scopes());
  }

  @Test
  void grant_whenItsSubscriptionPauses_thenItWaitsUncalledAndTheOtherIsGranted() {
    line.azure
        .arm()
        .armFaults()
        .add(Fault.of("GET", NOISY + "/.*role", 429, "TooManyRequests", 1).retryAfter("90"));
    String first = acceptNoisy();
    line.clearCalls();
    line.advance(Duration.ofSeconds(30));
    String second = line.accept(hub());
    line.settle();
    String other = acceptOther();

    assertEquals("queued", line.phase(first));
    assertEquals("queued", line.phase(second));
    assertEquals(List.of(), callsToNoisy());
    assertEquals("granted", line.phase(other));
    assertTrue(line.operation(second).toString().contains("throttledHere"));

    line.advance(Duration.ofSeconds(59));
    assertEquals(List.of(), callsToNoisy());
    line.advance(Duration.ofSeconds(1));
    assertEquals("granted", line.phase(first));
    assertEquals("granted", line.phase(second));
    assertEquals(1, line.events(second).stream().filter("retry"::equals).count());
    assertFalse(callsToNoisy().isEmpty());
  }

  private void throttle(String path, String seconds) {
    line.azure
        .arm()
        .armFaults()
        .add(Fault.of(".*", path, 429, "TooManyRequests", Integer.MAX_VALUE).retryAfter(seconds));
  }

  private List<String> callsToNoisy() {
    return line.calls().stream().filter(call -> call.contains(NOISY)).toList();
  }

  /** Where there is access that is to be taken away. */
  private List<String> scopes() {
    return line.temporaryAssignments().stream().map(one -> one.scope().toString()).toList();
  }

  private String acceptNoisy() {
    String id = line.accept(vnet(SampleWorld.SUBSCRIPTION, "rg-network", "vnet-data", "1"));
    line.settle();
    return id;
  }

  private String acceptOther() {
    String id = line.accept(vnet(SampleWorld.OTHER_SUBSCRIPTION, "rg-hub", "vnet-hub", "2"));
    line.settle();
    return id;
  }

  private void connectNoisy() {
    connect(SampleWorld.SUBSCRIPTION, "rg-network", "vnet-data");
  }

  private void connectOther() {
    connect(SampleWorld.OTHER_SUBSCRIPTION, "rg-hub", "vnet-hub");
  }

  private void connect(String subscription, String group, String vnet) {
    line.astro.behave(Behaviour.connecting());
    assertEquals(
        201,
        line.astro.tryNow(
            new PeeringRequest(subscription, group, vnet, "astro", SampleWorld.ASTRO_VNET_ID)));
  }

  private static String vnet(String subscription, String group, String vnet, String ticket) {
    return """
        {"type": "vnet", "ticket": {"system": "zendesk", "id": "%s"}, "clusterId": "cluster-%s",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s", "vnetName": "%s"}
        """
        .formatted(ticket, ticket, SampleWorld.TENANT, subscription, group, vnet);
  }

  /** A request in the noisy subscription that shares no access with the first. */
  private static String hub() {
    return """
        {"type": "vhub", "ticket": {"system": "jira", "id": "OPS-3"}, "clusterId": "cluster-3",
         "tenantId": "%s", "subscriptionId": "%s", "resourceGroup": "%s",
         "virtualHubName": "%s", "connectionName": "astro-prod"}
        """
        .formatted(
            SampleWorld.TENANT,
            SampleWorld.SUBSCRIPTION,
            SampleWorld.RESOURCE_GROUP,
            SampleWorld.HUB);
  }
}
