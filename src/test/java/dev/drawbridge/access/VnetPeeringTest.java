package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.valid;
import static dev.drawbridge.access.Samples.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.NetworkState.Peering;
import dev.drawbridge.access.NetworkState.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VnetPeeringTest {
  private static final String VENDOR = "/subscriptions/cccccccc-2222-3333-4444-dddddddddddd";
  private static final String ASTRO =
      VENDOR + "/resourceGroups/astro/providers/Microsoft.Network/virtualNetworks/astro-vnet";
  private static final TrustedRemotes VENDOR_ONLY =
      TrustedRemotes.of(List.of("cccccccc-2222-3333-4444-dddddddddddd"));

  /** Whether the ticket, or the settings, or both name who may confirm. */
  private record Expectation(ConnectionRequest request, TrustedRemotes trusted) {
    static final Expectation NOBODY = new Expectation(Samples.request(), TrustedRemotes.ANY);
    static final Expectation BY_TICKET =
        new Expectation(valid(with("remoteVnetId", ASTRO)), TrustedRemotes.ANY);
    static final Expectation BY_SETTINGS = new Expectation(Samples.request(), VENDOR_ONLY);
    static final Expectation BY_BOTH =
        new Expectation(valid(with("remoteVnetId", ASTRO)), VENDOR_ONLY);
    static final List<Expectation> ALL = List.of(NOBODY, BY_TICKET, BY_SETTINGS, BY_BOTH);

    Observation of(Vnet vnet, String... before) {
      return request.observe(vnet, Samples.criteria(Set.of(before), trusted));
    }
  }

  /** Every state with every sync level, of Azure's and not, known before or not. */
  static Stream<Arguments> states() {
    List<Arguments> table = new ArrayList<>();
    for (Expectation expectation : Expectation.ALL) {
      for (String state :
          List.of(
              "Initiated", "Connected", "Disconnected", "connected", "Connecting", "null", "")) {
        for (String sync :
            List.of(
                "FullyInSync",
                "RemoteNotInSync",
                "LocalNotInSync",
                "LocalAndRemoteNotInSync",
                "fullyinsync",
                "null")) {
          for (boolean known : new boolean[] {false, true}) {
            table.add(Arguments.of(expectation, state, sync, known));
          }
        }
      }
    }
    return table.stream();
  }

  @ParameterizedTest
  @MethodSource("states")
  void observe_whenAPeeringIsThere_thenOnlyANewOneThatStandsConfirms(
      Expectation expectation, String state, String sync, boolean known) {
    Observation seen =
        expectation.of(
            vnet(new Peering("to-astro", state, sync, Optional.of(ASTRO))),
            known ? "to-astro" : "another");
    String detail = "peering to-astro is " + state + " and " + sync;
    Observation expected;
    if (known) {
      expected = new Observation.Absent();
    } else if (state.equals("Disconnected")) {
      expected = new Observation.Broken(detail);
    } else if (state.equals("Connected") && sync.equals("FullyInSync")) {
      expected = new Observation.Connected("to-astro", detail);
    } else {
      expected = new Observation.Pending(detail);
    }
    assertEquals(expected, seen);
  }

  /** Ids near the expected one: a longer or shorter name, another parent, a look-alike. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ASTRO + "2",
        ASTRO + "/",
        ASTRO + "/subnets/default",
        ASTRO + " ",
        "/" + ASTRO,
        "https://management.azure.com" + ASTRO,
        VENDOR + "/resourceGroups/astro/providers/Microsoft.Network/virtualNetworks/astro-vne",
        VENDOR + "/resourceGroups/astro2/providers/Microsoft.Network/virtualNetworks/astro-vnet",
        VENDOR
            + "/resourceGroups/a\u0455tro/providers/Microsoft.Network/virtualNetworks/astro-vnet",
        VENDOR
            + "/resourceGroups/a\u017ftro/providers/Microsoft.Network/virtualNetworks/astro-vnet",
        VENDOR
            + "/resourceGroups/astro/providers/Microsoft.Networ\u212a/virtualNetworks/astro-vnet",
        VENDOR + "/resourceGroups/astro/providers/Microsoft.Network/virtualHubs/astro-vnet",
        VENDOR + "0/resourceGroups/astro/providers/Microsoft.Network/virtualNetworks/astro-vnet",
        "",
      })
  void observe_whenTheTicketNamesAnotherNetwork_thenDoesNotConfirm(String remote) {
    assertStrange(remote, Expectation.BY_TICKET);
    assertStrange(remote, Expectation.BY_BOTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/subscriptions/cccccccc-2222-3333-4444-ddddddddddd0/resourceGroups/astro/providers/Microsoft.Network/virtualNetworks/astro-vnet",
        "/subscriptions/cccccccc-2222-3333-4444-dddddddddddd0/resourceGroups/astro/providers/Microsoft.Network/virtualNetworks/astro-vnet",
        "/x/subscriptions/cccccccc-2222-3333-4444-dddddddddddd/resourceGroups/astro/providers/N.S/t/x",
        "cccccccc-2222-3333-4444-dddddddddddd",
        "",
      })
  void observe_whenTheSettingsTrustAnother_thenDoesNotConfirm(String remote) {
    assertStrange(remote, Expectation.BY_SETTINGS);
    assertStrange(remote, Expectation.BY_BOTH);
  }

  private static void assertStrange(String remote, Expectation expectation) {
    assertEquals(
        new Observation.Pending(
            "peering to-astro leads to " + remote + ", not to the expected network"),
        expectation.of(
            vnet(new Peering("to-astro", "Connected", "FullyInSync", Optional.of(remote)))));
  }

  @Test
  void observe_whenTheSettingsTrustMoreThanTheTicketNames_thenTheTicketDecides() {
    String sibling = ASTRO + "2";
    assertTrue(VENDOR_ONLY.trusts(sibling));
    assertStrange(sibling, Expectation.BY_BOTH);
    assertInstanceOf(
        Observation.Connected.class,
        Expectation.BY_SETTINGS.of(vnet(standing("to-astro", sibling))));
  }

  @Test
  void observe_whenAzureShowsNoRemote_thenDoesNotConfirmAnything() {
    for (Expectation expectation : Expectation.ALL) {
      assertEquals(
          new Observation.Pending(
              "peering to-astro leads to no network, not to the expected network"),
          expectation.of(
              vnet(new Peering("to-astro", "Connected", "FullyInSync", Optional.empty()))));
    }
  }

  @Test
  void observe_whenTheRemoteIsInAnotherCase_thenConfirmsAllTheSame() {
    for (Expectation expectation : Expectation.ALL) {
      for (String remote :
          List.of(ASTRO.toUpperCase(Locale.ROOT), ASTRO.toLowerCase(Locale.ROOT))) {
        assertInstanceOf(
            Observation.Connected.class, expectation.of(vnet(standing("to-astro", remote))));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"to-astro", "TO-ASTRO", "To-Astro"})
  void observe_whenTheBaselineHasTheNameInAnotherCase_thenIsKnown(String name) {
    Set<String> before =
        assertInstanceOf(
                Preflight.Passed.class,
                Samples.request().preflight(vnet(standing("To-ASTRO", ASTRO))))
            .baseline();
    assertEquals(Set.of("to-astro"), before);
    assertEquals(
        new Observation.Absent(),
        Samples.request()
            .observe(vnet(standing(name, ASTRO)), Samples.criteria(before, TrustedRemotes.ANY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"to-astro2", "to-astr", "o-astro", "to-astro-", "\u0442o-astro"})
  void observe_whenTheBaselineHasASimilarName_thenTheNewOneConfirms(String name) {
    Observation.Connected seen =
        assertInstanceOf(
            Observation.Connected.class,
            Samples.request()
                .observe(
                    vnet(standing(name, ASTRO)),
                    Samples.criteria(Set.of("to-astro"), TrustedRemotes.ANY)));
    assertEquals(name, seen.connection());
  }

  @Test
  void observe_whenNothingIsThere_thenIsAbsent() {
    assertEquals(
        new Observation.Absent(),
        Samples.request()
            .observe(vnet(), Samples.criteria(Set.of("to-astro"), TrustedRemotes.ANY)));
  }

  @Test
  void observe_whenOneOfManyStands_thenThatOneConfirms() {
    Peering broken = new Peering("a", "Disconnected", "FullyInSync", Optional.of(ASTRO));
    Peering begun = new Peering("b", "Initiated", "LocalNotInSync", Optional.of(ASTRO));
    Peering foreign = standing("c", "/subscriptions/x");
    Peering known = standing("d", ASTRO);
    Peering stands = standing("E", ASTRO);
    List<Peering> all = List.of(broken, begun, foreign, known, stands);
    for (int first = 0; first < all.size(); first++) {
      List<Peering> turned = new ArrayList<>(all.subList(first, all.size()));
      turned.addAll(all.subList(0, first));
      assertEquals(
          new Observation.Connected("e", "peering E is Connected and FullyInSync"),
          Samples.request().observe(new Vnet(turned), Samples.criteria(Set.of("d"), VENDOR_ONLY)));
    }
  }

  @Test
  void detail_whenSeen_thenIsWhatPeopleRead() {
    assertEquals("no connection yet", new Observation.Absent().detail());
    assertEquals("begun", new Observation.Pending("begun").detail());
    assertEquals("stands", new Observation.Connected("x", "stands").detail());
    assertEquals("failed", new Observation.Broken("failed").detail());
  }

  @Test
  void supportText_whenAsked_thenHasAllThatTheVendorsPageAsksFor() {
    String text = Samples.operation().supportText();
    for (String needed :
        List.of(
            "Astro Cluster ID: clz4q8v1k000108l5d2x9f7ah\n",
            "Azure Tenant ID: aaaabbbb-0000-cccc-1111-dddd2222eeee\n",
            "Subscription ID: aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\n",
            "Resource group ID: /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"
                + "/resourceGroups/rg-network\n",
            "VNet ID: /subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg-network"
                + "/providers/Microsoft.Network/virtualNetworks/vnet-data\n")) {
      assertTrue(text.contains(needed), text);
    }
  }

  private static Vnet vnet(Peering... peerings) {
    return new Vnet(List.of(peerings));
  }

  private static Peering standing(String name, String remote) {
    return new Peering(name, "Connected", "FullyInSync", Optional.of(remote));
  }
}
