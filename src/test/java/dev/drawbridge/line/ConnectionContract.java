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
  /** What revocation waits for calls that it knows nothing of. */
  private static final Duration IN_FLIGHT_AT_MOST = Duration.ofMinutes(7);

  final Line line = Line.start();

  /** The targets that there are, all in one subscription. */
  enum Target {
    FIRST,
    SECOND
  }

  /** What differs from kind to kind. */
  interface Kind {
    /** Where its requests are posted. */
    String route();

    /** Where they wait. */
    String queue();

    /** A request for a target, from a ticket of Zendesk. */
    String request(Target target, String ticket);

    /** A request for a target that does not exist. */
    String requestForNothing();

    /** Whether whoever is to get the role could do now what it is for. */
    boolean isRefused(Line line, Target target);

    /** The vendor does its part. */
    void connect(Line line, Target target, String operation);

    /** The vendor gets half way and stays there. */
    void getHalfWay(Line line, Target target, String operation);

    String roleName();

    /** How many sweeps it takes from the vendor's doing to the end. */
    int sweepsToTheEnd();

    /** How many calls the first grant in a subscription takes, and the next that shares it. */
    int callsOfTheFirstGrant();

    int callsOfTheNextGrant();
  }

  abstract Kind kind();

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
    assertTrue(kind().isRefused(line, Target.FIRST));

    String id = accept(Target.FIRST, "1");
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());
    assertFalse(kind().isRefused(line, Target.FIRST));
    kind().connect(line, Target.FIRST, id);

    finish();

    assertEquals("Succeeded", line.status(id));
    assertEquals("revoked", line.phase(id));
    assertNothingLeft();
    assertTrue(kind().isRefused(line, Target.FIRST));
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
        line.events(id).stream()
            .filter(event -> !event.equals("observed") && !event.equals("connectionApproved"))
            .toList());
  }

  @Test
  void grant_whenItIsTheFirstInASubscription_thenItsCallsAreFewAndThoseOfItsRevocationFour() {
    String id = accept(Target.FIRST, "1");
    line.settle();

    // The vendor's service principal is made once in a tenant's life, beside these.
    List<String> grant =
        line.calls().stream().filter(call -> !call.equals("POST /v1.0/servicePrincipals")).toList();
    assertTrue(grant.size() <= kind().callsOfTheFirstGrant(), grant.toString());

    kind().connect(line, Target.FIRST, id);
    for (int sweeps = 1; sweeps < kind().sweepsToTheEnd(); sweeps++) {
      line.sweep();
    }
    line.clearCalls();
    line.sweep();

    assertEquals("Succeeded", line.status(id));
    List<String> observed = line.calls().subList(0, 1);
    List<String> revocation = line.calls().subList(1, line.calls().size());
    assertTrue(observed.get(0).startsWith("GET /subscriptions/"), observed.toString());
    assertTrue(revocation.size() <= 4, revocation.toString());
  }

  @Test
  void grant_whenItSharesAnAssignment_thenItTakesFourCalls() {
    accept(Target.FIRST, "1");
    line.settle();
    line.clearCalls();

    accept(Target.SECOND, "2");
    line.settle();

    assertEquals(1, line.temporaryAssignments().size());
    assertTrue(line.calls().size() <= kind().callsOfTheNextGrant(), line.calls().toString());
  }

  @Test
  void sweep_whenTwoOperationsWatchOneTarget_thenItIsReadOnce() {
    accept(Target.FIRST, "1");
    accept(Target.FIRST, "2");
    line.settle();
    line.sweep();
    line.clearCalls();

    line.sweep();

    assertEquals(1, line.calls().size(), line.calls().toString());
  }

  @Test
  void sweep_whenTheTimeIsOver_thenItFailsAsExpiredAndAccessIsGone() {
    String id = accept(Target.FIRST, "1");
    line.settle();

    line.advance(Duration.ofDays(3).minusSeconds(1));
    line.sweep();
    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());

    line.advance(Duration.ofSeconds(1));
    line.sweep();
    assertEquals("Failed", line.status(id));
    assertEquals("expired", line.errorCode(id));
    assertNothingLeft();
    assertTrue(kind().isRefused(line, Target.FIRST));
  }

  @Test
  void cancel_whenAccessStands_thenItEndsAsCanceledWithAccessGone() {
    String id = accept(Target.FIRST, "1");
    line.settle();

    assertEquals(202, line.api.post("/operations/" + id + "/cancel", "").status());
    line.sweep();

    assertEquals("Canceled", line.status(id));
    assertNothingLeft();
    assertEquals(200, line.api.post("/operations/" + id + "/cancel", "").status());
  }

  @Test
  void cancel_whenItHasSucceeded_thenItIsAnsweredWithAConflict() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    kind().connect(line, Target.FIRST, id);
    finish();

    assertEquals(409, line.api.post("/operations/" + id + "/cancel", "").status());
    assertEquals("Succeeded", line.status(id));
  }

  @Test
  void sweep_whenTheVendorGetsHalfWay_thenAccessStaysAndItIsTold() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    kind().getHalfWay(line, Target.FIRST, id);

    line.sweep();
    line.sweep();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());
    assertFalse(line.operation(id).path("observed").asText().isEmpty());
    assertEquals(1, line.events(id).stream().filter("observed"::equals).count());

    line.advance(Duration.ofDays(3));
    line.sweep();
    assertEquals("expired", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void sharing_whenTheFirstIsDone_thenTheOtherKeepsItsAccess() {
    String first = accept(Target.FIRST, "1");
    line.settle();
    String second = accept(Target.SECOND, "2");
    line.settle();
    assertEquals(1, line.temporaryAssignments().size());

    kind().connect(line, Target.FIRST, first);
    finish();

    assertEquals("connected", line.phase(first));
    assertEquals("Running", line.status(first)); // ended only when the assignment is gone
    assertEquals(1, line.temporaryAssignments().size());
    kind().connect(line, Target.SECOND, second);

    finish();

    assertEquals("Succeeded", line.status(first));
    assertEquals("Succeeded", line.status(second));
    assertNothingLeft();
  }

  @Test
  void request_whenTwoTicketsWantTheSameConnection_thenOneConnectionEndsBoth() {
    String first = accept(Target.FIRST, "1");
    String second = accept(Target.FIRST, "2");
    line.settle();
    line.advance(Duration.ofMinutes(1)); // for the one that the other was in the way of
    assertEquals(1, line.temporaryAssignments().size());

    kind().connect(line, Target.FIRST, first);
    finish();

    assertEquals("Succeeded", line.status(first));
    assertEquals("Succeeded", line.status(second));
    assertNothingLeft();
  }

  @Test
  void request_whenItIsPostedAgain_thenItIsTheSameOperation() {
    String first = accept(Target.FIRST, "1");
    String again = accept(Target.FIRST, "1");
    line.settle();
    String late = accept(Target.FIRST, "1");
    line.settle();

    assertEquals(first, again);
    assertEquals(first, late);
    assertEquals(1, line.events(first).stream().filter("assignmentCreated"::equals).count());

    kind().connect(line, Target.FIRST, first);
    finish();
    assertEquals(first, accept(Target.FIRST, "1"));
    line.settle();
    assertEquals("Succeeded", line.status(first));
    assertNothingLeft();
  }

  @Test
  void request_whenItsTargetDoesNotExist_thenItFailsAndSaysSo() {
    String id = line.accept(kind().route(), kind().requestForNothing());
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertEquals("targetNotFound", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void request_whenServiceBusRefuses_thenItIsToldAndTheSweepSendsIt() {
    line.azure.serviceBus().refuseSends(Integer.MAX_VALUE);
    var answer = line.api.post(kind().route(), kind().request(Target.FIRST, "1"));
    assertEquals(503, answer.status());
    assertEquals("30", answer.header("retry-after"));

    line.azure.serviceBus().refuseSends(0);
    line.azure.clock().advance(Duration.ofSeconds(31));
    line.sweep();
    line.settle();

    String id = line.api.get("/operations").body().path("operations").get(0).path("id").asText();
    assertEquals("granted", line.phase(id));
    assertEquals(id, accept(Target.FIRST, "1"));
  }

  @Test
  void request_whenTheAnswerOfServiceBusIsLost_thenThereIsOneGrant() {
    line.azure.serviceBus().loseSendAnswers(1);
    line.api.post(kind().route(), kind().request(Target.FIRST, "1"));
    String id = accept(Target.FIRST, "1");
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
    String id = accept(Target.FIRST, "1");
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
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.run(Duration.ofMinutes(5));

    assertEquals(List.of(), faults.waiting());
    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());

    kind().connect(line, Target.FIRST, id);
    finish();
    line.run(IN_FLIGHT_AT_MOST); // a call whose answer was lost may still take effect
    assertEquals("Succeeded", line.status(id));
    assertNothingLeft();
  }

  @Test
  void sweep_whenAzureFailsDuringRevocation_thenTheNextSweepsGoOn() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    kind().connect(line, Target.FIRST, id);
    for (int sweeps = 1; sweeps < kind().sweepsToTheEnd(); sweeps++) {
      line.sweep();
    }
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
    String id = accept(Target.FIRST, "1");
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
    String id = accept(Target.FIRST, "1");
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
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.sweep();

    assertEquals("Failed", line.status(id));
    assertEquals("AuthorizationFailed", line.errorCode(id));
    assertNothingLeft();
  }

  @Test
  void grant_whenItsMessageComesThreeTimesAtOnce_thenThereIsOneAssignment() {
    String id = accept(Target.FIRST, "1");
    line.sendAgain(kind().queue(), id);
    line.sendAgain(kind().queue(), id);
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.temporaryAssignments().size());
    kind().connect(line, Target.FIRST, id);
    finish();
    line.run(IN_FLIGHT_AT_MOST); // of three attempts at once, none knows of the others' calls
    assertEquals("Succeeded", line.status(id));
    assertNothingLeft();
  }

  @Test
  void grant_whenItsMessageIsDeliveredTwice_thenItIsGrantedOnce() {
    String id = accept(Target.FIRST, "1");
    line.settle();
    line.sendAgain(kind().queue(), id);
    line.settle();

    assertEquals("granted", line.phase(id));
    assertEquals(1, line.events(id).stream().filter("assignmentCreated"::equals).count());
    assertEquals(1, line.temporaryAssignments().size());
  }

  String accept(Target target, String ticket) {
    return line.accept(kind().route(), kind().request(target, ticket));
  }

  /** The sweeps that it takes from the vendor's doing to the end. */
  private void finish() {
    for (int sweeps = 0; sweeps < kind().sweepsToTheEnd(); sweeps++) {
      line.sweep();
    }
  }

  private void assertNothingLeft() {
    assertEquals(List.of(), line.temporaryAssignments());
    assertFalse(line.roleIsDefined(kind().roleName()), "the role is still defined");
  }
}
