package dev.drawbridge.azure;

import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentScheduleRequestInner;
import com.azure.resourcemanager.authorization.models.Status;
import dev.drawbridge.access.Access;
import dev.drawbridge.access.port.PermanentFault;
import java.util.Set;

/**
 * What Privileged Identity Management answers: what its states mean, and what to do about what it
 * refuses.
 */
final class PimAnswers {
  private static final Set<Status> GIVING =
      Set.of(
          Status.ACCEPTED,
          Status.PENDING_EVALUATION,
          Status.GRANTED,
          Status.PENDING_PROVISIONING,
          Status.PROVISIONING_STARTED,
          Status.PENDING_EXTERNAL_PROVISIONING,
          Status.PROVISIONED,
          Status.PENDING_SCHEDULE_CREATION,
          Status.SCHEDULE_CREATED,
          Status.ADMIN_APPROVED);

  private static final Set<Status> UNDECIDED =
      Set.of(
          Status.PENDING_APPROVAL,
          Status.PENDING_APPROVAL_PROVISIONING,
          Status.PENDING_ADMIN_DECISION);

  private static final Set<Status> ENDING =
      Set.of(
          Status.ACCEPTED,
          Status.PENDING_EVALUATION,
          Status.GRANTED,
          Status.PROVISIONED,
          Status.PENDING_REVOCATION,
          Status.REVOKED);

  private PimAnswers() {}

  /** Whether access stands by the request, or will. */
  static boolean isGiving(RoleAssignmentScheduleRequestInner request) {
    return request.status() != null && GIVING.contains(request.status());
  }

  /** Whether a person is to decide. */
  static boolean isUndecided(RoleAssignmentScheduleRequestInner request) {
    return request.status() != null && UNDECIDED.contains(request.status());
  }

  /** Whether access is ended by the request, or will be. */
  static boolean isEnding(RoleAssignmentScheduleRequestInner request) {
    return request.status() != null && ENDING.contains(request.status());
  }

  static PermanentFault of(PermanentFault azures, Access access) {
    return switch (azures.code()) {
      case "RoleAssignmentRequestPolicyValidationFailed" ->
          new PermanentFault(
              "assignmentNotAllowed",
              "The settings of the role %s in Privileged Identity Management do not allow this assignment (%s). Change them at %s, or set ASSIGNMENTS=direct, and send the request again."
                  .formatted(access.roleName(), azures.getMessage(), access.scope()),
              azures);
      case "AadPremiumLicenseRequired" ->
          new PermanentFault(
              "licenseMissing",
              "Time-bound assignments need a license for Microsoft Entra ID P2 or ID Governance, which the tenant has not. Set ASSIGNMENTS=direct, and send the request again.",
              azures);
      case "ActiveDurationTooShort" ->
          new PermanentFault(
              "expiryTooSoon",
              "Azure makes no time-bound assignment for less than five minutes, and no more are left of the time that was asked for. Send the request again with a longer one.",
              azures);
      default -> azures;
    };
  }

  /**
   * @see <a href="https://github.com/hashicorp/terraform-provider-azurerm/issues/28067">a
   *     report</a> of an identity whose right to assign roles is limited by a condition
   */
  static PermanentFault notPermitted(PermanentFault azures) {
    return new PermanentFault(
        "pimNotPermitted",
        "Privileged Identity Management does not let Drawbridge's identity do this (%s). Deploy infra with assignments=timeBound; if that was done, it takes no right that a condition limits: set ASSIGNMENTS=direct. Then send the request again."
            .formatted(azures.getMessage()),
        azures);
  }

  static PermanentFault approvalRequired(Access access) {
    return new PermanentFault(
        "approvalRequired",
        "The settings of the role %s in Privileged Identity Management want each assignment approved; the request was withdrawn. Change them at %s, or set ASSIGNMENTS=direct, and send the request again."
            .formatted(access.roleName(), access.scope()));
  }

  /** A request that came to nothing. */
  static PermanentFault status(RoleAssignmentScheduleRequestInner request, Access access) {
    // A lock has a code of its own in Resource Manager, which is known wherever it is told.
    boolean locked = Status.FAILED_AS_RESOURCE_IS_LOCKED.equals(request.status());
    return new PermanentFault(
        locked ? "ScopeLocked" : "assignmentRefused",
        "Privileged Identity Management answers %s to the request %s (%s of the role %s at %s)."
            .formatted(
                request.status(),
                request.name(),
                request.requestType(),
                access.roleName(),
                access.scope()));
  }
}
