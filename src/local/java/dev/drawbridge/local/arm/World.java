package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that the local Azure serves: subscriptions, networks, principals, roles. Its methods
 * are what an administrator does by hand: no permission is asked for. Thread-safe: the services
 * hold its monitor for a call, so that each call is one step.
 */
public final class World {
  private final Clock clock;
  private final Directory directory = new Directory();
  private final RoleDefinitions roles = new RoleDefinitions();
  private final RoleAssignments assignments;
  private final Resources resources = new Resources();
  private final PrivateLinks privateLinks = new PrivateLinks(resources);
  private final Map<Replication, Duration> delays = new EnumMap<>(Replication.class);
  private int pageSize = 1000;

  /** An empty tenant whose id is {@link SampleWorld#TENANT}. */
  public World(Clock clock) {
    this.clock = clock;
    this.assignments = new RoleAssignments(roles, clock);
  }

  /** The tenant that {@link SampleWorld} describes. */
  public static World sample(Clock clock) {
    return SampleWorld.create(clock);
  }

  public String tenantId() {
    return SampleWorld.TENANT;
  }

  public synchronized void addSubscription(String id, String name) {
    resources.addSubscription(id, name, tenantId());
  }

  public synchronized void addResourceGroup(String subscription, String name, String location) {
    resources.addResourceGroup(existing("/subscriptions/" + subscription), name, location);
  }

  /** A virtual network in the location of its resource group, which must be there. */
  public synchronized void addVirtualNetwork(String resourceId, String... addressPrefixes) {
    ResourceId id = ResourceId.parse(resourceId);
    ObjectNode body = located(id);
    body.withObject("properties")
        .withObject("addressSpace")
        .set("addressPrefixes", Json.strings(List.of(addressPrefixes)));
    ResourceApi.store(new VirtualNetworks(), id, body, resources);
  }

  /**
   * A virtual hub in the location of its resource group, which must be there.
   *
   * @param routingState None, Provisioning, Provisioned or Failed
   */
  public synchronized void addVirtualHub(
      String resourceId, String addressPrefix, String routingState) {
    ResourceId id = ResourceId.parse(resourceId);
    ObjectNode body = located(id);
    body.withObject("properties").put("addressPrefix", addressPrefix);
    ObjectNode stored = ResourceApi.store(new VirtualHubs(), id, body, resources);
    VirtualHubs.setState(stored, "Succeeded", routingState);
  }

  /** Changes what state a virtual hub is in. */
  public synchronized void setHubState(
      String hubId, String provisioningState, String routingState) {
    VirtualHubs.setState(find(hubId), provisioningState, routingState);
  }

  /**
   * A storage account, key vault, SQL server, Cosmos DB account or container registry.
   *
   * @param properties what its owner chose, for example {@code dataEndpointEnabled}
   */
  public synchronized void addPrivateLinkResource(
      String resourceId, String location, Map<String, ?> properties) {
    privateLinks.addTarget(ResourceId.parse(resourceId), location, properties);
  }

  public synchronized Principal addPrincipal(PrincipalSpec spec) {
    return directory.add(spec, now(), delay(Replication.PRINCIPALS));
  }

  /**
   * Makes an application of another tenant known to the directory of applications. It gets a
   * service principal here only when someone creates it in Graph.
   *
   * @param secret with which the service principal will get tokens, or null if it never does
   */
  public synchronized void addMultiTenantApplication(
      String appId, String displayName, @Nullable String secret) {
    directory.addApplication(new Directory.Application(appId, displayName, secret));
  }

  public synchronized void grantGraph(String objectId, GraphPermission permission) {
    directory.grant(objectId, permission);
  }

  public synchronized List<Principal> principals() {
    return List.copyOf(directory.all());
  }

  public synchronized Optional<Principal> servicePrincipal(String appId) {
    return directory.servicePrincipal(appId);
  }

  public synchronized RoleDefinition addCustomRole(
      String roleName, String description, List<String> actions, List<String> assignableScopes) {
    return addCustomRole(UUID.randomUUID(), roleName, description, actions, assignableScopes);
  }

  /** As the one without an id. */
  public synchronized RoleDefinition addCustomRole(
      UUID id,
      String roleName,
      String description,
      List<String> actions,
      List<String> assignableScopes) {
    RoleDefinition role =
        new RoleDefinition(
            id.toString(),
            roleName,
            description,
            false,
            assignableScopes.stream().map(ResourceId::parse).toList(),
            List.of(Permission.of(actions, List.of())),
            now(),
            now(),
            null,
            null);
    roles.put(role, now().plus(delay(Replication.ROLE_DEFINITIONS)));
    return role;
  }

  /**
   * Assigns a role.
   *
   * @param role its name or its GUID
   * @throws IllegalArgumentException if the principal or the role isn't in the tenant
   */
  public synchronized RoleAssignment assign(String principalId, String role, String scope) {
    return assign(principalId, role, scope, null);
  }

  /** As the one without a description. */
  public synchronized RoleAssignment assign(
      String principalId, String role, String scope, @Nullable String description) {
    Principal principal =
        directory.principal(principalId).orElseThrow(() -> noSuchThing(principalId));
    RoleDefinition definition =
        roles.all().stream()
            .filter(any -> any.roleName().equalsIgnoreCase(role) || any.name().equals(role))
            .findFirst()
            .orElseThrow(() -> noSuchThing(role));
    RoleAssignment assignment =
        new RoleAssignment(
            UUID.randomUUID().toString(),
            ResourceId.parse(scope),
            definition.name(),
            principal.objectId(),
            principal.spec().type(),
            description,
            null,
            null,
            now(),
            now(),
            null,
            null);
    assignments.put(assignment, now(), delay(Replication.ACCESS), delay(Replication.LISTS));
    return assignment;
  }

  /** Takes an assignment away; whether it was there. */
  public synchronized boolean removeAssignment(String name) {
    return assignments
        .remove(name, now(), delay(Replication.ACCESS), delay(Replication.LISTS))
        .isPresent();
  }

  public synchronized List<RoleAssignment> roleAssignments() {
    return assignments.all();
  }

  /** All roles, the built-in ones first. */
  public synchronized List<RoleDefinition> roleDefinitions() {
    return roles.all();
  }

  /** Whether the principal may do that now: what ARM asks on every call. */
  public synchronized boolean permits(String principalId, String action, String scope) {
    return permits(principalId, action, ResourceId.parse(scope));
  }

  boolean permits(String principalId, String action, ResourceId scope) {
    return assignments.permits(principalId.toLowerCase(Locale.ROOT), action, scope, now());
  }

  /** Puts a CanNotDelete lock on a scope: nothing at or below it can be deleted through ARM. */
  public synchronized void lock(String scope) {
    resources.lock(existing(scope));
  }

  public synchronized void unlock(String scope) {
    resources.unlock(existing(scope));
  }

  public synchronized List<Peering> peerings(String vnetId) {
    return resources.below(existing(vnetId), VirtualNetworkPeerings.TYPE).stream()
        .map(VirtualNetworkPeerings::summary)
        .toList();
  }

  /** Makes or changes a peering, whatever its other side is like. */
  public synchronized void putPeering(String vnetId, Peering peering) {
    ResourceId id = existing(vnetId).child("virtualNetworkPeerings/" + peering.name());
    ObjectNode stored =
        ResourceApi.store(
            new VirtualNetworkPeerings(),
            id,
            VirtualNetworks.connectionTo(peering.remoteVnetId()),
            resources);
    VirtualNetworkPeerings.setState(stored, peering.state(), peering.syncLevel());
  }

  /** Takes a peering away; whether it was there. */
  public synchronized boolean removePeering(String vnetId, String name) {
    return ResourceApi.remove(existing(vnetId).child("virtualNetworkPeerings/" + name), resources);
  }

  /**
   * The owner of the remote network, in another tenant, makes its side of a peering: this side
   * becomes connected.
   *
   * @throws IllegalArgumentException if this side isn't there
   */
  public synchronized void createRemoteSide(String vnetId, String peeringName) {
    VirtualNetworkPeerings.connect(find(vnetId + "/virtualNetworkPeerings/" + peeringName));
  }

  public synchronized List<HubConnection> hubConnections(String hubId) {
    return resources.below(existing(hubId), HubVirtualNetworkConnections.TYPE).stream()
        .map(HubVirtualNetworkConnections::summary)
        .toList();
  }

  /** Makes or changes a connection of a virtual hub. */
  public synchronized void putHubConnection(String hubId, HubConnection connection) {
    ObjectNode stored =
        ResourceApi.store(
            new HubVirtualNetworkConnections(),
            existing(hubId).child("hubVirtualNetworkConnections/" + connection.name()),
            VirtualNetworks.connectionTo(connection.remoteVnetId()),
            resources);
    HubVirtualNetworkConnections.setState(stored, connection.provisioningState());
  }

  /**
   * Azure gets on with a connection of a virtual hub, or fails.
   *
   * @throws IllegalArgumentException if it isn't there
   */
  public synchronized void setHubConnectionState(
      String hubId, String name, String provisioningState) {
    HubVirtualNetworkConnections.setState(
        find(hubId + "/hubVirtualNetworkConnections/" + name), provisioningState);
  }

  /** Takes a connection of a virtual hub away; whether it was there. */
  public synchronized boolean removeHubConnection(String hubId, String name) {
    return ResourceApi.remove(
        existing(hubId).child("hubVirtualNetworkConnections/" + name), resources);
  }

  public synchronized List<PrivateEndpointConnection> privateEndpointConnections(
      String resourceId) {
    return privateLinks.connections(existing(resourceId));
  }

  /**
   * Someone's private endpoint asks for a connection, which someone else is to approve.
   *
   * @param endpointId of the endpoint, which is nowhere in this world
   * @param message at most 140 characters, as in Azure
   * @throws ArmException if Azure would not make such an endpoint
   */
  public synchronized PrivateEndpointConnection pendingConnection(
      String resourceId, String groupId, String endpointId, String message) {
    return privateLinks.connect(
        ResourceId.parse(resourceId), groupId, ResourceId.parse(endpointId), message, false);
  }

  /**
   * An application makes a private endpoint in its own tenant: the connection is approved at once
   * if its service principal here may approve it, and pending otherwise. An approved one no longer
   * bears the message.
   *
   * @param appId of the application, which may be unknown here
   * @throws ArmException if Azure would not make such an endpoint
   */
  public synchronized PrivateEndpointConnection requestConnection(
      String appId, String resourceId, String groupId, String endpointId, String message) {
    ResourceId resource = ResourceId.parse(resourceId);
    boolean approved =
        servicePrincipal(appId)
            .filter(
                principal ->
                    permits(principal.objectId(), privateLinks.approvalAction(resource), resource))
            .isPresent();
    return privateLinks.connect(resource, groupId, ResourceId.parse(endpointId), message, approved);
  }

  /**
   * Decides about a connection by hand, whatever it was before.
   *
   * @throws IllegalArgumentException if it isn't there or its provider has no such status
   */
  public synchronized void setConnectionStatus(
      String connectionId, String status, String description) {
    privateLinks.setStatus(ResourceId.parse(connectionId), status, description);
  }

  /** Delays everything that is replicated from now on; what is on its way is not affected. */
  public synchronized void replicationDelay(Duration delay) {
    for (Replication what : Replication.values()) {
      replicationDelay(what, delay);
    }
  }

  public synchronized void replicationDelay(Replication what, Duration delay) {
    delays.put(what, delay);
  }

  /** How long it takes from now on. */
  public synchronized Duration delay(Replication what) {
    return delays.getOrDefault(what, Duration.ZERO);
  }

  /** How many items a list has before it goes on in another page. */
  public synchronized void pageSize(int items) {
    pageSize = items;
  }

  int pageSize() {
    return pageSize;
  }

  Instant now() {
    return clock.instant();
  }

  Directory directory() {
    return directory;
  }

  RoleDefinitions roles() {
    return roles;
  }

  RoleAssignments assignments() {
    return assignments;
  }

  Resources resources() {
    return resources;
  }

  /** The beginning of a request for a resource in the location of its group. */
  private ObjectNode located(ResourceId id) {
    ResourceId group = id.resourceGroup().orElseThrow(() -> noSuchThing(id.toString()));
    ObjectNode body = Json.object();
    body.set("location", find(group.toString()).path("location"));
    return body;
  }

  private ObjectNode find(String id) {
    return resources.find(ResourceId.parse(id)).orElseThrow(() -> noSuchThing(id));
  }

  private ResourceId existing(String id) {
    find(id);
    return ResourceId.parse(id);
  }

  private static IllegalArgumentException noSuchThing(String what) {
    return new IllegalArgumentException("There is no " + what + " in this world");
  }
}
