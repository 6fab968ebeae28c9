package dev.drawbridge.tickets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The sources that may call, by name. One without a secret is off, as if there were none. */
public record Webhooks(Map<String, Source> sources) {
  public static final Webhooks NONE = new Webhooks(Map.of());

  /** The setting that describes the sources, without their secrets. */
  public static final String SETTING = "WEBHOOKS";

  /** What the names of the settings with secrets begin with. */
  public static final String SECRET_SETTING = "WEBHOOK_SECRET_";

  public Webhooks {
    sources = Map.copyOf(sources);
  }

  public Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /**
   * @param settings all of the app's
   * @param refuse told each setting that is wrong and why; why repeats no value
   */
  public static Webhooks of(Map<String, String> settings, BiConsumer<String, String> refuse) {
    String document = settings.getOrDefault(SETTING, "");
    List<String> wrong = new ArrayList<>();
    Map<String, MappingReader.Described> described =
        document.isBlank() ? Map.of() : MappingReader.read(document, wrong);
    wrong.forEach(why -> refuse.accept(SETTING, why));
    Map<String, Source> sources = new LinkedHashMap<>();
    described.forEach(
        (name, source) -> {
          Secrets secrets = secrets(name, source.type(), settings, refuse);
          if (!secrets.isEmpty()) {
            sources.put(name, new Source(name, source.type(), secrets, source.mapping()));
          }
        });
    if (wrong.isEmpty()) {
      Secrets.refuseStray(
          settings,
          SECRET_SETTING,
          described.keySet().stream().map(Webhooks::secretSetting).collect(Collectors.toSet()),
          "belongs to no source in " + SETTING,
          refuse);
    }
    return new Webhooks(sources);
  }

  /** The name of the setting that holds a source's secrets. */
  static String secretSetting(String source) {
    return Secrets.setting(SECRET_SETTING, source);
  }

  private static Secrets secrets(
      String source,
      SourceType type,
      Map<String, String> settings,
      BiConsumer<String, String> refuse) {
    String setting = secretSetting(source);
    try {
      Secrets secrets = Secrets.parse(settings.getOrDefault(setting, ""));
      boolean onlyKeys = type == SourceType.STANDARD;
      if (onlyKeys && secrets.keys().size() < secrets.values().size()) {
        refuse.accept(setting, "must begin with whsec_, as Standard Webhooks has it");
      }
      boolean takesKeys = onlyKeys || type == SourceType.SERVICENOW;
      if (!takesKeys && !secrets.keys().isEmpty()) {
        refuse.accept(setting, "must not begin with whsec_: that is a Standard Webhooks key");
      }
      return secrets;
    } catch (IllegalArgumentException e) {
      refuse.accept(setting, String.valueOf(e.getMessage()));
      return new Secrets(List.of());
    }
  }
}
