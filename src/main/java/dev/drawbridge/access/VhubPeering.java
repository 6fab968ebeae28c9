package dev.drawbridge.access;

import dev.drawbridge.access.NetworkState.Hub;
import dev.drawbridge.access.NetworkState.HubConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A connection between a virtual hub of the company and Astro's virtual network.
 *
 * @param connectionName the page's preferable name for the peering
 * @param firewallIp of the firewall on the hub's side, where there is one
 */
public record VhubPeering(
    Terms terms, UUID tenant, ResourceId target, String connectionName, Optional<String> firewallIp)
    implements NetworkPeering {

  static Parsed<ConnectionRequest> parse(Map<String, ?> values, Limits limits) {
    Fields fields = new Fields(values);
    fields.required("type", text -> text);
    var terms = Terms.read(fields, limits);
    var place = Place.read(fields);
    var hub = fields.required("virtualHubName", Names::networkResource);
    var connection = fields.required("connectionName", Names::networkResource);
    var firewall = fields.optional("firewallIp", Names::ipv4);
    return fields.parsed(
        () ->
            new VhubPeering(
                terms.get(),
                place.get().tenant(),
                ResourceId.virtualHub(
                    place.get().subscription(), place.get().resourceGroup(), hub.get()),
                connection.get(),
                firewall.get()));
  }

  @Override
  public ConnectionKind kind() {
    return ConnectionKind.VHUB_PEERING;
  }

  @Override
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    writeCommon(fields);
    fields.put("virtualHubName", target.name());
    fields.put("connectionName", connectionName);
    Terms.putIfGiven(fields, "firewallIp", firewallIp);
    return fields;
  }

  @Override
  public Preflight preflight(NetworkState state) {
    Hub hub = hub(state);
    String routing = hub.routingState().orElse("unknown");
    if (!routing.equals("Provisioned")) {
      return new Preflight.Refused(
          "hubNotProvisioned",
          "%s is %s, not Provisioned. Send the request again when it is."
              .formatted(target, routing));
    }
    if (hub.connections().stream().anyMatch(this::isAskedFor)) {
      return new Preflight.Refused(
          "connectionExists",
          "%s has a connection %s already. Remove it, or ask for another connectionName."
              .formatted(target, connectionName));
    }
    Set<String> names = new TreeSet<>();
    hub.connections().forEach(connection -> names.add(AnyCase.fold(connection.name())));
    return new Preflight.Passed(names, Map.of());
  }

  @Override
  public Observation observe(NetworkState state, Criteria criteria) {
    return hub(state).connections().stream()
        .filter(this::isAskedFor)
        .filter(connection -> !criteria.before().contains(AnyCase.fold(connection.name())))
        .findFirst()
        .map(connection -> observe(connection, criteria.trusted()))
        .orElseGet(Observation.Absent::new);
  }

  private static Observation observe(HubConnection connection, TrustedRemotes trusted) {
    String detail =
        "connection %s is %s".formatted(connection.name(), connection.provisioningState());
    if (!connection.remote().map(trusted::trusts).orElse(false)) {
      return new Observation.Pending(
          "connection %s leads to %s, not to a trusted network"
              .formatted(connection.name(), connection.remote().orElse("no network")));
    }
    return switch (connection.provisioningState()) {
      case "Succeeded" -> new Observation.Connected(AnyCase.fold(connection.name()), detail);
      case "Failed", "Canceled" -> new Observation.Broken(detail);
      default -> new Observation.Pending(detail);
    };
  }

  private boolean isAskedFor(HubConnection connection) {
    return AnyCase.fold(connection.name()).equals(AnyCase.fold(connectionName));
  }

  @Override
  public String supportText(MatchCode matchCode, Map<Fact, String> facts) {
    String text =
        """
        Please create a VHub peering between our Astro cluster and our virtual hub. We have \
        granted the Astronomer service principal the temporary permissions for it.

        Astro Cluster ID: %s
        Azure Tenant ID: %s
        Subscription ID: %s
        Resource group ID: %s
        VHub name: %s
        Preferable name for the peering: %s
        """
            .formatted(
                terms.clusterId(),
                tenant,
                target.subscription(),
                target.resourceGroupId(),
                target.name(),
                connectionName);
    return firewallIp.map(ip -> text + "Firewall IP address: " + ip + "\n").orElse(text);
  }

  private static Hub hub(NetworkState state) {
    if (state instanceof Hub hub) {
      return hub;
    }
    throw new IllegalArgumentException("A hub connection is observed on a virtual hub");
  }
}
