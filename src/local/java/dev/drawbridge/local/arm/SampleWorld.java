package dev.drawbridge.local.arm;

import java.time.Clock;
import java.util.List;

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

  /** Drawbridge's managed identity. */
  public static final String DRAWBRIDGE_OBJECT_ID = "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb";

  public static final String DRAWBRIDGE_CLIENT_ID = "00001111-aaaa-2222-bbbb-3333cccc4444";

  /** Astronomer's multi-tenant application, as Astronomer documents it. */
  public static final String ASTRONOMER_CLIENT_ID = "a67e6057-7138-4f78-bbaf-fd9db7b8aab0";

  public static final String ASTRONOMER_SECRET = "the-vendors-own-secret";

  /** The network of the Astro cluster, in Astronomer's own tenant. */
  public static final String ASTRO_VNET_ID =
      vnet("cccc2c2c-dd3d-ee4e-ff5f-aaaaaa6a6a6a", "rg-astro", "vnet-astro");

  /** Someone with no role and no Graph permission at all. */
  public static final String STRANGER_OBJECT_ID = "bbbbbbbb-1111-2222-3333-cccccccccccc";

  public static final String STRANGER_CLIENT_ID = "11112222-bbbb-3333-cccc-4444dddd5555";
  public static final String STRANGER_SECRET = "the-strangers-secret";

  private SampleWorld() {}

  static World create(Clock clock) {
    World world = new World(clock);
    world.addSubscription(SUBSCRIPTION, "Data platform");
    world.addSubscription(OTHER_SUBSCRIPTION, "Connectivity");
    world.addResourceGroup(SUBSCRIPTION, RESOURCE_GROUP, "westeurope");
    world.addResourceGroup(OTHER_SUBSCRIPTION, "rg-hub", "westeurope");
    world.addVirtualNetwork(VNET_ID, "10.20.0.0/16");
    world.addVirtualNetwork(OTHER_VNET_ID, "10.30.0.0/16");
    world.addVirtualNetwork(HUB_VNET_ID, "10.0.0.0/16");
    world.putPeering(VNET_ID, Peering.connected(BASELINE_PEERING, HUB_VNET_ID));
    world.putPeering(HUB_VNET_ID, Peering.connected("to-vnet-data", VNET_ID));
    addDrawbridge(world);
    addOthers(world);
    return world;
  }

  private static void addDrawbridge(World world) {
    world.addPrincipal(
        new PrincipalSpec(
            DRAWBRIDGE_OBJECT_ID,
            DRAWBRIDGE_CLIENT_ID,
            "id-drawbridge",
            PrincipalType.MANAGED_IDENTITY,
            null));
    List<String> scopes =
        List.of("/subscriptions/" + SUBSCRIPTION, "/subscriptions/" + OTHER_SUBSCRIPTION);
    RoleDefinition roleWriter =
        world.addCustomRole(
            "Drawbridge Role Writer",
            "Can make and delete the custom roles that Drawbridge lends out.",
            List.of(
                "Microsoft.Authorization/roleDefinitions/read",
                "Microsoft.Authorization/roleDefinitions/write",
                "Microsoft.Authorization/roleDefinitions/delete"),
            scopes);
    for (String scope : scopes) {
      world.assign(DRAWBRIDGE_OBJECT_ID, "Reader", scope);
      world.assign(DRAWBRIDGE_OBJECT_ID, "Role Based Access Control Administrator", scope);
      world.assign(DRAWBRIDGE_OBJECT_ID, roleWriter.name(), scope);
    }
    world.grantGraph(DRAWBRIDGE_OBJECT_ID, GraphPermission.APPLICATION_READ_WRITE_ALL);
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
}
