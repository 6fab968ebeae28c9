package dev.drawbridge.access.fakes;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Marker;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.Peering;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.Directory;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.PermanentFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Networks with peerings, roles and assignments, as Azure has them. */
public final class FakeAzure implements Networks, Directory, AccessControl {
  public static final UUID VENDOR = UUID.fromString("bbbbcccc-1111-dddd-2222-eeee3333ffff");

  private final Calls calls;
  private final Map<ResourceId, List<Peering>> networks = new HashMap<>();
  private final Map<String, UUID> roles = new HashMap<>();
  private final Map<UUID, Assignment> assignments = new LinkedHashMap<>();
  private boolean seenGone;
  private int blindFinds;
  private int staleFinds;
  private Optional<Assignment> deleted = Optional.empty();

  public FakeAzure(Calls calls) {
    this.calls = calls;
  }

  public void addNetwork(ResourceId id) {
    networks.put(id, new ArrayList<>());
  }

  public void removeNetwork(ResourceId id) {
    networks.remove(id);
  }

  /** The vendor connects, if it has a role. */
  public boolean connect(ResourceId id, String peering) {
    boolean allowed =
        assignments.values().stream().anyMatch(one -> one.access().principalId().equals(VENDOR));
    List<Peering> peerings = networks.get(id);
    if (allowed && peerings != null) {
      peerings.add(
          new Peering(peering, "Connected", "FullyInSync", Optional.of("/subscriptions/astro")));
    }
    return allowed;
  }

  /** An assignment that somebody made by hand. */
  public void assignByHand(UUID name, Access access, String description) {
    assignments.put(name, new Assignment(access, description));
  }

  public void addRoleByHand(String name, UUID id) {
    roles.put(name, id);
  }

  /** The next looks for an assignment show none: Azure has not caught up with the last one. */
  public void notYetVisible(int finds) {
    blindFinds = finds;
  }

  /** The next looks for an assignment that is deleted still show it. */
  public void stillVisible(int finds) {
    staleFinds = finds;
  }

  public void removeByHand(UUID name) {
    assignments.remove(name);
  }

  public Map<UUID, Assignment> assignments() {
    return Map.copyOf(assignments);
  }

  public boolean hasRole(String name) {
    return roles.containsKey(name);
  }

  /** Whether a look has shown that an assignment is not there since the last one was made. */
  public boolean seenGone() {
    return seenGone;
  }

  @Override
  public Optional<NetworkState> inspect(ConnectionRequest request) {
    return calls.call("azure.inspect", () -> state(request.target()));
  }

  @Override
  public Optional<NetworkState> read(ConnectionKind kind, ResourceId target) {
    return calls.call("azure.read", () -> state(target));
  }

  @Override
  public String approve(ResourceId target, String connectionId, String message) {
    throw new UnsupportedOperationException("A peering needs no approval");
  }

  @Override
  public UUID servicePrincipalOf(UUID applicationId) {
    return calls.call("azure.servicePrincipalOf", () -> VENDOR);
  }

  @Override
  public Optional<UUID> findRole(RoleTemplate role, String scope) {
    return calls.call("azure.findRole", () -> Optional.ofNullable(roles.get(role.name())));
  }

  @Override
  public String defineRole(RoleTemplate role, Access access) {
    return calls.call(
        "azure.defineRole",
        () -> {
          roles.put(role.name(), access.roleId());
          return "call";
        });
  }

  @Override
  public Optional<Assignment> find(Access access) {
    return calls.call(
        "azure.find",
        () -> {
          if (deleted.isPresent() && staleFinds-- > 0) {
            return deleted;
          }
          Optional<Assignment> found =
              blindFinds-- > 0
                  ? Optional.empty()
                  : Optional.ofNullable(assignments.get(access.assignmentName()));
          seenGone |= found.isEmpty();
          return found;
        });
  }

  @Override
  public List<Assignment> ours(String subscriptionId) {
    return calls.call(
        "azure.ours",
        () ->
            assignments.entrySet().stream()
                .filter(one -> one.getKey().equals(one.getValue().access().assignmentName()))
                .map(Map.Entry::getValue)
                .filter(one -> one.access().subscriptionId().equals(subscriptionId))
                .filter(one -> Marker.of(one.description()).isPresent())
                .toList());
  }

  @Override
  public String assign(Access access, String description) {
    return calls.call(
        "azure.assign",
        () -> {
          assignments.forEach(
              (name, one) -> {
                if (one.access().isSameAs(access) && !name.equals(access.assignmentName())) {
                  throw new PermanentFault("assignmentExists", "made by hand");
                }
              });
          assignments.put(access.assignmentName(), new Assignment(access, description));
          seenGone = false;
          return "call";
        });
  }

  @Override
  public String unassign(Access access) {
    return calls.call(
        "azure.unassign",
        () -> {
          deleted =
              Optional.ofNullable(assignments.remove(access.assignmentName())).or(() -> deleted);
          return "call";
        });
  }

  @Override
  public boolean deleteRole(Access access) {
    return calls.call(
        "azure.deleteRole",
        () -> {
          boolean used =
              assignments.values().stream()
                  .anyMatch(one -> one.access().roleId().equals(access.roleId()));
          return !used && roles.values().remove(access.roleId());
        });
  }

  private Optional<NetworkState> state(ResourceId target) {
    return Optional.ofNullable(networks.get(target)).map(NetworkState.Vnet::new);
  }
}
