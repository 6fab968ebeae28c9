package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.AccessControl.Assignment;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.Call;
import dev.drawbridge.local.arm.ManagedIdentityTokens;
import dev.drawbridge.local.arm.Replication;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.http.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Time-bound assignments over the real SDK and a local Azure. */
final class TimeBoundAccessControlIT {
  private static final String REQUESTS = "roleAssignmentScheduleRequests";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Access ACCESS = access(ArmFixture.GROUP_SCOPE);

  /** How roles are assigned. */
  enum Form {
    DIRECT,
    TIME_BOUND
  }

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  private AccessControl direct;
  private AccessControl timeBound;

  private static Access access(String scope) {
    return new Access(
        scope, "Reader", UUID.fromString(READER), UUID.fromString(SampleWorld.STRANGER_OBJECT_ID));
  }

  private static String marker(Instant end) {
    return new Marker(Samples.id(1), end).toDescription();
  }

  @BeforeEach
  void makeClients() {
    SampleWorld.allowTimeBoundAssignments(azure.world);
    Arm arm =
        new Arm(
            new ManagedIdentityTokens(azure.arm.identityEndpoint(), azure.arm.identityHeader()),
            UUID.fromString(SampleWorld.TENANT),
            azure.arm.armEndpoint(),
            azure.arm.graphEndpoint(),
            azure.clock);
    direct = new ArmAccessControl(arm, List.of(ArmFixture.SUBSCRIPTION_SCOPE));
    timeBound = new TimeBoundAccessControl(arm, direct, azure.clock);
  }

  private AccessControl of(Form form) {
    return form == Form.DIRECT ? direct : timeBound;
  }

  private Instant in(Duration time) {
    return azure.clock.instant().plus(time);
  }

  private boolean standsAt(String scope) {
    return azure.world.permits(
        SampleWorld.STRANGER_OBJECT_ID, "Microsoft.Network/virtualNetworks/read", scope);
  }

  private List<RoleAssignment> standing() {
    return azure.world.roleAssignments().stream()
        .filter(one -> one.principalId().equals(SampleWorld.STRANGER_OBJECT_ID))
        .toList();
  }

  private List<String> calls() {
    return azure.arm.calls().calls("arm").stream()
        .map(Call::line)
        .map(line -> line.replaceAll("/subscriptions.*Authorization/([A-Za-z]+).*", "$1"))
        .toList();
  }

  /** What is not there, or is not ours, is no error: only our own name is deleted. */
  private void assertAsksForNoRemoval(AccessControl control, Access access) {
    azure.arm.calls().clear();
    String unused = control.unassign(access);
    assertTrue(calls().stream().noneMatch(call -> call.startsWith("PUT ")), calls().toString());
  }

  /** What the core relies on, whatever the form. */
  @ParameterizedTest
  @EnumSource
  void assignment_whenMadeChangedAndTakenAway_thenIsShownAsItIs(Form form) {
    AccessControl control = of(form);
    assertEquals(Optional.empty(), control.find(ACCESS));
    assertAsksForNoRemoval(control, ACCESS);

    String first = marker(in(HOUR));
    assertEquals(36, control.assign(ACCESS, first).length(), "a correlation id");
    assertTrue(standsAt(SampleWorld.VNET_ID));
    assertEquals(first, control.find(ACCESS).orElseThrow().description());
    assertTrue(control.find(ACCESS).orElseThrow().access().isSameAs(ACCESS));
    String unused = control.assign(ACCESS, first);
    assertEquals(1, standing().size());

    String second = marker(in(HOUR.multipliedBy(2)));
    assertEquals(36, control.assign(ACCESS, second).length());
    assertEquals(second, control.find(ACCESS).orElseThrow().description());
    assertEquals(1, standing().size());
    List<Assignment> ours = control.ours(ArmFixture.SUBSCRIPTION_SCOPE);
    assertEquals(1, ours.size());
    assertTrue(ours.get(0).access().isSameAs(ACCESS));
    assertEquals(second, ours.get(0).description());
    assertEquals(List.of(), control.ours("/subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION));

    azure.clock.advance(Duration.ofMinutes(6));
    assertEquals(36, control.unassign(ACCESS).length());
    assertEquals(Optional.empty(), control.find(ACCESS));
    assertEquals(List.of(), control.ours(ArmFixture.SUBSCRIPTION_SCOPE));
    assertEquals(List.of(), standing());
  }

  /** At, above and below are other assignments. */
  @ParameterizedTest
  @EnumSource
  void find_whenTheAssignmentIsAtAnotherScope_thenShowsNone(Form form) {
    AccessControl control = of(form);
    String unused = control.assign(ACCESS, marker(in(HOUR)));
    assertEquals(Optional.empty(), control.find(access(ArmFixture.SUBSCRIPTION_SCOPE)));
    assertEquals(Optional.empty(), control.find(access(SampleWorld.VNET_ID)));
    assertAsksForNoRemoval(control, access(ArmFixture.SUBSCRIPTION_SCOPE));
    assertAsksForNoRemoval(control, access(SampleWorld.VNET_ID));
    assertEquals(1, standing().size());
  }

  @ParameterizedTest
  @EnumSource
  void assign_whenSomebodyHasAssignedTheSame_thenIsRefusedAndTheirsStays(Form form) {
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Reader", ArmFixture.GROUP_SCOPE);
    List<RoleAssignment> theirs = standing();
    AccessControl control = of(form);
    assertEquals(Optional.empty(), control.find(ACCESS));
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> control.assign(ACCESS, marker(in(HOUR))));
    assertEquals("assignmentExists", fault.code());
    assertAsksForNoRemoval(control, ACCESS);
    assertEquals(List.of(), control.ours(ArmFixture.SUBSCRIPTION_SCOPE));
    assertEquals(theirs, standing());
  }

  /** The setting may be changed while access stands. */
  @Test
  void assignment_whenMadeUnderTheOtherSetting_thenIsFoundProlongedAndTakenAwayAsWhatItIs() {
    String first = marker(in(HOUR));
    String unused = direct.assign(ACCESS, first);
    assertEquals(first, timeBound.find(ACCESS).orElseThrow().description());
    assertEquals(1, timeBound.ours(ArmFixture.SUBSCRIPTION_SCOPE).size());

    String second = marker(in(HOUR.multipliedBy(2)));
    assertEquals(36, timeBound.assign(ACCESS, second).length());
    assertEquals(second, direct.find(ACCESS).orElseThrow().description());
    assertEquals(ACCESS.assignmentName().toString(), standing().get(0).name());
    assertEquals(36, timeBound.unassign(ACCESS).length());
    assertEquals(List.of(), standing());
  }

  @Test
  void assign_whenTheTimeIsOver_thenAzureHasEndedIt() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    azure.clock.advance(HOUR.minusSeconds(1));
    assertTrue(standsAt(SampleWorld.VNET_ID));
    azure.clock.advance(Duration.ofSeconds(1));
    assertTrue(!standsAt(SampleWorld.VNET_ID));
    assertEquals(Optional.empty(), timeBound.find(ACCESS));
    assertAsksForNoRemoval(timeBound, ACCESS);
    assertEquals(
        List.of("GET roleAssignmentSchedules", "GET " + REQUESTS, "DELETE roleAssignments"),
        calls());
  }

  @Test
  void calls_whenAccessIsGivenAndTaken_thenAreFew() {
    azure.arm.calls().clear();
    assertEquals(Optional.empty(), timeBound.find(ACCESS));
    assertEquals(List.of("GET roleAssignmentSchedules", "GET roleAssignments"), calls());
    azure.arm.calls().clear();
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    assertEquals(List.of("GET roleAssignmentSchedules", "PUT " + REQUESTS), calls());
    azure.arm.calls().clear();
    assertTrue(timeBound.find(ACCESS).isPresent());
    assertEquals(List.of("GET roleAssignmentSchedules", "GET " + REQUESTS), calls());
    azure.clock.advance(Duration.ofMinutes(5));
    azure.arm.calls().clear();
    unused = timeBound.unassign(ACCESS);
    assertEquals(
        List.of("GET roleAssignmentSchedules", "GET " + REQUESTS, "PUT " + REQUESTS), calls());
  }

  @Test
  void unassign_whenAccessIsNotFiveMinutesOld_thenIsToBeTriedAgain() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    azure.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    PassingFault fault = assertThrows(PassingFault.class, () -> timeBound.unassign(ACCESS));
    assertEquals(AccessControl.TOO_EARLY, fault.code());
    assertEquals(Optional.of(Duration.ofMinutes(5)), fault.retryAfter());
    assertEquals(1, standing().size());
    azure.clock.advance(Duration.ofSeconds(1));
    assertEquals(36, timeBound.unassign(ACCESS).length());
  }

  /** Azure's removal does not know an assignment that was made seconds before. */
  @Test
  void unassign_whenAzureDoesNotKnowItYet_thenItIsNotTakenForGone() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    azure.arm.armFaults().add(Fault.of("PUT", REQUESTS, 400, "RoleAssignmentDoesNotExist", 2));
    PassingFault fault = assertThrows(PassingFault.class, () -> timeBound.unassign(ACCESS));
    assertEquals(AccessControl.TOO_EARLY, fault.code());
    azure.clock.advance(Duration.ofMinutes(5));
    assertEquals("", timeBound.unassign(ACCESS), "by then it is gone");
  }

  @Test
  void unassign_whenNoListShowsItYet_thenTheRequestTellsThatItIsOurs() {
    azure.world.replicationDelay(Replication.LISTS, HOUR);
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    assertEquals(Optional.empty(), timeBound.find(ACCESS));
    azure.clock.advance(Duration.ofMinutes(5));
    assertEquals(36, timeBound.unassign(ACCESS).length());
    assertEquals(List.of(), standing());
    assertAsksForNoRemoval(timeBound, ACCESS); // the last request is the removal
  }

  /** Ours has ended, and somebody has assigned the same for good. */
  @Test
  void unassign_whenTheTimeIsOverAndSomebodyAssignedTheSame_thenTheirsStays() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    azure.clock.advance(HOUR);
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Reader", ArmFixture.GROUP_SCOPE);
    assertAsksForNoRemoval(timeBound, ACCESS);
    assertEquals(1, standing().size());
  }

  /** The last request is ours, and what stands is not what it made. */
  @Test
  void unassign_whenOursWasDeletedByHandAndTheSameAssigned_thenTheirsStays() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    assertTrue(azure.world.removeAssignment(standing().get(0).name()));
    azure.clock.advance(Duration.ofMinutes(15));
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Reader", ArmFixture.GROUP_SCOPE);
    assertAsksForNoRemoval(timeBound, ACCESS);
    assertEquals(1, standing().size());
  }

  @Test
  void assign_whenTheSameWasAskedForAndNoListShowsIt_thenItIsOneRequest() {
    azure.world.replicationDelay(Replication.LISTS, HOUR);
    String text = marker(in(HOUR));
    azure.arm.armFaults().add(Fault.of("PUT", REQUESTS, 0, "", 1).losingTheAnswer());
    PassingFault fault = assertThrows(PassingFault.class, () -> timeBound.assign(ACCESS, text));
    assertTrue(fault.effectUnknown());
    List<RoleAssignment> made = standing();
    assertEquals(1, made.size());

    assertEquals("", timeBound.assign(ACCESS, text));
    assertEquals(made, standing());
    // The other of Azure's two answers, whichever it is that comes first.
    azure.arm.armFaults().add(Fault.of("PUT", REQUESTS, 400, "RoleAssignmentExists", 1));
    assertEquals("", timeBound.assign(ACCESS, text));
    assertEquals(made, standing());
  }

  @Test
  void assign_whenAnotherRequestForTheSameIsUnderWay_thenIsToBeTriedAgain() {
    for (String code : List.of("RoleAssignmentRequestExists", "PendingRoleAssignmentRequest")) {
      azure.arm.armFaults().add(Fault.of("PUT", REQUESTS, 400, code, 1));
      assertThrows(PassingFault.class, () -> timeBound.assign(ACCESS, marker(in(HOUR))), code);
    }
    assertEquals(List.of(), standing());
  }

  @ParameterizedTest
  @CsvSource({
    "RoleAssignmentRequestPolicyValidationFailed, assignmentNotAllowed",
    "AadPremiumLicenseRequired, licenseMissing",
    "ActiveDurationTooShort, expiryTooSoon",
    "InsufficientPermissions, pimNotPermitted",
    "AuthorizationFailed, AuthorizationFailed"
  })
  void assign_whenAzureRefuses_thenSaysWhatToDo(String azures, String ours) {
    azure.arm.armFaults().add(Fault.of("PUT", REQUESTS, 400, azures, 1));
    PermanentFault fault =
        assertThrows(PermanentFault.class, () -> timeBound.assign(ACCESS, marker(in(HOUR))));
    assertEquals(ours, fault.code());
    assertEquals(List.of(), standing());
  }

  @Test
  void find_whenPimDoesNotLetTheAppLook_thenSaysWhatToDo() {
    azure
        .arm
        .armFaults()
        .add(Fault.of("GET", "roleAssignmentSchedules", 400, "InsufficientPermissions", 1));
    PermanentFault fault = assertThrows(PermanentFault.class, () -> timeBound.find(ACCESS));
    assertEquals("pimNotPermitted", fault.code());
    assertTrue(String.valueOf(fault.getMessage()).contains("ASSIGNMENTS=direct"));
  }

  @Test
  void assign_whenLessThanFiveMinutesAreLeft_thenIsRefusedByAzure() {
    PermanentFault fault =
        assertThrows(
            PermanentFault.class,
            () -> timeBound.assign(ACCESS, marker(in(Duration.ofSeconds(299)))));
    assertEquals("expiryTooSoon", fault.code());
  }

  /** A change of what a list still shows, and is gone. */
  @Test
  void assign_whenTheOneToChangeIsGone_thenIsToBeTriedAgainAndThenMadeAnew() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    azure.arm.armFaults().add(Fault.of("PUT", REQUESTS, 400, "RoleAssignmentDoesNotExist", 1));
    String later = marker(in(HOUR.multipliedBy(2)));
    PassingFault fault = assertThrows(PassingFault.class, () -> timeBound.assign(ACCESS, later));
    assertEquals("assignmentNotVisible", fault.code());
    assertTrue(azure.world.removeAssignment(standing().get(0).name()));
    assertEquals(36, timeBound.assign(ACCESS, later).length());
    assertEquals(1, standing().size());
  }

  @Test
  void unassign_whenALockKeepsIt_thenTheLockIsNamed() {
    String unused = timeBound.assign(ACCESS, marker(in(HOUR)));
    azure.clock.advance(Duration.ofMinutes(5));
    azure.world.lock(ArmFixture.SUBSCRIPTION_SCOPE);
    PermanentFault fault = assertThrows(PermanentFault.class, () -> timeBound.unassign(ACCESS));
    assertEquals("ScopeLocked", fault.code());
  }

  @Test
  void ours_whenTheListsAreLong_thenAllPagesAreRead() {
    azure.world.pageSize(2);
    Set<String> scopes = new TreeSet<>();
    for (String vnet : List.of("a", "b", "c", "d", "e")) {
      String id = SampleWorld.VNET_ID.replace(SampleWorld.VNET, "vnet-" + vnet);
      azure.world.addVirtualNetwork(id, "10.40.0.0/16");
      String unused = timeBound.assign(access(id), marker(in(HOUR)));
      scopes.add(id);
    }
    assertEquals(
        scopes,
        timeBound.ours(ArmFixture.SUBSCRIPTION_SCOPE).stream()
            .map(one -> one.access().scope())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void assign_whenTheDescriptionIsNoMarker_thenIsRefusedWithoutACall() {
    azure.arm.calls().clear();
    assertThrows(IllegalArgumentException.class, () -> timeBound.assign(ACCESS, "for ever"));
    assertEquals(List.of(), calls());
  }
}
