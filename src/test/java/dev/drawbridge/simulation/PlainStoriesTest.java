package dev.drawbridge.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Status;
import dev.drawbridge.simulation.Wire.Trouble;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain story of each kind, with everything that can go wrong at each single call. */
class PlainStoriesTest {
  private static final Logger LOG = Logger.getLogger(PlainStoriesTest.class.getName());

  /** What is asked for. */
  enum Kind {
    VNET("vnet", ""),
    VHUB("vhub", ""),
    APPROVED_BY_DRAWBRIDGE("privateLink", "drawbridge"),
    APPROVED_BY_THE_VENDOR("privateLink", "vendor"),
    APPROVED_BY_PEOPLE("privateLink", "manual");

    private final String type;
    private final String approval;

    Kind(String type, String approval) {
      this.type = type;
      this.approval = approval;
    }

    ConnectionRequest request() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("type", type);
      fields.put("ticket", Map.of("system", "zendesk", "id", "1"));
      fields.put("clusterId", "cluster");
      if (approval.isEmpty()) {
        fields.put("tenantId", World.TENANT.toString());
        fields.put("subscriptionId", World.SUBSCRIPTION.toString());
        fields.put("resourceGroup", "rg");
        fields.put(type.equals("vnet") ? "vnetName" : "virtualHubName", "net");
        if (type.equals("vhub")) {
          fields.put("connectionName", "astro");
        }
      } else {
        fields.put(
            "resourceId",
            "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/data"
                .formatted(World.SUBSCRIPTION));
        fields.put("groupId", "blob");
        fields.put("approval", approval);
      }
      return World.request(fields);
    }
  }

  @ParameterizedTest
  @EnumSource
  void story_whenAnythingGoesWrongAtAnyCall_thenItSucceedsAndNothingIsLeft(Kind kind) {
    int last = live(kind, Optional.empty(), 0).wire.calls();
    assertTrue(last > 25, "the story makes calls");
    for (Trouble trouble : Trouble.values()) {
      for (int call = 1; call <= last; call++) {
        World world = live(kind, Optional.of(trouble), call);
        assertEquals(
            List.of(), world.judge.violations(), kind + ", " + trouble + " at call " + call);
      }
    }
    LOG.info(() -> "%s: %d calls, each met by all troubles".formatted(kind, last));
  }

  private static boolean isSettled(World world, OperationId id) {
    return world.look(id).map(Operation::isOver).orElse(false)
        && world.table.here("open").isEmpty()
        && world.table.here("grants").isEmpty();
  }

  /** Lives through the story, and expects that it ends well. */
  private static World live(Kind kind, Optional<Trouble> trouble, int at) {
    World world = new World(new Random(1), GrantScope.SUBSCRIPTION, 10);
    App app = new App(world, 1);
    world.wire.fate(Wire.Fate.once(trouble, at));
    OperationId id = app.accept(kind.request()).orElseThrow();
    boolean connected = false;
    for (int minute = 0; minute < 60 && !isSettled(world, id); minute++) {
      world.wire.advance(Duration.ofMinutes(1));
      app.deliver();
      app.park();
      app.sweep();
      app.tell();
      Operation operation = world.look(id).orElseThrow();
      if (operation.awaitsConnection()) {
        if (!connected) {
          world.targets.connect(operation, true);
          connected = true;
        } else if (kind == Kind.APPROVED_BY_PEOPLE) {
          world.targets.finish();
        }
        operation.undecided().stream()
            .findFirst()
            .ifPresent(one -> app.choose(id, one.connectionId()));
      }
    }
    Settled.judge(world, Set.of(id));
    world
        .look(id)
        .filter(operation -> operation.status() != Status.SUCCEEDED)
        .ifPresent(operation -> world.judge.violated(1, "it ended as " + operation.status()));
    return world;
  }
}
