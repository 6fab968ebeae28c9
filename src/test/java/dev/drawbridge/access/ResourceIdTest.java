package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
  private static final String GROUP =
      "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-network";
  private static final String VNET = GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet-1";

  @Test
  void parse_whenAVirtualNetwork_thenHasItsParts() {
    ResourceId id = ResourceId.parse(VNET);
    assertEquals(Samples.SUBSCRIPTION, id.subscription());
    assertEquals("rg-network", id.resourceGroup());
    assertEquals("Microsoft.Network/virtualNetworks", id.type());
    assertEquals(List.of("vnet-1"), id.names());
    assertEquals("vnet-1", id.name());
    assertEquals(GROUP, id.resourceGroupId());
    assertEquals(VNET, id.toString());
    assertEquals(ResourceId.virtualNetwork(Samples.SUBSCRIPTION, "rg-network", "vnet-1"), id);
  }

  @Test
  void parse_whenTypesAreNested_thenHasANameForEach() {
    ResourceId id = ResourceId.parse(VNET + "/subnets/a/things/b");
    assertEquals("Microsoft.Network/virtualNetworks/subnets/things", id.type());
    assertEquals(List.of("vnet-1", "a", "b"), id.names());
    assertEquals("b", id.name());
    assertEquals(VNET + "/subnets/a/things/b", id.toString());
  }

  @Test
  void parse_whenFixedWordsAreInAnotherCase_thenIsWrittenAsAzureDoes() {
    String upper =
        "/SUBSCRIPTIONS/AAAA0A0A-BB1B-CC2C-DD3D-EEEEEE4E4E4E/RESOURCEGROUPS/rg/PROVIDERS/";
    assertEquals(
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/N.S/t/x",
        ResourceId.parse(upper + "N.S/t/x").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "vnet-1",
        GROUP,
        GROUP + "/providers",
        GROUP + "/providers/Microsoft.Network",
        GROUP + "/providers/Microsoft.Network/virtualNetworks",
        VNET + "/",
        VNET + "//",
        VNET + "/subnets",
        VNET + "/subnets/",
        "/" + VNET,
        " " + VNET,
        VNET + " ",
        VNET + "\n",
        "https://management.azure.com" + VNET,
        VNET + "?api-version=2024-05-01",
        VNET + "#x",
        VNET + "/../vnet-2",
        VNET + "/subnets/..",
        VNET + "/subnets/.",
        VNET + "/../../virtualNetworks/vnet-2",
        GROUP + "/../rg-2/providers/Microsoft.Network/virtualNetworks/vnet-1",
        GROUP + "/providers/../virtualNetworks/vnet-1",
        GROUP + "/providers/Microsoft.Network/../vnet-1",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/..",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/%2e%2e",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet%2F1",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet%00",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet\0",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet\n1",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet 1",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet\\1",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet\uff0f1",
        GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet\u200b",
        GROUP + "/providers/Microsoft.Network//virtualNetworks/vnet-1",
        GROUP + "/providers/Micros\u043eft.Network/virtualNetworks/vnet-1",
        GROUP + "/providers/Microsoft.Network/virtualNetwor\u212as/vnet-1",
        "/subscriptions//resourceGroups/rg/providers/N.S/t/x",
        "/subscriptions/1-1-1-1-1/resourceGroups/rg/providers/N.S/t/x",
        "/subscriptions/../resourceGroups/rg/providers/N.S/t/x",
        "/\u017fubscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/N.S/t/x",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups//providers/N.S/t/x",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg./providers/N.S/t/x",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/../providers/N.S/t/x",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/providers/N.S/t/x/y/z/a",
        "/providers/Microsoft.Management/managementGroups/x/subscriptions/y/z/a",
        "subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers/N.S/t/x",
      })
  void parse_whenNotAPlainResourceId_thenIsRefused(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> ResourceId.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("must "), refused.getMessage());
  }

  @Test
  void parse_whenAtTheLongest_thenIsTakenAndOneMoreIsNot() {
    String types = "/t/" + "x".repeat(259);
    String longest = GROUP + "/providers/N.S" + types.repeat(7);
    String filler = "/t/" + "x".repeat(2048 - longest.length() - 3);
    assertEquals(longest + filler, ResourceId.parse(longest + filler).toString());
    assertThrows(IllegalArgumentException.class, () -> ResourceId.parse(longest + filler + "x"));
  }

  @Test
  void parse_whenASegmentIsTooLong_thenIsRefused() {
    String start = GROUP + "/providers/Microsoft.Network/";
    assertEquals("n".repeat(260), ResourceId.parse(start + "t/" + "n".repeat(260)).name());
    assertThrows(
        IllegalArgumentException.class, () -> ResourceId.parse(start + "t/" + "n".repeat(261)));
    assertThrows(
        IllegalArgumentException.class, () -> ResourceId.parse(start + "t".repeat(129) + "/n"));
  }

  @Test
  void constructor_whenTypesAndNamesDoNotMatch_thenIsRefused() {
    UUID subscription = Samples.SUBSCRIPTION;
    for (List<String> names : List.of(List.<String>of(), List.of("a", "b"))) {
      assertThrows(
          IllegalArgumentException.class, () -> new ResourceId(subscription, "rg", "N.S/t", names));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new ResourceId(subscription, "rg", "N.S", List.of("a")));
  }

  @Test
  void equals_whenOnlyTheCaseDiffers_thenIsEqualWithTheSameHash() {
    ResourceId one = ResourceId.virtualNetwork(Samples.SUBSCRIPTION, "rg-größe", "vnet-1");
    ResourceId other = ResourceId.virtualNetwork(Samples.SUBSCRIPTION, "RG-GRÖßE", "VNET-1");
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertEquals(one.key(), other.key());
    assertNotEquals(one.toString(), other.toString());
  }

  @Test
  void equals_whenAnotherResource_thenDiffers() {
    ResourceId id = ResourceId.parse(VNET);
    assertNotEquals(id, ResourceId.parse(VNET + "0"));
    assertNotEquals(id, ResourceId.parse(VNET + "/subnets/a"));
    assertNotEquals(
        id, ResourceId.parse(GROUP + "0/providers/Microsoft.Network/virtualNetworks/vnet-1"));
    assertNotEquals(
        id, ResourceId.parse(GROUP + "/providers/Microsoft.Network/virtualHubs/vnet-1"));
    assertNotEquals((Object) id, VNET);
  }

  /** The Kelvin sign is no k to Azure, though its lower case is. */
  @Test
  void equals_whenALookAlikeFoldsToAscii_thenDiffers() {
    assertNotEquals(
        ResourceId.parse(GROUP + "/providers/N.S/t/network"),
        ResourceId.parse(GROUP + "/providers/N.S/t/networ\u212a"));
  }
}
