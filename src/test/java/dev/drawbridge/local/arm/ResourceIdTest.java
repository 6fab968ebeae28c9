package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
  private static final String VNET =
      "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v";

  @ParameterizedTest
  @CsvSource({
    "/subscriptions, Microsoft.Resources/subscriptions, true, /",
    "/subscriptions/s, Microsoft.Resources/subscriptions, false, /",
    "/subscriptions/s/resourcegroups, Microsoft.Resources/subscriptions/resourcegroups, true, /subscriptions/s",
    "/subscriptions/s/resourceGroups/r, Microsoft.Resources/subscriptions/resourceGroups, false, /subscriptions/s",
    "/subscriptions/s/providers, Microsoft.Resources/subscriptions/providers, true, /subscriptions/s",
    "/subscriptions/s/providers/Microsoft.Network, Microsoft.Resources/subscriptions/providers, false, /subscriptions/s",
    "/subscriptions/s/providers/N/t, N/t, true, /subscriptions/s",
    "/providers/N/t/n, N/t, false, /",
  })
  void parse_whenSubscriptionLevel_thenTypeAndParent(
      String path, String type, boolean collection, String parent) {
    ResourceId id = ResourceId.parse(path);

    assertEquals(type, id.type());
    assertEquals(collection, id.isCollection());
    assertEquals(parent, id.parent().toString());
  }

  @Test
  void parse_whenNestedResource_thenParentIsTheOuterResource() {
    ResourceId id = ResourceId.parse(VNET + "/virtualNetworkPeerings/p");

    assertEquals("Microsoft.Network/virtualNetworks/virtualNetworkPeerings", id.type());
    assertEquals("p", id.name());
    assertEquals(ResourceId.parse(VNET), id.parent());
  }

  @Test
  void parse_whenExtensionResource_thenParentIsItsScope() {
    ResourceId id = ResourceId.parse(VNET + "/providers/Microsoft.Authorization/roleAssignments/a");

    assertEquals("Microsoft.Authorization/roleAssignments", id.type());
    assertEquals(ResourceId.parse(VNET), id.parent());
    assertEquals(Optional.of("s"), id.subscription());
    assertEquals(
        Optional.of(ResourceId.parse("/subscriptions/s/resourceGroups/r")), id.resourceGroup());
  }

  @Test
  void equals_whenCaseDiffers_thenSame() {
    ResourceId upper = ResourceId.parse(VNET.toUpperCase(Locale.ROOT));

    assertEquals(ResourceId.parse(VNET), upper);
    assertEquals(ResourceId.parse(VNET).hashCode(), upper.hashCode());
    assertEquals(VNET.toUpperCase(Locale.ROOT), upper.toString());
    assertNotEquals(ResourceId.parse(VNET + "2"), upper);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//subscriptions/s", "/subscriptions//r", "subscriptions/s", "/a//"})
  void parse_whenMalformed_thenRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> ResourceId.parse(path));
  }

  @Test
  void parse_whenRootOrTrailingSlash_thenTolerated() {
    assertEquals(ResourceId.ROOT, ResourceId.parse("/"));
    assertEquals(ResourceId.parse("/subscriptions/s"), ResourceId.parse("/subscriptions/s/"));
    assertThrows(IllegalStateException.class, () -> ResourceId.ROOT.name());
  }

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/1, /subscriptions/1, true",
    "/subscriptions/1/resourceGroups/r, /subscriptions/1, true",
    "/SUBSCRIPTIONS/1/resourceGroups/r, /subscriptions/1, true",
    "/subscriptions/1, /, true",
    "/subscriptions/11, /subscriptions/1, false",
    "/subscriptions/1/resourceGroups/rg2, /subscriptions/1/resourceGroups/rg, false",
    "/subscriptions/1, /subscriptions/1/resourceGroups/r, false",
    "/subscriptions/1/resourceGroups/a, /subscriptions/1/resourceGroups/b, false",
  })
  void isAtOrBelow_whenCompared_thenWholeSegmentsCount(String id, String scope, boolean expected) {
    boolean actual = ResourceId.parse(id).isAtOrBelow(ResourceId.parse(scope));

    if (expected) {
      assertTrue(actual);
    } else {
      assertFalse(actual);
    }
  }
}
