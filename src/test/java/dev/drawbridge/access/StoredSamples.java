package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What versions of the app have stored and sent: a folder for each format there was, whose names
 * sort by age. A sample never changes once its format is released; a new format is a new folder.
 */
public final class StoredSamples {
  private static final Path FOLDER = Path.of("src/test/resources/versions");
  private static final Path WRITTEN = Path.of("target/versions");

  private StoredSamples() {}

  /** The formats, the present one last. */
  private static List<Path> formats() {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That sample of every format. */
  public static List<String> all(String name) {
    return formats().stream().map(format -> text(format.resolve(name))).toList();
  }

  public static String oldest(String name) {
    return text(formats().get(0).resolve(name));
  }

  /**
   * Holds what is written now against the present format's sample. Where they differ, what was
   * written is left under target/versions.
   */
  public static void assertIsPresentFormat(String name, String written) {
    List<Path> formats = formats();
    Path sample = formats.get(formats.size() - 1).resolve(name);
    String expected = Files.exists(sample) ? text(sample) : "no sample";
    if (!expected.equals(written)) {
      try {
        Files.createDirectories(WRITTEN);
        Files.writeString(WRITTEN.resolve(name), written + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertEquals(
        expected,
        written,
        "The format has changed. Once the one before is released, add a folder for the new one, with"
            + " what is under target/versions now, and have the old still read: "
            + sample);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
