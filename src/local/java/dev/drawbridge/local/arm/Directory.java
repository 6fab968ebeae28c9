package dev.drawbridge.local.arm;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tenant's principals and the applications that anyone's tenant may know. Guarded by World. */
final class Directory {
  /** An application registered in another tenant that can be given a service principal here. */
  record Application(String appId, String displayName, @Nullable String secret) {}

  private final Map<String, Principal> principals = new LinkedHashMap<>();
  private final Map<String, Application> applications = new LinkedHashMap<>();
  private final Map<String, Set<GraphPermission>> graphPermissions = new LinkedHashMap<>();

  void addApplication(Application application) {
    applications.put(application.appId().toLowerCase(Locale.ROOT), application);
  }

  Optional<Application> application(String appId) {
    return Optional.ofNullable(applications.get(appId.toLowerCase(Locale.ROOT)));
  }

  Principal add(PrincipalSpec spec, Instant now, Duration delay) {
    Principal principal = new Principal(spec, now, now.plus(delay));
    principals.put(spec.objectId(), principal);
    return principal;
  }

  /** What {@code az ad sp create --id} does. */
  Principal createServicePrincipal(String appId, Instant now, Duration delay) {
    Application application =
        application(appId)
            .orElseThrow(
                () ->
                    new ArmException(
                        400,
                        "Request_BadRequest",
                        "The appId '%s' of the service principal does not reference a valid application object."
                            .formatted(appId)));
    if (servicePrincipal(appId).isPresent()) {
      throw new ArmException(
          409,
          "Request_MultipleObjectsWithSameKeyValue",
          "The service principal cannot be created, updated, or restored because the service principal name %s is already in use."
              .formatted(appId));
    }
    return add(
        new PrincipalSpec(
            UUID.randomUUID().toString(),
            application.appId(),
            application.displayName(),
            PrincipalType.APPLICATION,
            application.secret()),
        now,
        delay);
  }

  boolean remove(String objectId) {
    return principals.remove(objectId.toLowerCase(Locale.ROOT)) != null;
  }

  Optional<Principal> principal(String objectId) {
    return Optional.ofNullable(principals.get(objectId.toLowerCase(Locale.ROOT)));
  }

  Optional<Principal> servicePrincipal(String appId) {
    return servicePrincipals().stream()
        .filter(principal -> appId.equalsIgnoreCase(principal.spec().appId()))
        .findFirst();
  }

  List<Principal> servicePrincipals() {
    return principals.values().stream()
        .filter(principal -> principal.spec().type().isServicePrincipal())
        .toList();
  }

  Collection<Principal> all() {
    return List.copyOf(principals.values());
  }

  void grant(String objectId, GraphPermission permission) {
    graphPermissions
        .computeIfAbsent(
            objectId.toLowerCase(Locale.ROOT), key -> EnumSet.noneOf(GraphPermission.class))
        .add(permission);
  }

  boolean has(String objectId, GraphPermission permission) {
    return graphPermissions.getOrDefault(objectId, Set.of()).contains(permission);
  }
}
