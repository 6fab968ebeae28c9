package dev.drawbridge.local.arm;

import java.time.Instant;

/**
 * A principal of the tenant.
 *
 * @param replicatedAt from when role assignments can name it
 */
public record Principal(PrincipalSpec spec, Instant createdAt, Instant replicatedAt) {
  public String objectId() {
    return spec.objectId();
  }

  public String displayName() {
    return spec.displayName();
  }

  /** What error messages call the client: the application id, or the object id without one. */
  String clientName() {
    String appId = spec.appId();
    return appId == null ? spec.objectId() : appId;
  }
}
