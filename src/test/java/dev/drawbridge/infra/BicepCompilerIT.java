package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Bicep's own compiler and linter say of infra/, where {@code bicep} is on the path. */
class BicepCompilerIT {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path out;

  @BeforeAll
  static void bicepIsThere() {
    String path = System.getenv().getOrDefault("PATH", "");
    assumeTrue(
        Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bicep"))),
        "there is no bicep on the path");
  }

  @Test
  void build_whenGivenTheTemplate_thenHasNothingToSay() throws Exception {
    assertSilent("build", "infra/main.bicep", "--outfile", out.resolve("main.json").toString());
    assertTrue(Files.size(out.resolve("main.json")) > 0);
  }

  @Test
  void buildParams_whenGivenTheParameters_thenHasNothingToSay() throws Exception {
    assertSilent(
        "build-params", "infra/main.bicepparam", "--outfile", out.resolve("main.json").toString());
  }

  private void assertSilent(String command, String... arguments)
      throws IOException, InterruptedException {
    Path said = out.resolve("said");
    Process bicep =
        new ProcessBuilder(
                Stream.concat(Stream.of("bicep", command), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(bicep.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "bicep does not end");
    } finally {
      bicep.destroyForcibly();
    }
    assertEquals(List.of(), Files.readAllLines(said));
    assertEquals(0, bicep.exitValue());
  }
}
