package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.local.functions.samples.http.HttpSamples;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassScannerTest {
  private static final String PACKAGE = HttpSamples.class.getPackageName();

  @TempDir Path folder;

  @Test
  void namesIn_whenClassesAreInADirectory_thenFindsThemAndThoseBelow() {
    Set<String> names = ClassScanner.namesIn(PACKAGE, getClass().getClassLoader());
    assertEquals(
        Set.of(HttpSamples.class.getName(), HttpSamples.class.getName() + "$Answer"), names);
  }

  @Test
  void namesIn_whenClassesAreInAJar_thenFindsThoseOfThePackageOnly() throws IOException {
    Path jar = folder.resolve("app with space.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (String name :
          new String[] {"a/b/", "a/b/One.class", "a/b/c/Two.class", "a/bc/No.class"}) {
        entries.putNextEntry(new JarEntry(name));
      }
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      assertEquals(Set.of("a.b.One", "a.b.c.Two"), ClassScanner.namesIn("a.b", loader));
    }
  }

  @Test
  void namesIn_whenPackageIsUnknown_thenIsEmpty() {
    assertEquals(Set.of(), ClassScanner.namesIn("dev.example.none", getClass().getClassLoader()));
  }
}
