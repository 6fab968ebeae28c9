package dev.drawbridge.tickets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A source's secrets: the one in use and, while it is being changed, the other. Of {@code whsec_…}
 * the rest is a key in base64, as Standard Webhooks has it; anything else is taken as it is.
 */
public record Secrets(List<String> values) {
  static final String KEY_PREFIX = "whsec_";
  private static final int SHORTEST = 16;

  public Secrets {
    values = List.copyOf(values);
  }

  /**
   * @param setting several secrets are separated by spaces; none if it is empty
   * @throws IllegalArgumentException if one can't be a secret; the message doesn't repeat it
   */
  public static Secrets parse(String setting) {
    if (isUnresolved(setting)) {
      return new Secrets(List.of());
    }
    List<String> values =
        Arrays.stream(setting.split("\\s+")).filter(value -> !value.isEmpty()).toList();
    if (values.stream().anyMatch(value -> value.length() < SHORTEST)) {
      throw new IllegalArgumentException(
          "must be secrets of at least %d characters, separated by spaces".formatted(SHORTEST));
    }
    Secrets secrets = new Secrets(values);
    try {
      secrets.keys();
    } catch (IllegalArgumentException e) {
      // Told without its message, which repeats characters of the secret.
      throw new IllegalArgumentException("must have base64 after whsec_", null);
    }
    return secrets;
  }

  /**
   * Whether a setting is a Key Vault reference, which Azure leaves as it stands when it can't read
   * the secret. That text can be guessed, so that it must not open anything.
   */
  public static boolean isUnresolved(String setting) {
    return setting.strip().startsWith("@Microsoft.KeyVault(");
  }

  /** The name of the setting that holds a system's secret: the prefix and the system's name. */
  public static String setting(String prefix, String system) {
    return prefix + system.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Refuses a secret whose system is missing, which is a misspelt name: that system would stay
   * silent, unnoticed.
   *
   * @param expected the settings that may begin with the prefix
   */
  public static void refuseStray(
      Map<String, String> settings,
      String prefix,
      Set<String> expected,
      String why,
      BiConsumer<String, String> refuse) {
    new TreeSet<>(settings.keySet())
        .stream()
            .filter(name -> name.startsWith(prefix) && !expected.contains(name))
            .filter(name -> !settings.getOrDefault(name, "").isBlank())
            .forEach(name -> refuse.accept(name, why));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The keys of Standard Webhooks' signatures. */
  public List<byte[]> keys() {
    return values.stream()
        .filter(value -> value.startsWith(KEY_PREFIX))
        .map(value -> Base64.getDecoder().decode(value.substring(KEY_PREFIX.length())))
        .toList();
  }

  /** The secrets that are no such keys, which are sent or sign as they are. */
  List<byte[]> plain() {
    return values.stream()
        .filter(value -> !value.startsWith(KEY_PREFIX))
        .map(value -> value.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public String toString() {
    return "Secrets[…]";
  }
}
