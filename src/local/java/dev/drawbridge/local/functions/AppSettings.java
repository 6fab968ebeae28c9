package dev.drawbridge.local.functions;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The app's settings, the "Values" of local.settings.json. Names are the same in any case, and with
 * {@code :} for {@code __}, as in .NET configuration, where Azure's host reads them.
 */
final class AppSettings {
  private static final Pattern REFERENCE = Pattern.compile("%([^%]*)%");

  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  AppSettings(Map<String, String> values) {
    values.forEach((name, value) -> this.values.put(name.replace(":", "__"), value));
  }

  /** The setting, or nothing when it is absent or empty. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name.replace(":", "__"))).filter(v -> !v.isEmpty());
  }

  /**
   * {@code text} with each {@code %NAME%} replaced by the setting's value.
   *
   * @param problem told each reference that can't be resolved; the result is then empty
   */
  Optional<String> resolve(String text, Consumer<String> problem) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    boolean complete = true;
    int end = 0;
    while (reference.find()) {
      Optional<String> value = get(reference.group(1));
      if (value.isEmpty()) {
        problem.accept(
            "the setting %s (in '%s') is missing: add it to the settings"
                .formatted(reference.group(1), text));
        complete = false;
      }
      reference.appendReplacement(resolved, Matcher.quoteReplacement(value.orElse("")));
      end = reference.end();
    }
    if (text.indexOf('%', end) >= 0) {
      problem.accept("'%s' has a %% without its pair: a setting is %%NAME%%".formatted(text));
      return Optional.empty();
    }
    reference.appendTail(resolved);
    return complete ? Optional.of(resolved.toString()) : Optional.empty();
  }
}
