package dev.drawbridge.local.arm;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The tenant that the demo and most tests run in. Its ids are documentation's, and none of them is
 * anybody's.
 */
public final class SampleWorld {
  public static final String TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

  public static final String SUBSCRIPTION = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e";
  public static final String OTHER_SUBSCRIPTION = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f";
  public static final String RESOURCE_GROUP = "rg-network";
  public static final String VNET = "vnet-data";
  public static final String VNET_ID = vnet(SUBSCRIPTION, RESOURCE_GROUP, VNET);
  public static final String OTHER_VNET_ID = vnet(SUBSCRIPTION, RESOURCE_GROUP, "vnet-analytics");
  public static final String HUB_VNET_ID = vnet(OTHER_SUBSCRIPTION, "rg-hub", "vnet-hub");

  /** The peering of {@link #VNET} that was there before. */
  public static final String BASELINE_PEERING = "to-hub";

  /** A hub that is ready, with {@link #HUB_CONNECTION} on it. */
  public static final String HUB = "hub-weu";

  public static final String HUB_ID = networkResource("virtualHubs", HUB);

  /** The connection of {@link #HUB} that was there before. */
  public static final String HUB_CONNECTION = "to-vnet-shared";

  /** Another hub that is ready. */
  public static final String OTHER_HUB = "hub-neu";

  public static final String OTHER_HUB_ID = networkResource("virtualHubs", OTHER_HUB);

  /** A hub whose router is still being started. */
  public static final String NEW_HUB = "hub-new";

  public static final String NEW_HUB_ID = networkResource("virtualHubs", NEW_HUB);

  /** The resource group of what private endpoints lead to. */
  public static final String DATA_GROUP = "rg-data";

  public static final String LOCATION = "westeurope";

  /** A container registry with a data endpoint. */
  public static final String REGISTRY_ID =
      data("Microsoft.ContainerRegistry/registries/contosoregistry");

  public static final String STORAGE_ID = data("Microsoft.Storage/storageAccounts/contosodata");
  public static final String KEY_VAULT_ID = data("Microsoft.KeyVault/vaults/contoso-kv");
  public static final String SQL_ID = data("Microsoft.Sql/servers/contoso-sql");
  public static final String COSMOS_ID =
      data("Microsoft.DocumentDB/databaseAccounts/contoso-cosmos");

  /** Drawbridge's managed identity. */
  public static final String DRAWBRIDGE_OBJECT_ID = "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb";

  public static final String DRAWBRIDGE_CLIENT_ID = "00001111-aaaa-2222-bbbb-3333cccc4444";

  /** Astronomer's multi-tenant application, as Astronomer documents it. */
  public static final String ASTRONOMER_CLIENT_ID = "a67e6057-7138-4f78-bbaf-fd9db7b8aab0";

  public static final String ASTRONOMER_SECRET = "the-vendors-own-secret";

  /** Astronomer's subscription, in its own tenant. */
  public static final String ASTRO_SUBSCRIPTION = "cccc2c2c-dd3d-ee4e-ff5f-aaaaaa6a6a6a";

  public static final String ASTRO_RESOURCE_GROUP = "rg-astro";

  /** The network of the Astro cluster. */
  public static final String ASTRO_VNET_ID =
      vnet(ASTRO_SUBSCRIPTION, ASTRO_RESOURCE_GROUP, "vnet-astro");

  /** Someone with no role and no Graph permission at all. */
  public static final String STRANGER_OBJECT_ID = "bbbbbbbb-1111-2222-3333-cccccccccccc";

  public static final String STRANGER_CLIENT_ID = "11112222-bbbb-3333-cccc-4444dddd5555";
  public static final String STRANGER_SECRET = "the-strangers-secret";

  /** Where Drawbridge gives access. */
  private static final List<String> SERVED =
      List.of("/subscriptions/" + SUBSCRIPTION, "/subscriptions/" + OTHER_SUBSCRIPTION);

  private SampleWorld() {}

  static World create(Clock clock) {
    World world = new World(clock);
    world.addSubscription(SUBSCRIPTION, "Data platform");
    world.addSubscription(OTHER_SUBSCRIPTION, "Connectivity");
    world.addResourceGroup(SUBSCRIPTION, RESOURCE_GROUP, LOCATION);
    world.addResourceGroup(OTHER_SUBSCRIPTION, "rg-hub", LOCATION);
    world.addVirtualNetwork(VNET_ID, "10.20.0.0/16");
    world.addVirtualNetwork(OTHER_VNET_ID, "10.30.0.0/16");
    world.addVirtualNetwork(HUB_VNET_ID, "10.0.0.0/16");
    world.putPeering(VNET_ID, Peering.connected(BASELINE_PEERING, HUB_VNET_ID));
    world.putPeering(HUB_VNET_ID, Peering.connected("to-vnet-data", VNET_ID));
    addHubs(world);
    addData(world);
    addDrawbridge(world);
    addOthers(world);
    return world;
  }

  private static void addHubs(World world) {
    world.addVirtualHub(HUB_ID, "10.100.0.0/23", "Provisioned");
    world.addVirtualHub(OTHER_HUB_ID, "10.100.2.0/23", "Provisioned");
    world.addVirtualHub(NEW_HUB_ID, "10.100.4.0/23", "Provisioning");
    world.putHubConnection(
        HUB_ID,
        HubConnection.succeeded(HUB_CONNECTION, vnet(OTHER_SUBSCRIPTION, "rg-hub", "vnet-shared")));
  }

  private static void addData(World world) {
    world.addResourceGroup(SUBSCRIPTION, DATA_GROUP, LOCATION);
    world.addPrivateLinkResource(REGISTRY_ID, LOCATION, Map.of("dataEndpointEnabled", true));
    for (String id : List.of(STORAGE_ID, KEY_VAULT_ID, SQL_ID, COSMOS_ID)) {
      world.addPrivateLinkResource(id, LOCATION, Map.of());
    }
  }

  private static void addDrawbridge(World world) {
    world.addPrincipal(
        new PrincipalSpec(
            DRAWBRIDGE_OBJECT_ID,
            DRAWBRIDGE_CLIENT_ID,
            "id-drawbridge",
            PrincipalType.MANAGED_IDENTITY,
            null));
    for (String scope : SERVED) {
      world.assign(DRAWBRIDGE_OBJECT_ID, "Reader", scope);
      world.assign(DRAWBRIDGE_OBJECT_ID, "Role Based Access Control Administrator", scope);
    }
    allowDrawbridge(
        world,
        "Drawbridge Role Writer",
        "Can make and delete the custom roles that Drawbridge lends out.",
        "Microsoft.Authorization/roleDefinitions/read",
        "Microsoft.Authorization/roleDefinitions/write",
        "Microsoft.Authorization/roleDefinitions/delete");
    world.grantGraph(DRAWBRIDGE_OBJECT_ID, GraphPermission.APPLICATION_READ_WRITE_ALL);
  }

  /** Gives Drawbridge what its deployment gives it for time-bound assignments. */
  public static void allowTimeBoundAssignments(World world) {
    allowDrawbridge(
        world,
        "Drawbridge Scheduler",
        "Can assign roles for a time through Privileged Identity Management.",
        "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
        "Microsoft.Authorization/roleAssignmentScheduleRequests/cancel/action");
  }

  /** By a custom role of its own, wherever it serves. */
  private static void allowDrawbridge(
      World world, String roleName, String description, String... actions) {
    RoleDefinition role = world.addCustomRole(roleName, description, List.of(actions), SERVED);
    SERVED.forEach(scope -> world.assign(DRAWBRIDGE_OBJECT_ID, role.name(), scope));
  }

  private static void addOthers(World world) {
    world.addMultiTenantApplication(ASTRONOMER_CLIENT_ID, "Astronomer", ASTRONOMER_SECRET);
    world.addPrincipal(
        new PrincipalSpec(
            STRANGER_OBJECT_ID,
            STRANGER_CLIENT_ID,
            "stranger",
            PrincipalType.APPLICATION,
            STRANGER_SECRET));
  }

  private static String vnet(String subscription, String group, String name) {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%s"
        .formatted(subscription, group, name);
  }

  private static String networkResource(String type, String name) {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/%s/%s"
        .formatted(SUBSCRIPTION, RESOURCE_GROUP, type, name);
  }

  private static String data(String typeAndName) {
    return "/subscriptions/%s/resourceGroups/%s/providers/%s"
        .formatted(SUBSCRIPTION, DATA_GROUP, typeAndName);
  }
}
