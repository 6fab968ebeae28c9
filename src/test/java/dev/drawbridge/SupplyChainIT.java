package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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

  /** Of the Functions worker, which brings its own: the packaging leaves it out. */
  private static final String OF_THE_WORKER = "azure-functions-java-core-library-";

  private static final Pattern REVIEWED =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\S+) \\| (\\S[^|]*) \\|$");

  @Test
  void libraries_whenShipped_thenEachWasReviewedInItsVersion() throws IOException {
    Set<String> reviewed = new TreeSet<>();
    String table = Files.readString(Path.of("docs", "vulnerabilities.md"));
    for (MatchResult row : REVIEWED.matcher(table).results().toList()) {
      String name = row.group(1).replaceFirst(".*:", "");
      assertTrue(reviewed.add(jar(name, row.group(2))), name + " is there twice");
    }
    reviewed.removeIf(name -> name.startsWith(OF_THE_WORKER));
    assertEquals(shipped(), reviewed, "look for advisories and change docs/vulnerabilities.md");
  }

  @Test
  void sbom_whenPackaged_thenNamesEveryLibraryThatIsShippedAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode one : sbom().path("components")) {
      named.add(jar(one.path("name").asText(), one.path("version").asText()));
    }
    named.removeIf(name -> name.startsWith(OF_THE_WORKER));
    named.removeIf(name -> name.startsWith("jspecify-")); // Reactor's, and annotations alone
    assertEquals(shipped(), named);
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

  private static Set<String> shipped() throws IOException {
    try (Stream<Path> files = Files.list(LIBRARIES)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String jar(String name, String version) {
    return "%s-%s.jar".formatted(name, version);
  }

  /** CycloneDX's plugin does nothing in a build that is told to stay off the network. */
  private static JsonNode sbom() throws IOException {
    assumeTrue(Files.exists(SBOM), SBOM + " is not made by mvn -o");
    return new ObjectMapper().readTree(SBOM.toFile());
  }
}
