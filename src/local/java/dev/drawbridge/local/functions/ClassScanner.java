package dev.drawbridge.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the classes of a package, and of those in it, in directories and jars. */
final class ClassScanner {
  private static final String SUFFIX = ".class";

  private ClassScanner() {}

  /** The binary names of the classes, in alphabetical order. Nothing is loaded. */
  static Set<String> namesIn(String packageName, ClassLoader loader) {
    String folder = packageName.replace('.', '/');
    Set<String> names = new TreeSet<>();
    try {
      for (URL root : Collections.list(loader.getResources(folder))) {
        if (root.getProtocol().equals("jar")) {
          addFromJar(root, folder, names);
        } else if (root.getProtocol().equals("file")) {
          addFromDirectory(Path.of(new URI(root.toString())), packageName, names);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
    return names;
  }

  private static void addFromDirectory(Path directory, String packageName, Set<String> names)
      throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .map(file -> packageName + "." + directory.relativize(file).toString())
          .forEach(file -> add(file.replace('\\', '/'), names));
    }
  }

  private static void addFromJar(URL root, String folder, Set<String> names) throws IOException {
    JarURLConnection connection = (JarURLConnection) root.openConnection();
    connection.setUseCaches(false);
    try (var jar = connection.getJarFile()) {
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(folder + "/") && name.endsWith(SUFFIX))
          .forEach(name -> add(name, names));
    }
  }

  private static void add(String file, Set<String> names) {
    String name = file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
    if (!name.endsWith("package-info") && !name.endsWith("module-info")) {
      names.add(name);
    }
  }
}
