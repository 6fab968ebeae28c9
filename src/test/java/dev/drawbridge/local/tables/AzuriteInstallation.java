package dev.drawbridge.local.tables;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Azurite in the user's cache folder, got from npm once.
 *
 * @param node the node that runs it
 * @param folder what npm installed it into
 */
record AzuriteInstallation(Path node, Path folder) {
  /** The last that runs on Node 20, which is what many have. */
  private static final String VERSION = "3.35.0";

  private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(30);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
  private static final boolean WINDOWS = File.pathSeparatorChar == ';';

  /** Why it can't be had on this machine. */
  static final class Unavailable extends Exception {
    Unavailable(String reason) {
      super(reason);
    }
  }

  /**
   * Finds it, or installs it.
   *
   * @throws Unavailable if there is no npx or npm's registry can't be reached
   * @throws IOException if it should be there and is not
   */
  static AzuriteInstallation get() throws Unavailable, IOException {
    Path npx =
        onPath(WINDOWS ? "npx.cmd" : "npx")
            .orElseThrow(() -> new Unavailable("npx is not on the PATH"));
    Path node =
        onPath(WINDOWS ? "node.exe" : "node")
            .orElseThrow(() -> new Unavailable("node is not on the PATH"));
    Path folder =
        Path.of(System.getProperty("user.home"), ".cache", "drawbridge", "azurite", VERSION);
    if (!Files.exists(folder)) {
      install(npx.resolveSibling(WINDOWS ? "npm.cmd" : "npm"), folder);
    }
    return new AzuriteInstallation(node, folder);
  }

  /** The command line that runs its Table service. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(node.toString());
    command.add(folder.resolve("node_modules/azurite/dist/src/table/main.js").toString());
    command.addAll(arguments);
    return command;
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Installs beside the folder first, so that an interrupted installation is not taken for one. */
  private static void install(Path npm, Path folder) throws Unavailable, IOException {
    String azurite = "azurite@" + VERSION;
    if (run(LOOK_UP_LIMIT, npm.toString(), "view", azurite, "version") != 0) {
      throw new Unavailable("the npm registry can't be reached, and Azurite is not installed yet");
    }
    Path parent = Files.createDirectories(folder.getParent());
    Path partial = Files.createTempDirectory(parent, "partial-");
    int status =
        run(
            INSTALL_LIMIT,
            npm.toString(),
            "install",
            "--prefix",
            partial.toString(),
            "--no-audit",
            "--no-fund",
            azurite);
    if (status != 0) {
      throw new IOException("npm could not install " + azurite + ": exit status " + status);
    }
    try {
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(folder)) { // else another process was first
        throw e;
      }
    }
  }

  /** The exit status; -1 if it took longer than {@code limit}. */
  private static int run(Duration limit, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return -1;
  }
}
