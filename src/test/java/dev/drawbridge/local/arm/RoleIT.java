package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.PermissionInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import dev.drawbridge.local.LocalClock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleIT {
  @Test
  void create_thin() {
    LocalClock clock = LocalClock.standingAt(Instant.parse("2026-11-24T08:00:00Z"));
    try (LocalArm arm = LocalArm.start(0, 0, clock, World.sample(clock))) {
      SdkClients sdk = SdkClients.ofDrawbridge(arm);
      RoleDefinitionInner made =
          sdk.roles()
              .getRoleDefinitions()
              .createOrUpdate(
                  "subscriptions/" + SampleWorld.SUBSCRIPTION,
                  UUID.randomUUID().toString(),
                  new RoleDefinitionInner()
                      .withRoleName("Test")
                      .withRoleType("CustomRole")
                      .withPermissions(
                          List.of(new PermissionInner().withActions(List.of("a/b/read"))))
                      .withAssignableScopes(List.of("/subscriptions/" + SampleWorld.SUBSCRIPTION)));
      assertEquals("Test", made.roleName());
      System.out.println(
          sdk
              .graph()
              .getServicePrincipalsServicePrincipals()
              .listServicePrincipal(
                  null,
                  null,
                  null,
                  null,
                  "appId eq 'a67e6057-7138-4f78-bbaf-fd9db7b8aab0'",
                  null,
                  null,
                  null,
                  null,
                  Context.NONE)
              .stream()
              .count());
      System.out.println(
          sdk.network()
              .getVirtualNetworks()
              .getByResourceGroup("rg-network", "vnet-data")
              .virtualNetworkPeerings()
              .get(0)
              .peeringState());
      sdk.resources()
          .subscriptionClient()
          .getSubscriptions()
          .list()
          .forEach(s -> System.out.println(s.displayName()));
      System.out.println(
          sdk.resources().serviceClient().getProviders().get("Microsoft.Network").namespace());
      System.out.println(
          sdk.resources().serviceClient().getResourceGroups().get("rg-network").location());
      arm.calls().calls().forEach(System.out::println);
    }
  }
}
