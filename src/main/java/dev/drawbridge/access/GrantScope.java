package dev.drawbridge.access;

/** How wide a role is assigned around a target. */
public enum GrantScope {
  /** The target's whole subscription, as on the vendor's page. */
  SUBSCRIPTION,
  RESOURCE_GROUP,
  /** The target alone. */
  TARGET;

  /** The scope around a target, without a slash at its end. */
  public String around(ResourceId target) {
    return switch (this) {
      case SUBSCRIPTION -> target.subscriptionId();
      case RESOURCE_GROUP -> target.resourceGroupId();
      case TARGET -> target.toString();
    };
  }
}
