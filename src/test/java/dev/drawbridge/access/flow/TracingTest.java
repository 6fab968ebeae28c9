package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** In whose trace each call to Azure, and to whom is told, is made. */
class TracingTest {
  private static final TraceContext FIRST = TraceContext.random();
  private static final TraceContext SECOND = TraceContext.random();

  private final FlowWorld world = new FlowWorld();

  /** What was called since the last look, but for the ledger and the queue, and in which traces. */
  private final Map<String, Set<String>> seen = new TreeMap<>();

  private String refused = "";

  TracingTest() {
    world.calls.before(
        (number, name) -> {
          if (!name.startsWith("ledger") && !name.startsWith("queue")) {
            seen.computeIfAbsent(name, call -> new TreeSet<>())
                .add(CurrentTrace.get().map(TracingTest::name).orElse("none"));
          }
          if (name.equals(refused)) {
            throw FlowWorld.busy();
          }
        });
  }

  private static String name(TraceContext trace) {
    return trace.equals(FIRST) ? "first" : trace.equals(SECOND) ? "second" : "another";
  }

  private Map<String, Set<String>> seen() {
    Map<String, Set<String>> all = Map.copyOf(seen);
    seen.clear();
    assertEquals(Optional.empty(), CurrentTrace.get(), "none is left bound");
    return all;
  }

  private OperationId accept(String ticket, String cluster, TraceContext trace) {
    world.clock.advance(Duration.ofSeconds(1));
    return CurrentTrace.in(
        Optional.of(trace), () -> world.accept(FlowWorld.request(ticket, cluster, "vnet-data")));
  }

  /** Both hold the same assignment, on one network. */
  private List<OperationId> two() {
    List<OperationId> both = List.of(accept("1", "one", FIRST), accept("2", "two", SECOND));
    world.deliver();
    assertEquals(1, world.temporaryAssignments());
    assertEquals(Set.of("first", "second"), seen().get("azure.assign"));
    return both;
  }

  @Test
  void calls_whenOneOperationRuns_thenAreAllInItsTrace() {
    OperationId id = accept("1", "one", FIRST);
    seen(); // whom to tell is asked at the intake
    world.deliver();
    world.tell();
    world.sweep();
    assertTrue(world.azure.connect(Samples.request().target(), "astro"));
    world.sweep();
    world.tell();
    assertTrue(world.look(id).isOver());
    Map<String, Set<String>> all = seen();
    assertTrue(
        all.keySet().containsAll(Set.of("azure.assign", "azure.read", "azure.unassign")),
        all.toString());
    all.forEach((call, traces) -> assertEquals(Set.of("first"), traces, call));
  }

  @Test
  void calls_whenTheOperationHasNoTrace_thenAreInNone() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    world.tell();
    assertTrue(world.operations.cancel(id).isPresent());
    CurrentTrace.in(Optional.of(SECOND), world::sweep);
    assertTrue(world.look(id).endedAt().isPresent());
    seen().forEach((call, traces) -> assertEquals(Set.of("none"), traces, call));
  }

  @Test
  void read_whenTwoWatchOneTarget_thenIsInTheOldersTrace() {
    two();
    world.sweep();
    assertEquals(Set.of("first"), seen().get("azure.read"));
  }

  @Test
  void find_whenAnAssignmentWasRemovedByHand_thenIsInTheTraceOfTheOneThatMissesIt() {
    accept("1", "one", FIRST);
    world.deliver();
    world.azure.removeByHand(FlowWorld.ACCESS.assignmentName());
    world.clock.advance(Duration.ofMinutes(11));
    seen();
    Orphans orphans = new Orphans(world.ledger, world.azure, world.policy, List.of(), world.clock);
    assertEquals(1, orphans.run(FlowWorld.LOG).missing());
    assertEquals(Map.of("azure.ours", Set.of("none"), "azure.find", Set.of("first")), seen());
  }

  @Test
  void unassign_whenThereWereSeveralHolders_thenIsInTheTraceOfTheOneThatEndsLast() {
    List<OperationId> both = two();
    assertTrue(world.operations.cancel(both.get(1)).isPresent());
    world.sweep();
    assertEquals(1, world.temporaryAssignments(), "the first needs it");
    world.clock.advance(Duration.ofMinutes(1));
    assertTrue(world.operations.cancel(both.get(0)).isPresent());
    seen();
    refused = "azure.unassign";
    world.sweep();
    assertEquals(1, world.temporaryAssignments());
    refused = "";
    world.sweep();
    assertEquals(0, world.temporaryAssignments());
    Map<String, Set<String>> all = seen();
    for (String call : List.of("azure.find", "azure.unassign", "azure.deleteRole")) {
      assertEquals(Set.of("first"), all.get(call), call);
    }
  }
}
