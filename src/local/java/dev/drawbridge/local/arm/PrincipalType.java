package dev.drawbridge.local.arm;

/** What a principal is; to role assignments a managed identity is a service principal. */
public enum PrincipalType {
  USER("User"),
  GROUP("Group"),
  APPLICATION("ServicePrincipal"),
  MANAGED_IDENTITY("ServicePrincipal");

  private final String inAssignments;

  PrincipalType(String inAssignments) {
    this.inAssignments = inAssignments;
  }

  String inAssignments() {
    return inAssignments;
  }

  boolean isServicePrincipal() {
    return this == APPLICATION || this == MANAGED_IDENTITY;
  }
}
