package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.Limits.Callbacks;
import dev.drawbridge.tickets.Secrets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Whether requests may name an address to be told at, and what signs what is sent there.
 *
 * @param secrets none while the Key Vault reference can't be read
 */
public record CallbackSettings(Secrets secrets, Callbacks allowed) {
  public static final CallbackSettings OFF =
      new CallbackSettings(new Secrets(List.of()), Callbacks.OFF);

  /** The setting with the key or, while it is being changed, the keys. Without one, all is off. */
  public static final String SECRET_SETTING = "CALLBACK_SECRET";

  /** The setting that lets callbacks go to this machine, for local use. */
  public static final String LOOPBACK_SETTING = "CALLBACK_LOOPBACK";

  /**
   * @param settings all of the app's
   * @param refuse told each setting that is wrong and why; why repeats no value
   */
  public static CallbackSettings of(
      Map<String, String> settings, BiConsumer<String, String> refuse) {
    boolean loopback =
        switch (settings.getOrDefault(LOOPBACK_SETTING, "").strip()) {
          case "true" -> true;
          case "", "false" -> false;
          default -> {
            refuse.accept(LOOPBACK_SETTING, "must be true or false");
            yield false;
          }
        };
    String secret = settings.getOrDefault(SECRET_SETTING, "");
    if (secret.isBlank()) {
      return OFF;
    }
    return new CallbackSettings(
        secrets(secret, refuse), loopback ? Callbacks.LOOPBACK_TOO : Callbacks.PUBLIC);
  }

  private static Secrets secrets(String setting, BiConsumer<String, String> refuse) {
    try {
      Secrets secrets = Secrets.parse(setting);
      if (secrets.keys().size() == secrets.values().size()) {
        return secrets;
      }
      refuse.accept(SECRET_SETTING, "must begin with whsec_, as Standard Webhooks has it");
    } catch (IllegalArgumentException e) {
      refuse.accept(SECRET_SETTING, String.valueOf(e.getMessage()));
    }
    return new Secrets(List.of());
  }
}
