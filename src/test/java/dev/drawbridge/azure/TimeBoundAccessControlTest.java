package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a request that is answered, and not carried out. */
class TimeBoundAccessControlTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Access ACCESS = Samples.access();
  private static final String MARKER =
      new Marker(Samples.operation().id(), Instant.parse("2026-03-05T09:00:00.123456789Z"))
          .toDescription();
  private static final String NAME =
      Guids.of(ACCESS.assignmentName().toString(), MARKER).toString();
  private static final String PROVIDER = ACCESS.scope() + "/providers/Microsoft.Authorization/";
  private static final String REQUEST = PROVIDER + "roleAssignmentScheduleRequests/" + NAME;

  private final StubArm arm = new StubArm();
  private final FakeAzure direct = new FakeAzure(new Calls());
  private final TimeBoundAccessControl timeBound =
      new TimeBoundAccessControl(
          new Schedules(
              AuthorizationManager.authenticate(
                      new HttpPipelineBuilder().httpClient(arm).build(),
                      new AzureProfile("tenant", null, AzureEnvironment.AZURE))
                  .roleServiceClient()),
          direct,
          Clock.fixed(NOW, ZoneOffset.UTC));

  private void answers(String status) {
    arm.answer(PROVIDER + "roleAssignmentSchedules", 200, "{\"value\": []}");
    arm.answer(REQUEST, 201, request(NAME, status, MARKER));
  }

  private static String request(String name, String status, String justification) {
    return """
        {"name": "%s", "properties": {"requestType": "AdminAssign", "status": "%s",
          "principalId": "%s", "scope": "%s", "roleDefinitionId": "%s", "justification": "%s",
          "createdOn": "2026-03-02T08:59:59Z"}}
        """
        .formatted(
            name,
            status,
            ACCESS.principalId(),
            ACCESS.scope(),
            ACCESS.roleDefinitionId(),
            justification);
  }

  private String put() {
    return arm.calls.stream().filter(call -> call.startsWith("PUT ")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Provisioned", "Granted", "Accepted", "PendingProvisioning", "ScheduleCreated"})
  void assign_whenItIsCarriedOutOrWillBe_thenIsLeftToTheLookThatFollows(String status) {
    answers(status);
    assertEquals("", timeBound.assign(ACCESS, MARKER));
    assertTrue(put().contains("\"requestType\":\"AdminAssign\""), put());
    assertTrue(put().contains("\"type\":\"AfterDateTime\""), put());
    assertTrue(put().contains("\"endDateTime\":\"2026-03-05T09:00:00Z\""), put());
    assertFalse(put().contains("startDateTime"), "from now on, by Azure's clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PendingApproval", "PendingAdminDecision"})
  void assign_whenAPersonIsToApprove_thenIsWithdrawnAndRefused(String status) {
    answers(status);
    arm.answer(REQUEST + "/cancel", 200, "");
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> timeBound.assign(ACCESS, MARKER));
    assertEquals("approvalRequired", fault.code());
    assertTrue(
        arm.calls.get(arm.calls.size() - 1).startsWith("POST " + REQUEST + "/cancel"),
        arm.calls.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Denied, assignmentRefused",
    "Failed, assignmentRefused",
    "TimedOut, assignmentRefused",
    "Revoked, assignmentRefused",
    "SomethingNew, assignmentRefused",
    "FailedAsResourceIsLocked, ScopeLocked"
  })
  void assign_whenItCameToNothing_thenIsRefusedAndSaysSo(String status, String code) {
    answers(status);
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> timeBound.assign(ACCESS, MARKER));
    assertEquals(code, fault.code());
    assertTrue(String.valueOf(fault.getMessage()).contains(status), fault.getMessage());
  }

  /** The request that made a schedule is forgotten by Azure in the end. */
  @Test
  void find_whenAzureHasForgottenTheRequest_thenTheScheduleIsNotOurs() {
    arm.answer(PROVIDER + "roleAssignmentSchedules", 200, schedule(NAME));
    assertEquals("", timeBound.find(ACCESS).orElseThrow().description());
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> timeBound.assign(ACCESS, MARKER));
    assertEquals("assignmentExists", fault.code());
  }

  @Test
  void find_whenAnotherRequestHasOurText_thenItIsNoMarkerOfOurs() {
    String theirs = "00000000-0000-0000-0000-000000000001";
    arm.answer(PROVIDER + "roleAssignmentSchedules", 200, schedule(theirs));
    arm.answer(
        PROVIDER + "roleAssignmentScheduleRequests/" + theirs,
        200,
        request(theirs, "Provisioned", MARKER));
    String shown = timeBound.find(ACCESS).orElseThrow().description();
    assertTrue(shown.contains(MARKER), shown);
    assertEquals(Optional.empty(), Marker.of(shown));
    assertEquals("call", timeBound.unassign(ACCESS), "of our plain one, which is not there");
    assertTrue(arm.calls.stream().noneMatch(call -> call.startsWith("PUT ")), "" + arm.calls);
  }

  @ParameterizedTest
  @CsvSource({"Failed, assignmentRefused", "FailedAsResourceIsLocked, ScopeLocked"})
  void unassign_whenTheRemovalCameToNothing_thenSaysSo(String status, String code) {
    arm.answer(PROVIDER + "roleAssignmentSchedules", 200, schedule(NAME));
    arm.answer(REQUEST, 200, request(NAME, "Provisioned", MARKER));
    arm.answerOthers(201, request("00000000-0000-0000-0000-000000000002", status, ""));
    PermanentFault fault = assertThrows(PermanentFault.class, () -> timeBound.unassign(ACCESS));
    assertEquals(code, fault.code());
    assertTrue(put().contains("\"requestType\":\"AdminRemove\""), put());
  }

  @Test
  void assign_whenTheAnswerHasNoState_thenIsRefused() {
    arm.answer(PROVIDER + "roleAssignmentSchedules", 200, "{\"value\": [{\"properties\": {}}]}");
    arm.answer(REQUEST, 201, "{\"properties\": {}}");
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> timeBound.assign(ACCESS, MARKER));
    assertEquals("assignmentRefused", fault.code());
  }

  /** What has no scope, role or principal as ours have is passed over. */
  @Test
  void find_whenTheListHasWhatIsNotOfOurKind_thenItIsPassedOver() {
    arm.answer(
        PROVIDER + "roleAssignmentSchedules",
        200,
        schedule(NAME)
            .replace(ACCESS.principalId().toString(), "someone")
            .replace("Direct", "Inherited"));
    assertEquals(Optional.empty(), timeBound.find(ACCESS));
    assertEquals(List.of(), direct.ours(ACCESS.subscriptionId()));
  }

  private static String schedule(String request) {
    return """
        {"value": [{"name": "00000000-0000-0000-0000-00000000000a", "properties": {
          "principalId": "%s", "scope": "%s", "roleDefinitionId": "%s", "memberType": "Direct",
          "status": "Provisioned",
          "roleAssignmentScheduleRequestId": "%sRoleAssignmentScheduleRequests/%s"}}]}
        """
        .formatted(
            ACCESS.principalId(), ACCESS.scope(), ACCESS.roleDefinitionId(), PROVIDER, request);
  }
}
