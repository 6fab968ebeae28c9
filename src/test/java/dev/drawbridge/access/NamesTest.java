package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final Duration MOST = Duration.ofDays(7);

  /** What no name of any kind may be, whatever else it allows. */
  static Stream<String> hostileNames() {
    return Stream.of(
        "",
        " ",
        ".",
        "..",
        "a/b",
        "/",
        "a\\b",
        "a%2Fb",
        "a%b",
        "%2e%2e",
        "a?b",
        "a#b",
        "a b",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\r\nb",
        "a\tb",
        "a\0b",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\u200bb",
        "a\u202eb",
        "a\ufeff",
        "a;b",
        "a:b",
        "a@b",
        "a'b",
        "a\"b",
        "a<b",
        "a&b",
        "a{b}",
        "a$b",
        "a*",
        "a\uff0fb",
        "a\u2024\u2024",
        "\ud83d\ude00",
        "a\ud800b");
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void resourceGroup_whenHostile_thenIsRefused(String text) {
    refused(Names::resourceGroup, text);
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void virtualNetwork_whenHostile_thenIsRefused(String text) {
    refused(Names::virtualNetwork, text);
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void cluster_whenHostile_thenIsRefused(String text) {
    refused(Names::cluster, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "_",
        "-",
        "(",
        ")",
        "(rg)",
        ".rg",
        "..rg",
        "a.b",
        "a..b",
        "rg-Net_work.(1)",
        "größe",
        "資源",
        "ресурсы",
        "٣",
        "𠀀𠀀"
      })
  void resourceGroup_whenAzureTakesIt_thenIsGivenBack(String text) {
    assertEquals(text, Names.resourceGroup(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rg.", "...", "a.b.", "rg+1", "rg~", "½", "Ⅷ", "a\u0301"})
  void resourceGroup_whenAzureDoesNotTakeIt_thenIsRefused(String text) {
    refused(Names::resourceGroup, text);
  }

  @Test
  void resourceGroup_whenAtTheLongest_thenIsTakenAndOneMoreIsNot() {
    assertEquals("a".repeat(90), Names.resourceGroup("a".repeat(90)));
    assertEquals("𠀀".repeat(90), Names.resourceGroup("𠀀".repeat(90)));
    refused(Names::resourceGroup, "a".repeat(91));
    refused(Names::resourceGroup, "𠀀".repeat(91));
    refused(Names::resourceGroup, "a".repeat(89) + ".");
    refused(Names::resourceGroup, "a".repeat(90) + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "1a", "a1", "a_", "A.b-c_d", "vnet..x", "0.0", "a-_"})
  void virtualNetwork_whenAzureTakesIt_thenIsGivenBack(String text) {
    assertEquals(text, Names.virtualNetwork(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_a", "-a", ".a", "a.", "a-", "ä1", "1\u0663", "a(b)"})
  void virtualNetwork_whenAzureDoesNotTakeIt_thenIsRefused(String text) {
    refused(Names::virtualNetwork, text);
  }

  @Test
  void virtualNetwork_whenAtTheLongest_thenIsTakenAndOneMoreIsNot() {
    assertEquals("a".repeat(64), Names.virtualNetwork("a".repeat(64)));
    refused(Names::virtualNetwork, "a".repeat(65));
  }

  @Test
  void cluster_whenAtTheLongest_thenIsTakenAndOneMoreIsNot() {
    assertEquals("c", Names.cluster("c"));
    assertEquals("clz-" + "9".repeat(60), Names.cluster("clz-" + "9".repeat(60)));
    refused(Names::cluster, "c".repeat(65));
    refused(Names::cluster, "-c");
    refused(Names::cluster, "c_d");
    refused(Names::cluster, "ç");
  }

  @ParameterizedTest
  @CsvSource({
    "PT5M, PT5M",
    "PT300S, PT5M",
    "P7D, P7D",
    "PT168H, P7D",
    "p3d, P3D",
    "P1DT12H, PT36H",
    "PT300.5S, PT5M0.5S",
    "PT10079M59.999999999S, PT167H59M59.999999999S"
  })
  void duration_whenWithinTheLimits_thenIsRead(String text, Duration expected) {
    assertEquals(expected, Names.duration(text, LEAST, MOST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT0S",
        "P0D",
        "-P1D",
        "-PT5M",
        "PT-5M",
        "PT4M59.999999999S",
        "P7DT0.000000001S",
        "P8D",
        "P999999999999D",
        "PT9223372036854775807S",
      })
  void duration_whenOutsideTheLimits_thenSaysTheLimits(String text) {
    String message = refused(t -> Names.duration(t, LEAST, MOST), text);
    assertTrue(message.startsWith("must be from PT5M to PT168H, not "), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "3 days",
        "P",
        "PT",
        "P1DT",
        "P1W",
        "P1M",
        "P1Y",
        "P3D ",
        " P3D",
        "P3D\n",
        "P\uff13D",
        "PT1H30",
        "P3D/P7D",
        "PT9223372036854775808S",
        "P999999999999999999999999D",
        "-PT9223372036854775808S",
      })
  void duration_whenNotOfDaysAndTimes_thenSaysWhatItMustBe(String text) {
    String message = refused(t -> Names.duration(t, LEAST, MOST), text);
    assertTrue(message.startsWith("must be an ISO-8601 duration"), message);
  }

  /** The message completes "the field …", and repeats nothing of what was sent. */
  private static String refused(Function<String, ?> read, String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> read.apply(text));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("must be "), message);
    return message;
  }
}
