package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static dev.drawbridge.local.arm.ArmFixture.SUBSCRIPTION_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoleAssignmentListIT {
  private static final String STRANGER = SampleWorld.STRANGER_OBJECT_ID;
  private static final String HIS = "principalId%20eq%20%27" + STRANGER + "%27";

  @RegisterExtension final ArmFixture azure = new ArmFixture();
  private final RoleAssignmentsClient assignments = azure.drawbridge().roles().getRoleAssignments();

  @Test
  void list_whenFiltered_thenAtAboveOrBelowAsAsked() {
    String atSubscription = azure.world.assign(STRANGER, "Reader", SUBSCRIPTION_SCOPE).name();
    String atGroup = azure.world.assign(STRANGER, "Reader", GROUP_SCOPE).name();
    String atVnet = azure.world.assign(STRANGER, "Reader", SampleWorld.VNET_ID).name();
    azure.world.assign(STRANGER, "Reader", "/subscriptions/" + SampleWorld.OTHER_SUBSCRIPTION);
    String assigned = "atScope()%20and%20assignedTo(%27" + STRANGER + "%27)";

    assertEquals(sorted(atSubscription, atGroup, atVnet), names(SUBSCRIPTION_SCOPE, HIS));
    assertEquals(sorted(atSubscription, atGroup, atVnet), names(GROUP_SCOPE, HIS));
    assertEquals(sorted(atSubscription, atGroup), names(GROUP_SCOPE, assigned));
    assertEquals(sorted(atSubscription), names(SUBSCRIPTION_SCOPE, assigned));
    assertEquals(
        sorted(atSubscription, atGroup, atVnet), names(assignments.list(HIS, null, Context.NONE)));
    Sdk.assertRefused(400, "InvalidFilter", () -> names(GROUP_SCOPE, "createdBy%20eq%20%27x%27"));
  }

  @Test
  void list_whenForAResource_thenWhatAppliesToIt() {
    String atVnet = azure.world.assign(STRANGER, "Reader", SampleWorld.VNET_ID).name();
    azure.world.assign(STRANGER, "Reader", SampleWorld.OTHER_VNET_ID);

    assertEquals(
        List.of(atVnet),
        names(
            assignments.listForResource(
                SampleWorld.RESOURCE_GROUP,
                "Microsoft.Network",
                "virtualNetworks",
                SampleWorld.VNET,
                HIS,
                null,
                Context.NONE)));
  }

  @Test
  void list_whenLong_thenInPages() {
    for (int i = 0; i < 5; i++) {
      azure.world.assign(azure.newPrincipal("p" + i).objectId(), "Owner", GROUP_SCOPE);
    }
    int all = names(GROUP_SCOPE, "atScope()").size();
    azure.world.pageSize(3);
    azure.arm.calls().clear();

    List<PagedResponse<RoleAssignmentInner>> pages =
        assignments
            .listForScope(Sdk.scope(GROUP_SCOPE), "atScope()", null, null, Context.NONE)
            .streamByPage()
            .toList();

    assertEquals(8, all);
    assertEquals(List.of(3, 3, 2), pages.stream().map(page -> page.getValue().size()).toList());
    assertEquals(
        8,
        pages.stream()
            .flatMap(page -> page.getValue().stream())
            .map(RoleAssignmentInner::name)
            .distinct()
            .count());
    assertEquals(3, azure.arm.calls().calls("arm").size());
  }

  @Test
  void list_whenReplicationIsSlow_thenStaleForAWhile() {
    azure.world.replicationDelay(Replication.LISTS, Duration.ofMinutes(1));
    String name = azure.world.assign(STRANGER, "Reader", SUBSCRIPTION_SCOPE).name();
    String scope = Sdk.scope(SUBSCRIPTION_SCOPE);

    assertEquals(List.of(), names(SUBSCRIPTION_SCOPE, HIS));
    assertEquals(name, assignments.get(scope, name).name());
    azure.clock.advance(Duration.ofMinutes(1));
    assertEquals(List.of(name), names(SUBSCRIPTION_SCOPE, HIS));
    assignments.delete(scope, name);
    assertEquals(List.of(name), names(SUBSCRIPTION_SCOPE, HIS));
    azure.clock.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), names(SUBSCRIPTION_SCOPE, HIS));
  }

  private List<String> names(String scope, String filter) {
    return names(assignments.listForScope(Sdk.scope(scope), filter, null, null, Context.NONE));
  }

  private static List<String> names(PagedIterable<RoleAssignmentInner> list) {
    return list.stream().map(RoleAssignmentInner::name).sorted().toList();
  }

  private static List<String> sorted(String... names) {
    return List.of(names).stream().sorted().toList();
  }
}
