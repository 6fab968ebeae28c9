package dev.drawbridge.access;

import dev.drawbridge.access.NetworkState.Peering;
import dev.drawbridge.access.NetworkState.Vnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A peering between a virtual network of the company and Astro's.
 *
 * @param remote Astro's virtual network, where the ticket names it: no other peering confirms then
 */
public record VnetPeering(Terms terms, UUID tenant, ResourceId target, Optional<ResourceId> remote)
    implements NetworkPeering {

  static Parsed<ConnectionRequest> parse(Map<String, ?> values, Limits limits) {
    Fields fields = new Fields(values);
    fields.required("type", text -> text);
    var terms = Terms.read(fields, limits);
    var place = Place.read(fields);
    var vnet = fields.required("vnetName", Names::virtualNetwork);
    var remote = fields.optional("remoteVnetId", VnetPeering::remoteNetwork);
    return fields.parsed(
        () ->
            new VnetPeering(
                terms.get(),
                place.get().tenant(),
                ResourceId.virtualNetwork(
                    place.get().subscription(), place.get().resourceGroup(), vnet.get()),
                remote.get()));
  }

  private static ResourceId remoteNetwork(String text) {
    ResourceId id = ResourceId.parse(text);
    if (!id.type().equalsIgnoreCase("Microsoft.Network/virtualNetworks")) {
      throw new IllegalArgumentException("must be the id of a virtual network");
    }
    return id;
  }

  @Override
  public ConnectionKind kind() {
    return ConnectionKind.VNET_PEERING;
  }

  @Override
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    writeCommon(fields);
    fields.put("vnetName", target.name());
    Terms.putIfGiven(fields, "remoteVnetId", remote);
    return fields;
  }

  @Override
  public Preflight preflight(NetworkState state) {
    Set<String> names = new TreeSet<>();
    peerings(state).forEach(peering -> names.add(key(peering)));
    return new Preflight.Passed(names, Map.of());
  }

  @Override
  public Observation observe(NetworkState state, Criteria criteria) {
    List<Peering> others = new ArrayList<>();
    Observation seen = new Observation.Absent();
    for (Peering peering : peerings(state)) {
      if (criteria.before().contains(key(peering))) {
        continue;
      }
      if (!isExpected(peering, criteria.trusted())) {
        others.add(peering);
        continue;
      }
      seen = observe(peering);
      if (seen instanceof Observation.Connected) {
        return seen;
      }
    }
    return seen instanceof Observation.Absent && !others.isEmpty()
        ? leadsElsewhere(others.get(0))
        : seen;
  }

  private static Observation leadsElsewhere(Peering peering) {
    return new Observation.Pending(
        "peering %s leads to %s, not to the expected network"
            .formatted(peering.name(), peering.remote().orElse("no network")));
  }

  private static Observation observe(Peering peering) {
    String detail =
        "peering %s is %s and %s".formatted(peering.name(), peering.state(), peering.sync());
    if (peering.state().equals("Disconnected")) {
      return new Observation.Broken(detail);
    }
    return stands(peering)
        ? new Observation.Connected(key(peering), detail)
        : new Observation.Pending(detail);
  }

  private static boolean stands(Peering peering) {
    return peering.state().equals("Connected") && peering.sync().equals("FullyInSync");
  }

  private boolean isExpected(Peering peering, TrustedRemotes trusted) {
    String actual = peering.remote().orElse("");
    return !actual.isEmpty()
        && trusted.trusts(actual)
        && remote.map(named -> named.key().equals(AnyCase.fold(actual))).orElse(true);
  }

  @Override
  public String supportText(MatchCode matchCode, Map<Fact, String> facts) {
    return """
    Please create a VNet peering between our Astro cluster and our virtual network. We have \
    granted the Astronomer service principal the temporary permissions for it.

    Astro Cluster ID: %s
    Azure Tenant ID: %s
    Subscription ID: %s
    Resource group ID: %s
    VNet ID: %s
    """
        .formatted(
            terms.clusterId(), tenant, target.subscription(), target.resourceGroupId(), target);
  }

  private static List<Peering> peerings(NetworkState state) {
    if (state instanceof Vnet vnet) {
      return vnet.peerings();
    }
    throw new IllegalArgumentException("A VNet peering is observed on a virtual network");
  }

  private static String key(Peering peering) {
    return AnyCase.fold(peering.name());
  }
}
