package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The deployable folder that {@code mvn package} makes. */
final class PackageIT {
  private static final Path APP = Path.of("target", "azure-functions", "drawbridge");
  private static final long MOST_BYTES = 25L * 1024 * 1024;

  @BeforeAll
  static void packaged() {
    assertTrue(Files.isDirectory(APP), APP + " is missing: run mvn package first");
  }

  @Test
  void package_whenMade_thenItHasTheFunctionsOfTheDesign() throws IOException {
    assertEquals(
        new TreeSet<>(
            Set.of(
                "ApproveConnection",
                "CancelOperation",
                "GetOperation",
                "GrantPeeringAccess",
                "GrantPrivateLinkAccess",
                "Health",
                "ListOperations",
                "OpenApi",
                "ReceiveWebhook",
                "RequestPeering",
                "RequestPrivateLink",
                "RemoveOrphans",
                "ResumeGrants",
                "RevokeAll",
                "RevokeConfirmedAccess",
                "TellTickets")),
        functions());
  }

  @Test
  void package_whenMade_thenEachEntryPointIsInItsJar() throws IOException {
    JarFile jar = new JarFile(appJar().toFile());
    try (jar) {
      for (String function : functions()) {
        JsonNode json =
            new ObjectMapper().readTree(APP.resolve(function).resolve("function.json").toFile());
        assertEquals("../" + appJar().getFileName(), json.path("scriptFile").asText());
        String entry = json.path("entryPoint").asText();
        String type = entry.substring(0, entry.lastIndexOf('.')).replace('.', '/') + ".class";
        assertTrue(jar.getEntry(type) != null, type + " is not in the jar");
      }
    }
  }

  @Test
  void package_whenMade_thenItsLibrariesAreSmallAndWithoutNetty() throws IOException {
    List<Path> libraries = files(APP.resolve("lib"));
    long bytes = 0;
    for (Path library : libraries) {
      bytes += Files.size(library);
    }
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes of libraries");
    List<String> unwanted =
        libraries.stream()
            .map(library -> library.getFileName().toString())
            .filter(name -> name.matches(".*(netty|junit|mockito|protonj2|cron-utils|archunit).*"))
            .toList();
    assertEquals(List.of(), unwanted);
  }

  @Test
  void package_whenMade_thenNothingOfTheLocalAzureIsInIt() throws IOException {
    try (JarFile jar = new JarFile(appJar().toFile())) {
      List<String> local =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.matches("dev/drawbridge/(local|line)/.*|.*(Test|IT)\\.class"))
              .toList();
      assertEquals(List.of(), local);
    }
  }

  @Test
  void package_whenMade_thenItsLocalSettingsHoldNoSecret() throws IOException {
    JsonNode values =
        new ObjectMapper().readTree(APP.resolve("local.settings.json").toFile()).path("Values");
    values.properties().forEach(value -> assertTrue(!value.getValue().asText().contains("Key=")));
  }

  private static Set<String> functions() throws IOException {
    try (Stream<Path> entries = Files.list(APP)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("function.json")))
          .map(entry -> entry.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path appJar() throws IOException {
    List<Path> jars = files(APP).stream().filter(file -> file.toString().endsWith(".jar")).toList();
    assertEquals(1, jars.size(), jars.toString());
    return jars.get(0);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
