package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedRemotesTest {
  private static final String GUID = "cccccccc-2222-3333-4444-dddddddddddd";
  private static final String VNET =
      "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v1"
          .formatted(GUID);

  @Test
  void trusts_whenNoneIsNamed_thenTrustsAll() {
    assertTrue(TrustedRemotes.ANY.trusts(VNET));
    assertTrue(TrustedRemotes.of(List.of()).trusts(VNET));
    assertEquals("any", TrustedRemotes.ANY.toString());
  }

  @Test
  void trusts_whenASubscriptionIsNamed_thenTrustsAllInItInAnyCase() {
    TrustedRemotes trusted = TrustedRemotes.of(List.of(GUID.toUpperCase(Locale.ROOT)));
    assertTrue(trusted.trusts(VNET));
    assertTrue(trusted.trusts(VNET.toUpperCase(Locale.ROOT)));
    assertTrue(trusted.trusts("/subscriptions/" + GUID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        GUID,
        "/subscriptions/cccccccc-2222-3333-4444-dddddddddddd0/resourceGroups/rg",
        "/subscriptions/cccccccc-2222-3333-4444-ddddddddddd",
        "/subscriptions/cccccccc-2222-3333-4444-ddddddddddde/resourceGroups/rg",
        "/x/subscriptions/cccccccc-2222-3333-4444-dddddddddddd/resourceGroups/rg",
        "subscriptions/cccccccc-2222-3333-4444-dddddddddddd/resourceGroups/rg",
        " /subscriptions/cccccccc-2222-3333-4444-dddddddddddd",
        "/\u017fubscriptions/cccccccc-2222-3333-4444-dddddddddddd",
      })
  void trusts_whenTheSubscriptionIsAnother_thenDoesNot(String id) {
    assertFalse(TrustedRemotes.of(List.of(GUID)).trusts(id));
  }

  @Test
  void trusts_whenAResourceIsNamed_thenTrustsItAndWhatIsInIt() {
    TrustedRemotes trusted = TrustedRemotes.of(List.of(VNET.toUpperCase(Locale.ROOT)));
    assertTrue(trusted.trusts(VNET));
    assertTrue(trusted.trusts(VNET + "/subnets/a"));
    assertFalse(trusted.trusts(VNET + "2"));
    assertFalse(trusted.trusts(VNET + "-"));
    assertFalse(trusted.trusts(VNET.substring(0, VNET.length() - 1)));
    assertFalse(trusted.trusts("/subscriptions/" + GUID));
    assertFalse(trusted.trusts(VNET.replace("rg", "rg2")));
    assertFalse(trusted.trusts(VNET.replace("Network/", "Networ\u212a/")));
  }

  @Test
  void trusts_whenManyAreNamed_thenAnyOfThemWillDo() {
    TrustedRemotes trusted = TrustedRemotes.of(List.of(VNET, Samples.SUBSCRIPTION.toString()));
    assertTrue(trusted.trusts(VNET));
    assertTrue(trusted.trusts("/subscriptions/" + Samples.SUBSCRIPTION + "/resourceGroups/x"));
    assertFalse(trusted.trusts("/subscriptions/" + GUID + "/resourceGroups/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "*",
        "any",
        "1-1-1-1-1",
        "/subscriptions",
        "/subscriptions/",
        "/subscriptions/cccccccc-2222-3333-4444-dddddddddddd",
        "/subscriptions/cccccccc-2222-3333-4444-dddddddddddd/resourceGroups/rg",
        "cccccccc-2222-3333-4444-dddddddddddd/",
        "cccccccc-2222-3333-4444-ddddddddddd",
        "/subscriptions/cccccccc-2222-3333-4444-dddddddddddd/resourceGroups/rg/providers/N.S/t/..",
      })
  void of_whenANameIsNeitherASubscriptionNorAResource_thenIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> TrustedRemotes.of(List.of(GUID, name)));
  }
}
