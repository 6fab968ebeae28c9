package dev.drawbridge.local.arm;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A principal to put into the tenant.
 *
 * @param appId the client id, or null for users and groups
 * @param secret the client secret with which it gets tokens, or null if it can't
 */
public record PrincipalSpec(
    String objectId,
    @Nullable String appId,
    String displayName,
    PrincipalType type,
    @Nullable String secret) {

  public PrincipalSpec {
    objectId = objectId.toLowerCase(Locale.ROOT);
    appId = appId == null ? null : appId.toLowerCase(Locale.ROOT);
  }
}
