package dev.drawbridge.local.arm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tenant's roles, built-in and custom. Guarded by World. */
final class RoleDefinitions {
  private record Replicated(RoleDefinition role, Instant visibleFrom) {}

  private final Map<String, Replicated> roles = new LinkedHashMap<>();

  RoleDefinitions() {
    BuiltInRoles.all()
        .forEach(role -> roles.put(role.name(), new Replicated(role, role.createdOn())));
  }

  /** The role of that GUID whether it has been replicated or not. */
  Optional<RoleDefinition> stored(String name) {
    return Optional.ofNullable(roles.get(name.toLowerCase(Locale.ROOT))).map(Replicated::role);
  }

  /** The role of that GUID as far as it is known everywhere. */
  Optional<RoleDefinition> visible(String name, Instant now) {
    return Optional.ofNullable(roles.get(name.toLowerCase(Locale.ROOT)))
        .filter(replicated -> !replicated.visibleFrom().isAfter(now))
        .map(Replicated::role);
  }

  List<RoleDefinition> visible(Instant now) {
    return roles.values().stream()
        .filter(replicated -> !replicated.visibleFrom().isAfter(now))
        .map(Replicated::role)
        .toList();
  }

  List<RoleDefinition> all() {
    return roles.values().stream().map(Replicated::role).toList();
  }

  /** Makes or updates a custom role. An update is visible at once if the role was. */
  void put(RoleDefinition role, Instant visibleFrom) {
    Replicated before = roles.get(role.name());
    if (before != null && before.role().builtIn()) {
      throw builtIn(before.role());
    }
    boolean nameTaken =
        roles.values().stream()
            .map(Replicated::role)
            .filter(other -> !other.name().equals(role.name()))
            .anyMatch(other -> other.roleName().equalsIgnoreCase(role.roleName()));
    if (nameTaken) {
      throw new ArmException(
          409,
          "RoleDefinitionWithSameNameExists",
          "A custom role with the same name already exists in this directory. Use a different name.");
    }
    roles.put(
        role.name(), new Replicated(role, before == null ? visibleFrom : before.visibleFrom()));
  }

  void remove(String name) {
    roles.remove(name.toLowerCase(Locale.ROOT));
  }

  /** Microsoft doesn't document the code of this error. */
  static ArmException builtIn(RoleDefinition role) {
    return new ArmException(
        400,
        "RoleDefinitionIsBuiltIn",
        "The built-in role '%s' can't be changed.".formatted(role.roleName()));
  }
}
