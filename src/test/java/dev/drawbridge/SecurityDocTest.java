package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md says is shown, is shown by tests that there are. */
class SecurityDocTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))#(\\w+)`");

  @Test
  void tests_whenNamedInTheThreatModel_thenExist() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named =
        NAMED.matcher(Files.readString(Path.of("docs", "security.md"))).results().toList();
    assertTrue(named.size() > 20, named.size() + " tests are named");
    TreeSet<String> missing = new TreeSet<>();
    for (MatchResult one : named) {
      String source = sources.getOrDefault(one.group(1), "");
      if (!source.contains("void " + one.group(2) + "(")) {
        missing.add(one.group(1) + "#" + one.group(2));
      }
    }
    assertEquals(new TreeSet<>(), missing);
  }

  /** Of all tests, by the simple name of their class; all there are where it is not unique. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.java$", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
    return sources;
  }
}
