package dev.drawbridge.access;

/** How wide a role is assigned around a target. */
public enum GrantScope {
  /** The target's whole subscription, as on the vendor's page. */
  SUBSCRIPTION,
  RESOURCE_GROUP,
  /** The target alone. */
  TARGET;

  /**
   * Reads a scope that {@link #around} may have given.
   *
   * @throws IllegalArgumentException for anything else, such as a management group's
   */
  public static String parse(String text) {
    String[] segments = text.split("/", -1);
    String scope =
        switch (segments.length) {
          case 3 -> "/subscriptions/" + Guids.parse(segments[2]);
          case 5 ->
              "/subscriptions/%s/resourceGroups/%s"
                  .formatted(Guids.parse(segments[2]), Names.resourceGroup(segments[4]));
          default -> ResourceId.parse(text).toString();
        };
    if (!scope.equals(text)) {
      throw new IllegalArgumentException(
          "must be the id of a subscription, a resource group or a resource");
    }
    return scope;
  }

  /** The scope around a target, without a slash at its end. */
  public String around(ResourceId target) {
    return switch (this) {
      case SUBSCRIPTION -> target.subscriptionId();
      case RESOURCE_GROUP -> target.resourceGroupId();
      case TARGET -> target.toString();
    };
  }
}
