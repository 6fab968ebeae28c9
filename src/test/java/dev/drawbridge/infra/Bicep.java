package dev.drawbridge.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Bicep file, read as far as its structure can be checked: what it declares, names and passes on.
 */
record Bicep(Path path, List<Statement> statements) {
  static final Path FOLDER = Path.of("infra");

  private static final Set<String> KEYWORDS =
      Set.of("for", "in", "if", "existing", "true", "false", "null", "resource");

  /**
   * A declaration.
   *
   * @param kind param, var, resource, module, output, metadata or targetScope
   * @param type of a param or an output its type, of a resource {@code type@version}, of a module
   *     its path
   * @param body its decorators, and all that follows its name and type
   */
  record Statement(String kind, String name, String type, List<BicepTokens.Token> body) {
    boolean hasDefault() {
      return body.stream().anyMatch(token -> token.is("="));
    }

    boolean isDescribed() {
      return body.stream().anyMatch(token -> token.is("description"));
    }

    /** The names that it refers to: no keys of objects, and nothing after a dot. */
    Set<String> references() {
      Set<String> names = new TreeSet<>();
      for (int i = 0; i < body.size(); i++) {
        if (body.get(i).isName() && !isKey(i) && !isMember(i) && !isCall(i)) {
          names.add(body.get(i).text());
        }
      }
      names.removeAll(locals());
      return names;
    }

    Set<String> calls() {
      Set<String> names = new TreeSet<>();
      for (int i = 0; i < body.size(); i++) {
        if (body.get(i).isName() && !isMember(i) && isCall(i) && !KEYWORDS.contains(at(i))) {
          names.add(body.get(i).text());
        }
      }
      return names;
    }

    /** What loops and lambdas name, and the words of the language. */
    private Set<String> locals() {
      Set<String> names = new TreeSet<>(KEYWORDS);
      for (int i = 0; i + 1 < body.size(); i++) {
        if (body.get(i).is("for")) {
          boolean indexed = body.get(i + 1).is("(");
          names.add(body.get(indexed ? i + 2 : i + 1).text());
          if (indexed) {
            names.add(body.get(i + 4).text());
          }
        } else if (body.get(i).is("resource")) {
          names.add(body.get(i + 1).text()); // a resource inside another
        } else if (body.get(i + 1).is("=>")) {
          names.add(body.get(i).text());
        }
      }
      return names;
    }

    /** The keys of the object that a key of this name has, at any depth; none without it. */
    Set<String> keysOf(String key) {
      for (int i = 0; i + 2 < body.size(); i++) {
        if (body.get(i).is(key) && isKey(i) && body.get(i + 2).is("{")) {
          return keysFrom(i + 2);
        }
      }
      return Set.of();
    }

    /** The keys of the object that begins at a token. */
    Set<String> keysFrom(int open) {
      Set<String> keys = new TreeSet<>();
      int depth = 0;
      for (int i = open; i < body.size(); i++) {
        BicepTokens.Token token = body.get(i);
        depth += token.opens() ? 1 : token.closes() ? -1 : 0;
        if (depth == 0) {
          return keys;
        }
        if (depth == 1 && isKey(i)) {
          keys.add(token.text());
        }
      }
      throw new IllegalStateException(name + " is cut off");
    }

    /** The outputs that it reads, as {@code module.output}. */
    Set<String> outputsRead() {
      Set<String> read = new TreeSet<>();
      for (int i = 4; i < body.size(); i++) {
        if (body.get(i - 2).is("outputs") && isMember(i - 2)) {
          int module = body.get(i - 4).is("!") ? i - 5 : i - 4;
          read.add(body.get(module).text() + "." + body.get(i).text());
        }
      }
      return read;
    }

    private String at(int i) {
      return body.get(i).text();
    }

    private boolean isKey(int i) {
      boolean first = i == 0 || body.get(i - 1).is("\n") || body.get(i - 1).is("{");
      return first && i + 1 < body.size() && body.get(i + 1).is(":");
    }

    private boolean isMember(int i) {
      return i > 0 && (body.get(i - 1).is(".") || body.get(i - 1).is("::"));
    }

    private boolean isCall(int i) {
      return i + 1 < body.size() && body.get(i + 1).is("(");
    }
  }

  static List<Bicep> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".bicep"))
          .sorted(Comparator.comparing(Path::toString))
          .map(Bicep::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bicep read(Path path) {
    try {
      return new Bicep(path, statements(BicepTokens.of(Files.readString(path))));
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  List<Statement> of(String kind) {
    return statements.stream().filter(one -> one.kind().equals(kind)).toList();
  }

  Statement named(String name) {
    return statements.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  Set<String> names(String kind) {
    return of(kind).stream().map(Statement::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What another statement than its own refers to. */
  Set<String> referredTo() {
    return statements.stream()
        .map(Statement::references)
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the tests' names. */
  @Override
  public String toString() {
    return path.toString();
  }

  private static List<Statement> statements(List<BicepTokens.Token> tokens) {
    List<Statement> statements = new ArrayList<>();
    List<BicepTokens.Token> decorators = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
      if (!tokens.get(i).is("\n") || depth > 0) {
        continue;
      }
      List<BicepTokens.Token> line = tokens.subList(start, i);
      start = i + 1;
      if (line.isEmpty()) {
        continue;
      }
      if (line.get(0).is("@")) {
        decorators.addAll(line);
      } else {
        statements.add(statement(line, decorators));
        decorators.clear();
      }
    }
    if (depth != 0 || start != tokens.size()) {
      throw new IllegalArgumentException("does not end cleanly");
    }
    return statements;
  }

  private static Statement statement(
      List<BicepTokens.Token> line, List<BicepTokens.Token> decorators) {
    String kind = line.get(0).text();
    boolean typed = Set.of("param", "output", "resource", "module").contains(kind);
    String name = kind.equals("targetScope") ? kind : line.get(1).text();
    List<BicepTokens.Token> body = new ArrayList<>(decorators);
    body.addAll(line.subList(kind.equals("targetScope") ? 1 : typed ? 3 : 2, line.size()));
    return new Statement(kind, name, typed ? line.get(2).text() : "", List.copyOf(body));
  }
}
