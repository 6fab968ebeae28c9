package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.arm.Replication;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.http.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of connection keeps to, over the local Azure. */
abstract class ConnectionContract {
  Line line = Line.start();

  /** The targets that there are, all in one subscription. */
  enum Target {
    FIRST,
    SECOND
  }

  /** A request for a target, from a ticket of Zendesk. */
  abstract String request(Target target, String ticket);

  /** A request for a target that does not exist. */
  abstract String requestForNothing();

  /** What the vendor is answered when it tries to connect now: an HTTP status. */
  abstract int vendorConnects(Target target);

  /** The vendor gets half way and stays there. */
  abstract int vendorGetsHalfWay(Target target);

  abstract String roleName();

  @BeforeEach
  void runTheAppOnce() {
    line.sweep(); // so that its own first calls are not counted
    line.clearCalls();
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void request_whenTheVendorConnects_thenAccessComesAndGoes() {
    assertRefused(vendorConnects(Target.FIRST));

    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.vendorAssignments().size());
    assertEquals(201, vendorConnects(Target.FIRST));

    line.sweep();

    assertEquals("Succeeded", line.status(id));
    assertEquals("revoked", line.phase(id));
    assertNothingLeft();
    assertRefused(vendorConnects(Target.FIRST));
    assertEquals(
        List.of(
            "accepted",
            "queued",
            "roleCreated",
            "assignmentCreated",
            "assignmentVerified",
            "accessGranted",
            "connected",
            "assignmentDeleted",
            "accessGone",
            "roleDeleted",
            "ended"),
        line.events(id));
  }

  @Test
  void grant_whenItIsTheFirstInASubscription_thenItTakesSixCallsAndRevocationFour() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();

    // The vendor's service principal is made once in a tenant's life, beside these.
    List<String> grant =
        line.calls().stream().filter(call -> !call.equals("POST /v1.0/servicePrincipals")).toList();
    assertTrue(grant.size() <= 6, grant.toString());

    vendorConnects(Target.FIRST);
    line.clearCalls();
    line.sweep();

    assertEquals("Succeeded", line.status(id));
    List<String> observed = line.calls().subList(0, 1);
    List<String> revocation = line.calls().subList(1, line.calls().size());
    assertTrue(observed.get(0).startsWith("GET /subscriptions/"), observed.toString());
    assertTrue(revocation.size() <= 4, revocation.toString());
  }

  @Test
  void grant_whenItIsTheNextInASubscription_thenItTakesFourCalls() {
    line.accept(request(Target.FIRST, "1"));
    line.settle();
    line.clearCalls();

    line.accept(request(Target.SECOND, "2"));
    line.settle();

    assertEquals(1, line.vendorAssignments().size());
    assertTrue(line.calls().size() <= 4, line.calls().toString());
  }

  @Test
  void sweep_whenTheTimeIsOver_thenItFailsAsExpiredAndAccessIsGone() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();

    line.advance(Duration.ofDays(3).minusSeconds(1));
    line.sweep();
    assertEquals("granted", line.phase(id));
    assertEquals(1, line.vendorAssignments().size());

    line.advance(Duration.ofSeconds(1));
    line.sweep();
    assertEquals("Failed", line.status(id));
    assertEquals("expired", line.errorCode(id));
    assertNothingLeft();
    assertRefused(vendorConnects(Target.FIRST));
  }

  @Test
  void cancel_whenAccessStands_thenItEndsAsCanceledWithAccessGone() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();

    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.sweep();

    assertEquals("Canceled", line.status(id));
    assertNothingLeft();
    assertEquals(200, line.api.post("/operations/" + id + "/cancel", "").status());
  }

  @Test
  void cancel_whenItHasSucceeded_thenItIsAnsweredWithAConflict() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    vendorConnects(Target.FIRST);
    line.sweep();

    assertEquals(409, line.api.post("/operations/" + id + "/cancel", "").status());
    assertEquals("Succeeded", line.status(id));
  }

  @Test
  void sweep_whenTheVendorGetsHalfWay_thenAccessStaysAndItIsTold() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    assertEquals(201, vendorGetsHalfWay(Target.FIRST));

    line.sweep();
    line.sweep();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.vendorAssignments().size());
    assertFalse(line.operation(id).path("observed").asText().isEmpty());
    assertEquals(1, line.events(id).stream().filter("observed"::equals).count());

    line.advance(Duration.ofDays(3));
    line.sweep();
    assertEquals("expired", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void sharing_whenTheFirstIsDone_thenTheOtherKeepsItsAccess() {
    String first = line.accept(request(Target.FIRST, "1"));
    line.settle();
    String second = line.accept(request(Target.SECOND, "2"));
    line.settle();
    assertEquals(1, line.vendorAssignments().size());

    vendorConnects(Target.FIRST);
    line.sweep();

    assertEquals("connected", line.phase(first));
    assertEquals("Running", line.status(first)); // ended only when the assignment is gone
    assertEquals(1, line.vendorAssignments().size());
    assertEquals(201, vendorConnects(Target.SECOND));

    line.sweep();

    assertEquals("Succeeded", line.status(first));
    assertEquals("Succeeded", line.status(second));
    assertNothingLeft();
  }

  @Test
  void request_whenTwoTicketsWantTheSameConnection_thenOneConnectionEndsBoth() {
    String first = line.accept(request(Target.FIRST, "1"));
    String second = line.accept(request(Target.FIRST, "2"));
    line.settle();
    assertEquals(1, line.vendorAssignments().size());

    vendorConnects(Target.FIRST);
    line.clearCalls();
    line.sweep();

    assertEquals("Succeeded", line.status(first));
    assertEquals("Succeeded", line.status(second));
    assertNothingLeft();
  }

  @Test
  void request_whenItIsPostedAgain_thenItIsTheSameOperation() {
    String first = line.accept(request(Target.FIRST, "1"));
    String again = line.accept(request(Target.FIRST, "1"));
    line.settle();
    String late = line.accept(request(Target.FIRST, "1"));
    line.settle();

    assertEquals(first, again);
    assertEquals(first, late);
    assertEquals(1, line.events(first).stream().filter("assignmentCreated"::equals).count());

    vendorConnects(Target.FIRST);
    line.sweep();
    assertEquals(first, line.accept(request(Target.FIRST, "1")));
    line.settle();
    assertEquals("Succeeded", line.status(first));
    assertNothingLeft();
  }

  @Test
  void request_whenItsTargetDoesNotExist_thenItFailsAndSaysSo() {
    String id = line.accept(requestForNothing());
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertEquals("targetNotFound", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void request_whenServiceBusRefuses_thenItIsToldAndTheSweepSendsIt() {
    line.azure.serviceBus().refuseSends(Integer.MAX_VALUE);
    var answer = line.api.post("/peerings", request(Target.FIRST, "1"));
    assertEquals(503, answer.status());
    assertEquals("30", answer.header("retry-after"));

    line.azure.serviceBus().refuseSends(0);
    line.azure.clock().advance(Duration.ofSeconds(31));
    line.sweep();
    line.settle();

    String id = line.api.get("/operations").body().path("operations").get(0).path("id").asText();
    assertEquals("granted", line.phase(id));
    assertEquals(id, line.accept(request(Target.FIRST, "1")));
  }

  @Test
  void request_whenTheAnswerOfServiceBusIsLost_thenThereIsOneGrant() {
    line.azure.serviceBus().loseSendAnswers(1);
    line.api.post("/peerings", request(Target.FIRST, "1"));
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.events(id).stream().filter("assignmentCreated"::equals).count());
  }

  @Test
  void grant_whenAzureThrottles_thenItWaitsAsLongAsAsked() {
    line.azure
        .arm()
        .armFaults()
        .add(Fault.of("PUT", "roleAssignments", 429, "TooManyRequests", 1).retryAfter("90"));
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    assertEquals("queued", line.phase(id));

    line.advance(Duration.ofSeconds(89));
    assertEquals("queued", line.phase(id));

    line.advance(Duration.ofSeconds(1));
    assertEquals("granted", line.phase(id));
  }

  @Test
  void grant_whenAzureFailsOrItsAnswersAreLost_thenItIsGrantedOnce() {
    var faults = line.azure.arm().armFaults();
    faults.add(Fault.of("GET", "roleDefinitions", 503, "ServerBusy", 1));
    faults.add(Fault.of("PUT", "roleDefinitions", 500, "InternalServerError", 1));
    faults.add(Fault.of("PUT", "roleAssignments", 0, "", 1).losingTheAnswer());
    faults.add(Fault.of("GET", "roleAssignments", 503, "ServerBusy", 1));
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    line.run(Duration.ofMinutes(5));

    assertEquals(List.of(), faults.waiting());
    assertEquals("granted", line.phase(id));
    assertEquals(1, line.vendorAssignments().size());

    vendorConnects(Target.FIRST);
    line.sweep();
    assertEquals("Succeeded", line.status(id));
    assertNothingLeft();
  }

  @Test
  void sweep_whenAzureFailsDuringRevocation_thenTheNextSweepsGoOn() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    vendorConnects(Target.FIRST);
    var faults = line.azure.arm().armFaults();
    faults.add(Fault.of("DELETE", "roleAssignments", 503, "ServerBusy", 1));
    faults.add(Fault.of("DELETE", "roleAssignments", 0, "", 1).losingTheAnswer());
    faults.add(Fault.of("DELETE", "roleDefinitions", 429, "TooManyRequests", 1));

    line.sweep();
    assertEquals("connected", line.phase(id));
    line.sweep();
    line.sweep();
    line.sweep();

    assertEquals(List.of(), faults.waiting());
    assertEquals("Succeeded", line.status(id));
    assertNothingLeft();
  }

  @Test
  void grant_whenPrincipalAndRoleAreSlowToBeKnown_thenItIsGrantedInTheEnd() {
    line.azure.world().replicationDelay(Replication.PRINCIPALS, Duration.ofMinutes(3));
    line.azure.world().replicationDelay(Replication.ROLE_DEFINITIONS, Duration.ofMinutes(1));
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    assertEquals("queued", line.phase(id));

    line.run(Duration.ofMinutes(8));

    assertEquals("granted", line.phase(id));
    assertTrue(line.events(id).contains("retry"));
  }

  @Test
  void grant_whenTheFaultDoesNotPass_thenItFailsAndNothingIsLeft() {
    line.azure
        .arm()
        .armFaults()
        .add(Fault.of("PUT", "roleAssignments", 503, "ServerBusy", Integer.MAX_VALUE));
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    line.run(Duration.ofMinutes(40));

    assertEquals("Failed", line.status(id));
    assertEquals("ServerBusy", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void grant_whenAzureForbidsIt_thenItFailsAndSaysWhy() {
    line.azure.world().roleAssignments().stream()
        .filter(one -> one.principalType().name().equals("MANAGED_IDENTITY"))
        .filter(one -> one.roleName().equals("f58310d9-a9f6-439a-9e8d-f62e7b41a168"))
        .map(RoleAssignment::name)
        .forEach(line.azure.world()::removeAssignment);
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertEquals("AuthorizationFailed", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void grant_whenItsMessageComesThreeTimesAtOnce_thenThereIsOneAssignment() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.sendAgain(id);
    line.sendAgain(id);
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.vendorAssignments().size());
    vendorConnects(Target.FIRST);
    line.sweep();
    assertEquals("Succeeded", line.status(id));
    assertNothingLeft();
  }

  @Test
  void grant_whenItsMessageIsDeliveredTwice_thenItIsGrantedOnce() {
    String id = line.accept(request(Target.FIRST, "1"));
    line.settle();
    line.sendAgain(id);
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.events(id).stream().filter("assignmentCreated"::equals).count());
    assertEquals(1, line.vendorAssignments().size());
  }

  private void assertNothingLeft() {
    assertEquals(List.of(), line.vendorAssignments());
    assertFalse(line.roleIsDefined(roleName()), "the role is still defined");
  }

  private static void assertRefused(int status) {
    assertTrue(status == 401 || status == 403, "The vendor was answered with " + status);
  }
}
