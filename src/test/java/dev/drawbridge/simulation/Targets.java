package dev.drawbridge.simulation;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Grantee;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.NetworkState.Group;
import dev.drawbridge.access.NetworkState.HubConnection;
import dev.drawbridge.access.NetworkState.Peering;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.VhubPeering;
import dev.drawbridge.access.port.Directory;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.PermanentFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The networks and resources, and a vendor who connects to them as far as it is allowed to. */
final class Targets implements Networks, Directory {
  private static final List<Group> GROUPS =
      List.of(new Group("blob", List.of("blob"), List.of("privatelink.blob.core.windows.net")));

  private final Wire wire;
  private final Assignments assignments;
  private final Judge judge;
  private final Map<String, List<Peering>> networks = new TreeMap<>();
  private final Map<String, List<HubConnection>> hubs = new TreeMap<>();
  private final Map<String, List<EndpointConnection>> resources = new TreeMap<>();
  private final Set<String> removed = new HashSet<>();
  private int endpoints;

  Targets(Wire wire, Assignments assignments, Judge judge) {
    this.wire = wire;
    this.assignments = assignments;
    this.judge = judge;
  }

  @Override
  public Optional<NetworkState> inspect(ConnectionRequest request) {
    return read(request.kind(), request.target());
  }

  @Override
  public Optional<NetworkState> read(ConnectionKind kind, ResourceId target) {
    return wire.read("arm read " + target.name(), () -> state(kind, target));
  }

  private Optional<NetworkState> state(ConnectionKind kind, ResourceId target) {
    String id = target.toString();
    if (removed.contains(id)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (kind) {
          case VNET_PEERING -> new NetworkState.Vnet(networks.getOrDefault(id, List.of()));
          case VHUB_PEERING ->
              new NetworkState.Hub(Optional.of("Provisioned"), hubs.getOrDefault(id, List.of()));
          case PRIVATE_LINK ->
              new NetworkState.PrivateLinkTarget(GROUPS, resources.getOrDefault(id, List.of()));
        });
  }

  @Override
  public String approve(ResourceId target, String connectionId, String message) {
    return wire.write(
        "arm approve " + connectionId,
        () -> {
          if (!assignments.allows(World.OWN, target.toString())) {
            throw new PermanentFault("AuthorizationFailed", "not allowed");
          }
          resources
              .getOrDefault(target.toString(), new ArrayList<>())
              .replaceAll(one -> one.id().equals(connectionId) ? approved(one) : one);
          tellWhatStands();
          return "call";
        });
  }

  @Override
  public UUID servicePrincipalOf(UUID applicationId) {
    return wire.read("graph find principal", () -> World.VENDOR);
  }

  // What happens in Azure without the app.

  /**
   * The vendor does what an operation's support text asks for, if it is allowed to.
   *
   * @param whole whether it gets to the end of it
   */
  void connect(Operation operation, boolean whole) {
    ConnectionRequest request = operation.request();
    String id = request.target().toString();
    boolean allowed = assignments.allows(World.VENDOR, id);
    if (removed.contains(id)) {
      return;
    }
    String name = "astro-" + ++endpoints;
    Optional<String> remote = Optional.of("/subscriptions/" + World.ASTRO + "/resourceGroups/rg/x");
    switch (request.kind()) {
      case VNET_PEERING -> {
        if (allowed) {
          networks
              .computeIfAbsent(id, key -> new ArrayList<>())
              .add(
                  whole
                      ? new Peering(name, "Connected", "FullyInSync", remote)
                      : new Peering(name, "Initiated", "LocalNotInSync", remote));
        }
      }
      case VHUB_PEERING -> {
        if (allowed) {
          hubs.computeIfAbsent(id, key -> new ArrayList<>())
              .add(
                  new HubConnection(
                      ((VhubPeering) request).connectionName(),
                      whole ? "Succeeded" : "Updating",
                      remote));
        }
      }
      case PRIVATE_LINK -> {
        boolean approves = allowed && request.grantee() == Grantee.VENDOR;
        EndpointConnection pending =
            new EndpointConnection(
                id + "/privateEndpointConnections/" + name,
                "Pending",
                whole ? operation.matchCode().text() : "hello",
                remote,
                Set.of("blob"));
        resources
            .computeIfAbsent(id, key -> new ArrayList<>())
            .add(approves ? approved(pending) : pending);
      }
    }
    tellWhatStands();
  }

  private void tellWhatStands() {
    networks.forEach(
        (target, peerings) ->
            peerings.stream()
                .filter(one -> one.state().equals("Connected") && one.sync().equals("FullyInSync"))
                .forEach(one -> judge.stands(target, one.name())));
    hubs.forEach(
        (target, connections) ->
            connections.stream()
                .filter(one -> one.provisioningState().equals("Succeeded"))
                .forEach(one -> judge.stands(target, one.name())));
    resources.forEach(
        (target, connections) ->
            connections.stream()
                .filter(one -> one.status().equals("Approved"))
                .forEach(one -> judge.stands(target, one.id())));
  }

  /** Someone in the portal approves whatever waits, or finishes what was left half-done. */
  void finish() {
    networks
        .values()
        .forEach(
            peerings ->
                peerings.replaceAll(
                    one -> new Peering(one.name(), "Connected", "FullyInSync", one.remote())));
    hubs.values()
        .forEach(
            connections ->
                connections.replaceAll(
                    one -> new HubConnection(one.name(), "Succeeded", one.remote())));
    resources.values().forEach(connections -> connections.replaceAll(Targets::approved));
    tellWhatStands();
  }

  void remove(ResourceId target) {
    removed.add(target.toString());
  }

  void restoreAll() {
    removed.clear();
  }

  /** Azure drops the message when a connection is approved. */
  private static EndpointConnection approved(EndpointConnection one) {
    return new EndpointConnection(one.id(), "Approved", "", one.endpoint(), one.groupIds());
  }
}
