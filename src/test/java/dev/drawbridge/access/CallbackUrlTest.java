package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.valid;
import static dev.drawbridge.access.Samples.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Limits.Callbacks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a request may name to be told at, and where it has the field. */
class CallbackUrlTest {
  private static final String URL = "https://hooks.example.com/astro?token=AbC";

  private static String refusal(String text, Callbacks allowed) {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> CallbackUrl.parse(text, allowed), text)
                .getMessage());
    assertFalse(!text.isBlank() && message.contains(text), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        URL,
        "HTTPS://Hooks.Example.COM:8443/",
        "https://a.b.c.example.co",
        "https://xn--bcher-kva.example",
        "https://example.xn--p1ai/x",
        "https://1.2.3.4.example.com/",
        "https://hooks.example.com/%5B::1%5D?to=http://127.0.0.1/"
      })
  void parse_whenItIsAPublicName_thenIsTaken(String text) {
    assertEquals(text, CallbackUrl.parse(text, Callbacks.PUBLIC).toString());
    assertEquals(text, CallbackUrl.parse(text, Callbacks.LOOPBACK_TOO).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hooks.example.com",
        "//hooks.example.com/",
        "https:hooks.example.com",
        "https:///path",
        "https:// hooks.example.com/",
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user@hooks.example.com/",
        "https://user:password@hooks.example.com/",
        "https://@hooks.example.com/",
        "https://hooks.example.com@127.0.0.1/",
        "https://hooks.example.com/#part",
        "https://hooks.example.com/#",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:65536/",
        "https://hooks.example.com:99999999999/",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/\r\nX: y",
        "https://hooks.example.com\\@127.0.0.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://0x7f000001/",
        "https://0x7f.0x0.0x0.0x1/",
        "https://127.1/",
        "https://127.0.0.1/",
        "https://127.0.0.1./",
        "https://10.0.0.4/",
        "https://169.254.169.254/metadata/instance",
        "https://168.63.129.16/",
        "https://93.184.216.34/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://[2606:4700::1111]/",
        "https://%31%32%37.0.0.1/",
        "https://hooks%2eexample.com/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://\u2460\u2461.example.com/",
        "https://b\u00fccher.example/",
        "https://hooks\u3002example.com/",
        "https://hooks.example.com./",
        "https://hooks..example.com/",
        "https://.example.com/",
        "https://-hooks.example.com/",
        "https://hooks_1.example.com/",
        "https://hooks.example.c/",
        "https://hooks.example.0x1/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://app.localhost/",
        "https://localhost.localdomain/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://intranet/"
      })
  void parse_whenItIsNone_thenIsRefused(String text) {
    refusal(text, Callbacks.PUBLIC);
  }

  @Test
  void parse_whenItIsTooLong_thenIsRefused() {
    String longest = URL + "a".repeat(1000 - URL.length());
    assertEquals(longest, CallbackUrl.parse(longest, Callbacks.PUBLIC).toString());
    assertEquals("must have at most 1000 characters", refusal(longest + "a", Callbacks.PUBLIC));
    String host = "https://" + "a".repeat(63) + ("." + "b".repeat(63)).repeat(3) + ".com/";
    refusal(host, Callbacks.PUBLIC);
  }

  @Test
  void parse_whenCallbacksAreOff_thenSaysWhichSettingTurnsThemOn() {
    assertTrue(refusal(URL, Callbacks.OFF).contains("CALLBACK_SECRET"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/x",
        "https://127.0.0.1/",
        "http://localhost/",
        "https://LocalHost:1/"
      })
  void parse_whenItIsThisMachine_thenIsTakenOnlyIfAllowed(String text) {
    assertEquals(text, CallbackUrl.parse(text, Callbacks.LOOPBACK_TOO).toString());
    refusal(text, Callbacks.PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/", "http://10.0.0.4/", "http://127.1/", "http://[::1]/",
        "http://127.0.0.2/", "http://user@127.0.0.1/", "http://169.254.169.254/", "ftp://127.0.0.1/"
      })
  void parse_whenThisMachineIsAllowed_thenNothingElseIs(String text) {
    refusal(text, Callbacks.LOOPBACK_TOO);
  }

  static Stream<Map<String, Object>> kinds() {
    Map<String, Object> hub = Samples.fields();
    hub.put("type", "vhub");
    hub.remove("vnetName");
    hub.put("virtualHubName", "hub-weu");
    hub.put("connectionName", "astro-prod");
    hub.put("firewallIp", "10.0.0.4");
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("type", "privateLink");
    link.put("ticket", Samples.ticket("jira", "OPS-7"));
    link.put("clusterId", "clz4q8v1k000108l5d2x9f7ah");
    link.put(
        "resourceId",
        "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/data"
            .formatted(Samples.SUBSCRIPTION));
    link.put("groupId", "blob");
    return Stream.of(Samples.fields(), hub, link);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void request_whenItNamesOne_thenEachKindKeepsItInItsFieldsAndItsIdentity(
      Map<String, Object> fields) {
    ConnectionRequest without = valid(fields);
    assertEquals(Optional.empty(), without.terms().callbackUrl());
    assertFalse(without.toFields().containsKey("callbackUrl"));

    fields.put("callbackUrl", URL);
    ConnectionRequest with = valid(fields);
    assertEquals(URL, with.terms().callbackUrl().orElseThrow().toString());
    assertEquals(URL, with.toFields().get("callbackUrl"));
    assertEquals(with, valid(with.toFields()));
    assertNotEquals(without.fingerprint(), with.fingerprint());
    assertTrue(with.wantsTheSameAs(without));

    fields.put("callbackUrl", URL.toLowerCase(Locale.ROOT));
    assertNotEquals(with.fingerprint(), valid(fields).fingerprint());
  }

  @Test
  void request_whenItNamesNone_thenThatIsTold() {
    assertEquals(
        Map.of("/callbackUrl", "must be an https address"),
        Samples.violations(with("callbackUrl", "http://hooks.example.com/")));
    assertEquals(
        Map.of("/callbackUrl", "must be a string"), Samples.violations(with("callbackUrl", 1)));
  }

  /** What was taken in stays readable, whatever the settings say by now. */
  @ParameterizedTest
  @EnumSource(Callbacks.class)
  void none_whenTheLedgerIsRead_thenTakesWhateverWasAllowed(Callbacks when) {
    Limits then = new Limits(Duration.ofDays(3), Duration.ofDays(7), when);
    for (String url : new String[] {URL, "http://127.0.0.1:8080/x"}) {
      Map<String, Object> fields = with("callbackUrl", url);
      if (ConnectionRequest.parse(fields, then) instanceof Parsed.Valid<?>) {
        assertTrue(ConnectionRequest.parse(fields, Limits.NONE) instanceof Parsed.Valid<?>);
        assertNotEquals(Callbacks.OFF, when);
      }
    }
  }
}
