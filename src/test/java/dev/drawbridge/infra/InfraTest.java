package dev.drawbridge.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.infra.Bicep.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Bicep's compiler and linter would say of infra/, as far as it can be said without them. */
class InfraTest {
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("allowed description maxLength maxValue metadata minLength minValue "
                  + "cidrSubnet concat empty environment fail guid items join json length "
                  + "loadJsonContent loadTextContent replace resourceGroup resourceId string subscription "
                  + "subscriptionResourceId tenant toLower toObject toUpper union uniqueString")
              .split(" ", -1));

  static List<Bicep> files() {
    return Bicep.all();
  }

  @Test
  void files_whenListed_thenAreMainAndWhatItReaches() {
    Set<Path> reached = new TreeSet<>();
    reach(Bicep.FOLDER.resolve("main.bicep"), reached);
    assertEquals(
        reached, files().stream().map(Bicep::path).collect(Collectors.toCollection(TreeSet::new)));
    assertTrue(reached.size() > 10, reached.toString());
  }

  private static void reach(Path path, Set<Path> reached) {
    if (reached.add(path)) {
      Bicep.read(path).of("module").forEach(module -> reach(file(path, module), reached));
    }
  }

  private static Path file(Path of, Statement module) {
    Path file = of.resolveSibling(module.type()).normalize();
    assertTrue(Files.exists(file), of + " has a module that is missing: " + file);
    return file;
  }

  @ParameterizedTest
  @MethodSource("files")
  void names_whenUsed_thenAreDeclaredAndTheOtherWayRound(Bicep file) {
    Set<String> declared = new TreeSet<>();
    Stream.of("param", "var", "resource", "module")
        .flatMap(kind -> file.names(kind).stream())
        .forEach(name -> assertTrue(declared.add(name), name + " twice in " + file.path()));
    Set<String> unknown = new TreeSet<>(file.referredTo());
    unknown.removeAll(declared);
    assertEquals(Set.of(), unknown, file.path() + " uses what it does not declare");

    Set<String> unused = new TreeSet<>(file.names("param"));
    unused.addAll(file.names("var"));
    file.of("resource").stream()
        .filter(one -> one.body().stream().anyMatch(token -> token.is("existing")))
        .forEach(existing -> unused.add(existing.name()));
    unused.removeAll(file.referredTo());
    assertEquals(Set.of(), unused, file.path() + " declares what it does not use");
  }

  @ParameterizedTest
  @MethodSource("files")
  void functions_whenCalled_thenAreBiceps(Bicep file) {
    Set<String> called = new TreeSet<>();
    file.statements().forEach(statement -> called.addAll(statement.calls()));
    called.removeAll(FUNCTIONS);
    assertEquals(Set.of(), called, file.path().toString());
  }

  @ParameterizedTest
  @MethodSource("files")
  void modules_whenCalled_thenGetTheParametersThatTheyHave(Bicep file) {
    for (Statement module : file.of("module")) {
      Bicep called = Bicep.read(file(file.path(), module));
      Set<String> passed = module.keysOf("params");
      Set<String> unknown = new TreeSet<>(passed);
      unknown.removeAll(called.names("param"));
      assertEquals(Set.of(), unknown, module.name() + " gets what it does not have");
      Set<String> missing = new TreeSet<>();
      called.of("param").stream()
          .filter(param -> !param.hasDefault() && !passed.contains(param.name()))
          .forEach(param -> missing.add(param.name()));
      assertEquals(Set.of(), missing, module.name() + " lacks what it needs");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void outputs_whenRead_thenExist(Bicep file) {
    for (Statement statement : file.statements()) {
      for (String read : statement.outputsRead()) {
        String[] parts = read.split("\\.", -1);
        Bicep module = Bicep.read(file(file.path(), file.named(parts[0])));
        assertTrue(module.names("output").contains(parts[1]), file.path() + " reads " + read);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void parameters_whenDeclared_thenAreDescribed(Bicep file) {
    assertEquals(
        List.of(),
        file.of("param").stream()
            .filter(param -> !param.isDescribed())
            .map(Statement::name)
            .toList());
  }

  @Test
  void apiVersions_whenNamed_thenAreKnownToExist() throws IOException {
    Set<String> known = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/infra/api-versions.tsv"))) {
      String[] columns = line.split("\t", -1);
      if (!line.startsWith("#")) {
        assertFalse(columns[2].isBlank(), "where " + line + " is from");
        known.add(columns[0] + "@" + columns[1]);
      }
    }
    Set<String> used = new HashSet<>();
    files().forEach(file -> file.of("resource").forEach(one -> used.add(one.type())));
    assertEquals(new TreeSet<>(known), new TreeSet<>(used), "none unknown, none left over");
  }

  @ParameterizedTest
  @MethodSource("files")
  void resources_whenChildren_thenNameTheirParent(Bicep file) {
    for (Statement resource : file.of("resource")) {
      String type = resource.type().split("@", -1)[0];
      boolean child = type.chars().filter(c -> c == '/').count() > 1;
      assertEquals(child, resource.body().stream().anyMatch(t -> t.is("parent")), resource.name());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void text_whenRead_thenHasNoSecretAndNoAddressOfOneCloud(Bicep file) {
    String text = file.text();
    for (String bad :
        List.of(
            "listKeys",
            "listSecrets",
            "getSecret",
            "AccountKey",
            "SharedAccessKey",
            "core.windows.net",
            "vault.azure.net",
            "management.azure.com",
            "login.microsoftonline.com")) {
      assertFalse(text.contains(bad), file.path() + " has " + bad);
    }
    for (Statement output : file.of("output")) {
      assertFalse(
          output.name().matches("(?i).*(password|secret|connection|key$).*"), output.name());
      assertFalse(output.body().stream().anyMatch(token -> token.is("ConnectionString")));
    }
    for (Statement param : file.of("param")) {
      assertFalse(param.name().matches("(?i).*(password|pwd|secret|accountkey).*"), param.name());
    }
  }

  /** The template gets each parameter that the file gives, and those without a default all. */
  @Test
  void parameterFile_whenRead_thenFitsTheTemplate() throws IOException {
    Bicep main = Bicep.read(Bicep.FOLDER.resolve("main.bicep"));
    Set<String> given = new TreeSet<>();
    for (String line : Files.readAllLines(Bicep.FOLDER.resolve("main.bicepparam"))) {
      if (line.startsWith("param ")) {
        given.add(line.split(" ", -1)[1]);
      }
    }
    assertTrue(main.names("param").containsAll(given), given.toString());
    main.of("param").stream()
        .filter(param -> !param.hasDefault())
        .forEach(param -> assertTrue(given.contains(param.name()), param.name()));
  }

  /** What is open unless it is closed is closed. */
  @Test
  void resources_whenTheyHaveKeysOrAccounts_thenOnlyIdentitiesOpenThem() {
    assertTrue(
        Bicep.read(Path.of("infra/storage.bicep")).text().contains("allowSharedKeyAccess: false"));
    assertTrue(
        Bicep.read(Path.of("infra/storage.bicep")).text().contains("allowBlobPublicAccess: false"));
    assertTrue(
        Bicep.read(Path.of("infra/servicebus.bicep")).text().contains("disableLocalAuth: true"));
    assertTrue(
        Bicep.read(Path.of("infra/monitoring.bicep")).text().contains("DisableLocalAuth: true"));
    String vault = Bicep.read(Path.of("infra/keyvault.bicep")).text();
    assertTrue(vault.contains("enableRbacAuthorization: true"));
    assertTrue(vault.contains("enablePurgeProtection: true"));
    assertTrue(Bicep.read(Path.of("infra/app.bicep")).text().contains("alwaysReady: []"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var a = 'b\n",
        "var a = {\n",
        "var a = '${b'\n",
        "var a = ]\n",
        "var a = #\n",
        "var a = '''b\n"
      })
  void tokens_whenTheFileIsBroken_thenAreRefused(String text) throws IOException {
    Path broken = Files.createTempFile("broken", ".bicep");
    try {
      Files.writeString(broken, text);
      assertThrows(IllegalArgumentException.class, () -> Bicep.read(broken));
    } finally {
      Files.delete(broken);
    }
  }
}
