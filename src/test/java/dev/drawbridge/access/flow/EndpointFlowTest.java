package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.NetworkState.Group;
import dev.drawbridge.access.NetworkState.PrivateLinkTarget;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.ResourceId;
import dev.drawbridge.access.RoleTemplate;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.access.Undecided;
import dev.drawbridge.access.fakes.FakeAzure;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.access.port.PermanentFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Private endpoints through the flow: who gets a role, who approves, who decides. */
class EndpointFlowTest {
  private static final String RESOURCE =
      "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account"
          .formatted(Samples.SUBSCRIPTION);
  private static final UUID OWN = UUID.fromString("aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb");
  private static final String ONE = RESOURCE + "/privateEndpointConnections/one";

  private final FlowWorld world = new FlowWorld();
  private final Links links = new Links();
  private final Sweep sweep =
      new Sweep(
          world.ledger,
          world.queue,
          links,
          world.azure,
          TrustedRemotes.ANY,
          Samples.TENANT,
          world.clock);

  /** The one resource, and what waits on it or is connected. */
  private static final class Links implements Networks {
    final List<EndpointConnection> connections = new ArrayList<>();
    final List<String> approved = new ArrayList<>();
    boolean refuses;

    void put(String id, String status, String message) {
      connections.removeIf(one -> one.id().equals(id));
      connections.add(
          new EndpointConnection(id, status, message, Optional.of("/subscriptions/x"), Set.of()));
    }

    @Override
    public Optional<NetworkState> inspect(ConnectionRequest request) {
      return Optional.of(
          new PrivateLinkTarget(List.of(new Group("blob", List.of(), List.of())), connections));
    }

    @Override
    public Optional<NetworkState> read(ConnectionKind kind, ResourceId target) {
      return Optional.of(new PrivateLinkTarget(List.of(), connections));
    }

    @Override
    public String approve(ResourceId target, String connectionId, String message) {
      if (refuses) {
        throw new PermanentFault("AuthorizationFailed", "not yet");
      }
      assertEquals("Approved by Drawbridge for ticket zendesk/1", message);
      approved.add(connectionId);
      put(connectionId, "Approved", "");
      return "call";
    }
  }

  private Granting granting(Optional<UUID> own) {
    RoleTemplate approver =
        new RoleTemplate(
            "Approver for {resource-type}", "Approves.", Set.of("{resource-type}/read"));
    return new Granting(
        world.ledger,
        world.queue,
        links,
        world.azure,
        world.azure,
        new Granting.Rules(
            world.policy,
            GrantScope.SUBSCRIPTION,
            Map.of(ConnectionKind.PRIVATE_LINK, approver),
            new UUID(0, 1),
            own,
            Backoff.DEFAULT),
        world.clock);
  }

  private OperationId accepted(String approval) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("type", "privateLink");
    fields.put("ticket", Map.of("system", "zendesk", "id", "1"));
    fields.put("clusterId", "cluster");
    fields.put("resourceId", RESOURCE);
    fields.put("groupId", "blob");
    fields.put("approval", approval);
    return world.accept(Samples.valid(fields));
  }

  private OperationId watching(String approval) {
    OperationId id = accepted(approval);
    world.queue.deliverDue(granting(Optional.of(OWN)), FlowWorld.LOG);
    assertEquals(Phase.GRANTED, world.look(id).phase());
    return id;
  }

  private Operation sweep(OperationId id) {
    SweepReport report = sweep.run(FlowWorld.LOG);
    assertEquals(0, report.failures());
    return world.look(id);
  }

  private List<Access> given() {
    return world.azure.assignments().values().stream()
        .map(one -> one.access())
        .filter(access -> access.roleName().startsWith("Approver"))
        .toList();
  }

  private List<String> steps(OperationId id) {
    return world.look(id).outbox().notices().stream().map(one -> one.step().word()).toList();
  }

  private static List<String> events(Operation operation) {
    return operation.events().stream().map(Event::what).toList();
  }

  @Test
  void sweep_whenAnEndpointBearsTheCode_thenItIsApprovedAndTheRoleGoes() {
    OperationId id = watching("drawbridge");
    assertEquals(List.of(OWN), given().stream().map(Access::principalId).toList());
    assertEquals(List.of(RESOURCE), given().stream().map(Access::scope).toList());

    links.put(ONE, "Pending", "for " + Samples.CODE.text());
    Operation approved = sweep(id);
    assertEquals(List.of(ONE), links.approved);
    assertEquals(Optional.of(ONE), approved.chosen());
    assertEquals("private endpoint connection one is Pending", approved.seen());
    assertTrue(events(approved).contains("connectionApproved"), events(approved).toString());

    assertEquals(Status.SUCCEEDED, sweep(id).status());
    assertEquals(List.of(), given());
    assertEquals(List.of(ONE), links.approved, "it is approved once");
  }

  @Test
  void sweep_whenAzureRefusesTheApproval_thenThatIsToldAndItIsTriedAgain() {
    OperationId id = watching("drawbridge");
    links.put(ONE, "Pending", Samples.CODE.text());
    links.refuses = true;
    assertEquals(
        "private endpoint connection one is Pending, and Azure refuses its approval: AuthorizationFailed",
        sweep(id).seen());
    links.refuses = false;
    assertEquals("private endpoint connection one is Pending", sweep(id).seen());
    assertEquals(List.of(ONE), links.approved);
  }

  @Test
  void sweep_whenTheTimeIsOver_thenNothingIsApprovedAnyMore() {
    OperationId id = watching("drawbridge");
    links.put(ONE, "Pending", Samples.CODE.text());
    world.clock.advance(Duration.ofDays(3));
    assertEquals(Status.FAILED, sweep(id).status());
    assertEquals(List.of(), links.approved);
  }

  @Test
  void sweep_whenPeopleApprove_thenTheyAreAskedOnceAndNobodyGetsARole() {
    OperationId id = watching("manual");
    assertEquals(List.of(), given());
    assertTrue(events(world.look(id)).contains("watching"));
    links.put(ONE, "Pending", Samples.CODE.text());
    String waits = "private endpoint connection one is Pending and waits for an approval";
    assertEquals(waits, sweep(id).seen());
    assertEquals(waits, sweep(id).seen());
    assertEquals(List.of("accepted", "accessGranted", "approvalNeeded"), steps(id));
    assertEquals(List.of(), links.approved);

    links.put(ONE, "Approved", "");
    assertEquals(Status.SUCCEEDED, sweep(id).status(), "known by what it bore while it waited");
  }

  @Test
  void sweep_whenTheVendorApproves_thenItsOwnIsWaitedFor() {
    OperationId id = watching("vendor");
    assertEquals(List.of(FakeAzure.VENDOR), given().stream().map(Access::principalId).toList());
    links.put(ONE, "Pending", Samples.CODE.text());
    assertEquals(
        "private endpoint connection one is Pending and waits for an approval", sweep(id).seen());
    assertEquals("waiting", steps(id).get(2));
    assertEquals(List.of(), links.approved);
  }

  @Test
  void choose_whenNobodyKnowsWhoseItIs_thenAPersonSays() {
    OperationId id = watching("drawbridge");
    links.put(ONE, "Pending", "please");
    Operation undecided = sweep(id);
    assertEquals(
        List.of(new Undecided(ONE, "please", world.clock.instant())), undecided.undecided());
    assertEquals(List.of(), links.approved);

    Operations.Choice chosen = world.operations.choose(id, ONE);
    assertInstanceOf(Operations.Choice.Chosen.class, chosen);
    sweep(id);
    assertEquals(List.of(ONE), links.approved);
    assertEquals(Status.SUCCEEDED, sweep(id).status());
  }

  @Test
  void choose_whenThereIsNothingToChoose_thenItIsRefused() {
    OperationId id = watching("drawbridge");
    assertInstanceOf(
        Operations.Choice.NoSuchOperation.class, world.operations.choose(Samples.id(9), ONE));
    for (String other : List.of(RESOURCE, RESOURCE + "x/privateEndpointConnections/one", "one")) {
      assertInstanceOf(
          Operations.Choice.NotOfTheTarget.class, world.operations.choose(id, other), other);
    }
    assertTrue(world.operations.cancel(id).isPresent());
    assertInstanceOf(Operations.Choice.NotWaiting.class, world.operations.choose(id, ONE));
  }

  @Test
  void grant_whenTheOwnPrincipalIsUnknown_thenItFailsAndNamesTheSetting() {
    OperationId id = accepted("drawbridge");
    world.queue.deliverDue(granting(Optional.empty()), FlowWorld.LOG);
    Ending ending = sweep(id).ending().orElseThrow();
    assertEquals("ownPrincipalUnknown", ending.code());
    assertTrue(ending.message().contains("OWN_PRINCIPAL_ID"), ending.message());
    assertEquals(List.of(), given());
  }

  @Test
  void grant_whenTheGroupIsUnknown_thenItFailsBeforeAnythingIsGiven() {
    OperationId id = accepted("drawbridge");
    Granting granting = granting(Optional.of(OWN));
    Map<String, Object> fields = new HashMap<>(world.look(id).request().toFields());
    fields.put("groupId", "vault");
    OperationId other = world.accept(Samples.valid(fields));
    world.queue.deliverDue(granting, FlowWorld.LOG);
    assertEquals("unknownGroupId", sweep(other).ending().map(Ending::code).orElse(""));
    assertEquals(1, given().size(), "that of the one whose group there is");
  }
}
