package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operation and its sweeps tell of a story in which all goes well. */
class StoryTest {
  private final FlowWorld world = new FlowWorld();

  private List<String> told(OperationId id) {
    return world.look(id).events().stream().map(one -> one.what() + " " + one.detail()).toList();
  }

  @Test
  void events_whenAllGoesWell_thenAreTheWholeStory() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    assertTrue(world.azure.connect(Samples.request().target(), "astro"));
    world.sweep();
    String access =
        "%s for bbbbcccc-1111-dddd-2222-eeee3333ffff at %s"
            .formatted(FlowWorld.ROLE, FlowWorld.SUBSCRIPTION);
    assertEquals(
        List.of(
            "accepted from ticket zendesk/12345 by api",
            "queued on peering-requests",
            "roleCreated " + FlowWorld.ROLE,
            "assignmentCreated " + access,
            "assignmentVerified " + access,
            "accessGranted until 2026-03-04T10:00:00Z at the latest",
            "connected " + world.look(id).seen(),
            "assignmentDeleted %s at %s".formatted(FlowWorld.ROLE, FlowWorld.SUBSCRIPTION),
            "accessGone Azure answers that the assignment is gone",
            "roleDeleted " + FlowWorld.ROLE,
            "ended Succeeded: connected"),
        told(id));
    assertEquals(
        List.of("call", "call", "call"),
        world.look(id).events().stream()
            .map(Event::correlationId)
            .flatMap(c -> c.stream())
            .toList());
  }

  @Test
  void report_whenOperationsRunAndEnd_thenCountsThem() {
    assertEquals(new SweepReport(0, 0, 0, 0, Duration.ZERO), world.sweep.run(FlowWorld.LOG));
    OperationId first = world.accept(FlowWorld.request("1", "one", "vnet-data"));
    world.clock.advance(Duration.ofSeconds(90));
    OperationId second = world.accept(FlowWorld.request("2", "two", "vnet-data"));
    world.deliver();
    assertEquals(
        new SweepReport(2, 1, 0, 0, Duration.ofSeconds(90)), world.sweep.run(FlowWorld.LOG));
    assertTrue(world.operations.cancel(first).isPresent());
    assertEquals(
        new SweepReport(2, 1, 0, 0, Duration.ofSeconds(90)), world.sweep.run(FlowWorld.LOG));
    assertEquals(
        "accessShared the same access is still needed by %s, until 2026-03-04T10:01:30Z at the latest"
            .formatted(second),
        told(first).get(told(first).size() - 1));
    assertTrue(world.operations.cancel(second).isPresent());
    assertEquals(
        new SweepReport(2, 1, 2, 0, Duration.ofSeconds(90)), world.sweep.run(FlowWorld.LOG));
    assertEquals(
        new SweepReport(0, 0, 0, 0, Duration.ZERO),
        world.sweep.run(FlowWorld.LOG),
        "only news is left");
  }

  @Test
  void report_whenAPartFails_thenCountsIt() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    world.calls.before(
        (number, name) -> {
          if (name.equals("azure.read")) {
            throw FlowWorld.busy();
          }
        });
    assertEquals(new SweepReport(1, 1, 0, 1, Duration.ZERO), world.sweep.run(FlowWorld.LOG));
    assertTrue(world.look(id).awaitsConnection());
  }

  @Test
  void telling_whenThereIsNews_thenCountsWhatWasTold() {
    OperationId id = world.accept(Samples.request());
    assertEquals(1, world.telling.run(FlowWorld.LOG));
    assertEquals(0, world.telling.run(FlowWorld.LOG));
    world.deliver();
    world.telling.run(id, FlowWorld.LOG);
    assertEquals(
        List.of("accepted", "accessGranted"),
        world.messenger.told(Samples.request().terms().ticket()));
    assertEquals(0, world.telling.run(FlowWorld.LOG));
  }

  @Test
  void attempt_whenAMessageIsTaken_thenTheOperationThatItNamesIsGivenBack() {
    OperationId id = world.accept(Samples.request());
    OperationId unknown = Samples.id(7);
    String queue = Samples.request().kind().queue();
    for (OperationId named : List.of(unknown, id, id)) {
      assertEquals(
          named, world.granting.attempt(new Attempt(named, 0).messageId(), queue, FlowWorld.LOG));
    }
  }

  @Test
  void grant_whenItsTimeIsOver_thenItFailsWithoutACall() {
    OperationId id = world.accept(Samples.request());
    world.clock.advance(Duration.ofDays(3));
    world.deliver();
    assertEquals("expired", world.look(id).ending().orElseThrow().code());
    assertTrue(world.calls.names().stream().noneMatch(call -> call.startsWith("azure")));
  }
}
