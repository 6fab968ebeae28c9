package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever holds a secret shows none, wherever it is printed. */
class SecretsTest {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(secret|password|token|connectionString|credential|(?<!idempotency)key)s?");

  /** Holds secrets under a name that does not say so. */
  private static final Set<String> MORE =
      Set.of(
          "dev.drawbridge.tickets.Secrets.values",
          "dev.drawbridge.tickets.Received.headers",
          "dev.drawbridge.tickets.Received.body");

  private static final String CANARY = "canary-of-a-secret-0123456789";

  static Stream<Class<?>> holders() {
    return classes().filter(SecretsTest::holdsASecret).<Class<?>>map(JavaClass::reflect).distinct();
  }

  @ParameterizedTest
  @MethodSource("holders")
  void toString_whenTheTypeHoldsASecret_thenDoesNotShowIt(Class<?> type) throws Exception {
    if (type.isRecord()) {
      String shown = sample(type).toString();
      assertFalse(shown.contains(CANARY), shown);
    } else {
      assertTrue(
          type.getMethod("toString").getDeclaringClass().equals(Object.class),
          type + " has a toString of its own: make sure that it shows no secret, and say so here");
    }
  }

  @Test
  void holders_whenLookedFor_thenTheKnownOnesAreAmongThem() {
    Set<String> names = new TreeSet<>();
    holders().forEach(type -> names.add(type.getSimpleName()));
    assertTrue(
        names.containsAll(Set.of("ByString", "Secrets", "Received", "Account", "Api")),
        names.toString());
  }

  private static Stream<JavaClass> classes() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ArchitectureTest.NotLocal())
            .importPackages("dev.drawbridge")
            .stream();
  }

  private static boolean holdsASecret(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> !field.getModifiers().toString().contains("STATIC"))
        .anyMatch(field -> isSecret(field));
  }

  private static boolean isSecret(JavaField field) {
    boolean isPlain =
        Stream.of(String.class, byte[].class, char[].class, List.class, Map.class, Optional.class)
            .anyMatch(plain -> field.getRawType().isEquivalentTo(plain));
    return MORE.contains(field.getFullName())
        || (isPlain && SECRET.matcher(field.getName()).matches());
  }

  private static boolean isSecret(Class<?> type, RecordComponent component) {
    return SECRET.matcher(component.getName()).matches()
        || MORE.contains(type.getName() + "." + component.getName());
  }

  /** A record whose secrets are the canary. */
  private static Object sample(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = value(types[i], isSecret(type, components[i]) ? CANARY : "text");
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object value(Class<?> type, String text) throws ReflectiveOperationException {
    if (type == String.class) {
      return text;
    } else if (type == boolean.class) {
      return true;
    } else if (type == URI.class) {
      return URI.create("https://contoso.example");
    } else if (type == List.class) {
      return List.of(text);
    } else if (type == Map.class) {
      return Map.of(text, text);
    } else if (type == Optional.class) {
      return Optional.of(text);
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type.isRecord()) {
      return sample(type);
    }
    throw new AssertionError("Say here how to make a sample of " + type);
  }
}
