package dev.drawbridge.azure;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.RoleTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the roles under {@code roles/}: files as {@code az role definition create} takes them. */
public final class RoleTemplates {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private RoleTemplates() {}

  /** A file's members, named as in the vendor's documentation. */
  @SuppressWarnings("IdentifierName")
  private record RoleFile(
      String Name,
      boolean IsCustom,
      String Description,
      List<String> Actions,
      List<String> NotActions,
      List<String> AssignableScopes) {}

  /**
   * The role of each kind of connection.
   *
   * @throws IllegalStateException if one is missing or denies actions, which we could not compare
   */
  public static Map<ConnectionKind, RoleTemplate> load() {
    Map<ConnectionKind, RoleTemplate> roles = new EnumMap<>(ConnectionKind.class);
    for (ConnectionKind kind : ConnectionKind.values()) {
      roles.put(kind, load("/roles/" + kind.roleResource() + ".json"));
    }
    return roles;
  }

  private static RoleTemplate load(String resource) {
    try (InputStream in = RoleTemplates.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The role " + resource + " is missing");
      }
      RoleFile file = JSON.readValue(in, RoleFile.class);
      if (!file.NotActions().isEmpty()) {
        throw new IllegalStateException("The role " + resource + " denies actions");
      }
      return new RoleTemplate(file.Name(), file.Description(), Set.copyOf(file.Actions()));
    } catch (IOException e) {
      throw new UncheckedIOException("The role " + resource + " can't be read", e);
    }
  }
}
