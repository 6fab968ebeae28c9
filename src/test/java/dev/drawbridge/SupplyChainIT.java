package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code mvn package} ships, what the bill of materials says of it, and what was reviewed. */
final class SupplyChainIT {
  private static final Path SBOM = Path.of("target", "bom.json");
  private static final Path LIBRARIES = Path.of("target", "azure-functions", "drawbridge", "lib");
  private static final Pattern REVIEWED =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\S+) \\| (\\S[^|]*) \\|$");

  @Test
  void sbom_whenPackaged_thenNamesEveryLibraryThatIsShippedAndNoOther() throws IOException {
    Set<String> shipped;
    try (Stream<Path> files = Files.list(LIBRARIES)) {
      shipped =
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> named = new TreeSet<>();
    components()
        .forEach(
            (library, version) ->
                named.add("%s-%s.jar".formatted(library.replaceFirst(".*:", ""), version)));
    // The Functions worker brings this one itself, so that the packaging leaves it out.
    named.removeIf(name -> name.startsWith("azure-functions-java-"));
    shipped.removeIf(name -> name.startsWith("azure-functions-java-"));
    assertEquals(shipped, named);
  }

  @Test
  void sbom_whenPackaged_thenHasAPurlAndAHashForEachLibrary() throws IOException {
    JsonNode sbom = sbom();
    assertEquals("CycloneDX", sbom.path("bomFormat").asText());
    for (JsonNode component : sbom.path("components")) {
      String name = component.path("name").asText();
      assertTrue(component.path("purl").asText().startsWith("pkg:maven/"), name);
      assertTrue(component.path("hashes").findValuesAsText("alg").contains("SHA-256"), name);
    }
  }

  @Test
  void libraries_whenShipped_thenEachWasReviewedInItsVersion() throws IOException {
    Map<String, String> reviewed = new TreeMap<>();
    String table = Files.readString(Path.of("docs", "vulnerabilities.md"));
    REVIEWED.matcher(table).results().forEach(row -> add(reviewed, row));
    assertEquals(components(), reviewed, "look for advisories and change docs/vulnerabilities.md");
  }

  private static void add(Map<String, String> reviewed, MatchResult row) {
    assertFalse(reviewed.containsKey(row.group(1)), row.group(1) + " is there twice");
    reviewed.put(row.group(1), row.group(2));
  }

  private static Map<String, String> components() throws IOException {
    Map<String, String> components = new TreeMap<>();
    for (JsonNode one : sbom().path("components")) {
      components.put(
          one.path("group").asText() + ":" + one.path("name").asText(),
          one.path("version").asText());
    }
    assertTrue(components.size() > 20, components.toString());
    return components;
  }

  private static JsonNode sbom() throws IOException {
    assertTrue(Files.exists(SBOM), SBOM + " is missing: run mvn package first");
    return new ObjectMapper().readTree(SBOM.toFile());
  }
}
