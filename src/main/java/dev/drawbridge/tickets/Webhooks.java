package dev.drawbridge.tickets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
      refuseStray(settings, described.keySet(), refuse);
    }
    return new Webhooks(sources);
  }

  /** The name of the setting that holds a source's secrets. */
  static String secretSetting(String source) {
    return SECRET_SETTING + source.toUpperCase(Locale.ROOT).replace('-', '_');
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

  /** A secret whose source is missing is a misspelt name: that source would stay off, unnoticed. */
  private static void refuseStray(
      Map<String, String> settings, Set<String> sources, BiConsumer<String, String> refuse) {
    Set<String> expected =
        sources.stream().map(Webhooks::secretSetting).collect(Collectors.toSet());
    new TreeSet<>(settings.keySet())
        .stream()
            .filter(name -> name.startsWith(SECRET_SETTING) && !expected.contains(name))
            .filter(name -> !settings.getOrDefault(name, "").isBlank())
            .forEach(name -> refuse.accept(name, "belongs to no source in " + SETTING));
  }
}
