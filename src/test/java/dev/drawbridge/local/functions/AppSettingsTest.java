package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppSettingsTest {
  private final List<String> problems = new ArrayList<>();
  private final AppSettings settings =
      new AppSettings(
          Map.of("Queue", "orders", "PRICE", "$1\\2", "Empty", "", "Bus:namespace", "n"));

  @Test
  void resolve_whenSettingIsThere_thenPutsItsValueInWhateverTheCase() {
    assertEquals(
        Optional.of("a-orders-b-orders"), settings.resolve("a-%Queue%-b-%QUEUE%", problems::add));
    assertEquals(List.of(), problems);
  }

  @Test
  void resolve_whenValueLooksLikeAReplacementPattern_thenTakesItLiterally() {
    assertEquals(Optional.of("$1\\2"), settings.resolve("%PRICE%", problems::add));
  }

  @Test
  void resolve_whenSettingsAreMissingOrEmpty_thenNamesEachOfThem() {
    assertEquals(Optional.empty(), settings.resolve("%A%/%Queue%/%Empty%", problems::add));
    assertEquals(
        List.of(
            "the setting A (in '%A%/%Queue%/%Empty%') is missing: add it to the settings",
            "the setting Empty (in '%A%/%Queue%/%Empty%') is missing: add it to the settings"),
        problems);
  }

  @Test
  void resolve_whenPercentHasNoPair_thenSaysSo() {
    assertEquals(Optional.empty(), settings.resolve("50% of %Queue%", problems::add));
    assertEquals(Optional.empty(), settings.resolve("orders%", problems::add));
    assertEquals(
        "'orders%' has a % without its pair: a setting is %NAME%",
        problems.get(problems.size() - 1));
  }

  @Test
  void get_whenNameHasColonForUnderscores_thenIsTheSameSetting() {
    assertEquals(Optional.of("n"), settings.get("bus__Namespace"));
    assertEquals(Optional.empty(), settings.get("Empty"));
  }
}
