package dev.drawbridge.infra;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The ids of roles as rbac.bicep computes them, without the app's own code. */
final class BicepRoleIds {
  static final UUID TENANT = UUID.fromString("aaaabbbb-0000-cccc-1111-dddd2222eeee");
  private static final Path ROLES = Path.of("src/main/resources/roles");

  private BicepRoleIds() {}

  /** The types that main.bicep allows unless told otherwise. */
  static List<String> privateLinkTypes() {
    List<String> types = new ArrayList<>();
    Bicep.read(Bicep.FOLDER.resolve("main.bicep")).named("privateLinkTypes").body().stream()
        .filter(token -> token.quoted() && token.text().startsWith("Microsoft."))
        .forEach(token -> types.add(token.text()));
    return types;
  }

  /** {@code guid(tenantId, json(replace(file, …)).Name)}. */
  static String of(String file, String type) {
    try {
      String json =
          Files.readString(ROLES.resolve(file + ".json"))
              .replace("{resource-type}", type.toLowerCase(Locale.ROOT));
      return armGuid(TENANT.toString(), new ObjectMapper().readTree(json).get("Name").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The guid() function of ARM templates as documented: a version 5 UUID (RFC 9562, 5.5) of the
   * arguments joined with a hyphen, in ARM's namespace.
   */
  private static String armGuid(String... arguments) {
    return version5("11fb06fb-712d-4ddd-98c7-e71bbd588830", String.join("-", arguments));
  }

  static String version5(String namespace, String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(HexFormat.of().parseHex(namespace.replace("-", "")));
      byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
      hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
      hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
      String hex = HexFormat.of().formatHex(hash, 0, 16);
      return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
