package dev.drawbridge.access.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.fakes.Calls;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a queue has given up: kept, and its operation failed and undone. */
final class ParkingTest {
  private static final String PEERING = ConnectionKind.Queues.PEERING;

  private final FlowWorld world = new FlowWorld();

  @Test
  void park_whenTheOperationAwaitsItsGrant_thenItFailsAndIsTold() {
    OperationId id = world.accept(Samples.request());

    assertEquals(Optional.of(id), park(letter(1, id + "/0")));

    Ending ending = world.look(id).ending().orElseThrow();
    assertEquals(Status.FAILED, ending.status());
    assertEquals("deadLettered", ending.code());
    assertTrue(ending.message().contains(only().id().toString()), ending.message());
    world.sweep();
    world.assertSettled(id, "parked");
    Parked kept = only();
    assertEquals(Optional.of(new Attempt(id, 0)), kept.attempt());
    assertEquals(PEERING, kept.queue());
    assertEquals(id + "/0", kept.body());
    assertEquals("MaxDeliveryCountExceeded", kept.reason());
    assertEquals(FlowWorld.START, kept.at());
  }

  @Test
  void park_whenTheGrantBrokeOffTenTimes_thenWhatWasBegunIsUndone() {
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.update") && world.temporaryAssignments() > 0) {
            throw FlowWorld.noAnswer(); // from here on no attempt can note how it ended
          }
        });
    for (int delivery = 1; delivery <= 10; delivery++) {
      world.deliver();
    }
    world.calls.noHooks();
    assertEquals(1, world.queue.deadLettered());
    assertEquals(1, world.temporaryAssignments());
    assertEquals(Phase.QUEUED, world.look(id).phase());

    park(world.queue.deadLetters().get(0));
    world.run(Duration.ofMinutes(10));

    assertEquals(Status.FAILED, world.look(id).status());
    assertEquals("deadLettered", world.look(id).ending().orElseThrow().code());
    assertTrue(world.look(id).isOver(), "told: " + world.look(id).outbox());
    assertEquals(0, world.temporaryAssignments());
    assertFalse(world.azure.hasRole(FlowWorld.ROLE));
    assertEquals(0, world.ledger.grantCount());
  }

  @Test
  void park_whenItIsDeliveredAgain_thenThereIsOneRecordAndOneEnd() {
    OperationId id = world.accept(Samples.request());
    park(letter(1, id + "/0"));
    Operation failed = world.look(id);
    Parked first = only();

    world.clock.advance(Duration.ofMinutes(1));
    park(letter(1, id + "/0"));

    assertEquals(failed, world.look(id));
    assertEquals(first, only());
  }

  @Test
  void park_whenACrashCutsItShort_thenTheNextDeliveryGoesOn() {
    List<String> calls = List.of("ledger.park", "ledger.operation", "ledger.update");
    for (String crashed : calls) {
      for (boolean after : List.of(false, true)) {
        FlowWorld own = new FlowWorld();
        OperationId id = own.accept(Samples.request());
        Calls.Hook crash =
            (number, name) -> {
              if (name.equals(crashed)) {
                own.calls.noHooks();
                throw new Calls.Crash(name);
              }
            };
        if (after) {
          own.calls.after(crash);
        } else {
          own.calls.before(crash);
        }
        assertThrows(
            Calls.Crash.class, () -> own.parking.park(letter(1, id + "/0"), FlowWorld.LOG));

        own.parking.park(letter(1, id + "/0"), FlowWorld.LOG);

        assertEquals(1, own.ledger.parked().size());
        assertEquals("deadLettered", own.look(id).ending().orElseThrow().code(), crashed);
        own.sweep();
        own.assertSettled(id, crashed);
      }
    }
  }

  @Test
  void park_whenTheLedgerIsAway_thenItIsThrownForTheNextDelivery() {
    OperationId id = world.accept(Samples.request());
    for (String away : List.of("ledger.park", "ledger.update")) {
      world.calls.before(
          (number, name) -> {
            if (name.equals(away)) {
              throw FlowWorld.noAnswer();
            }
          });
      assertThrows(PassingFault.class, () -> park(letter(1, id + "/0")));
      assertTrue(world.look(id).ending().isEmpty());
    }
    world.calls.noHooks();
    park(letter(1, id + "/0"));
    assertEquals("deadLettered", world.look(id).ending().orElseThrow().code());
  }

  @Test
  void park_whenTheOperationWentOn_thenItIsLeftAsItIs() {
    OperationId id = world.accept(Samples.request());
    world.deliver();
    Operation granted = world.look(id);
    assertEquals(Phase.GRANTED, granted.phase());

    park(letter(1, id + "/0"));

    assertEquals(granted, world.look(id));
    assertEquals(Optional.of(new Attempt(id, 0)), only().attempt());
  }

  @Test
  void park_whenItIsOfAnotherAttempt_thenTheOperationIsLeftAsItIs() {
    OperationId id = world.accept(Samples.request());
    Operation before = world.look(id);

    park(letter(1, id + "/1"));

    assertEquals(before, world.look(id));
  }

  @Test
  void park_whenItCameOverAnotherQueue_thenTheOperationIsLeftAsItIs() {
    OperationId id = world.accept(Samples.request());
    Operation before = world.look(id);

    park(new DeadLetter(ConnectionKind.Queues.PRIVATE_LINK, 1, "x", id + "/0", "", ""));

    assertEquals(before, world.look(id));
    assertEquals(ConnectionKind.Queues.PRIVATE_LINK, only().queue());
  }

  @Test
  void park_whenTheOperationHasEnded_thenItIsLeftAsItIs() {
    OperationId id = world.accept(Samples.request());
    world.operations.cancel(id);
    world.sweep();
    world.tell();
    Operation ended = world.look(id);

    park(letter(1, id + "/0"));

    assertEquals(ended, world.look(id));
    assertEquals(Status.CANCELED, world.look(id).status());
  }

  @Test
  void park_whenTheLedgerDoesNotKnowTheOperation_thenTheRecordSaysWhichItWas() {
    OperationId unknown = Samples.id(7);

    assertEquals(Optional.of(unknown), park(letter(1, unknown + "/0")));

    assertEquals(Optional.of(new Attempt(unknown, 0)), only().attempt());
  }

  @Test
  void park_whenTheOperationsRowCantBeRead_thenItDoesNotComeForEver() {
    OperationId id = world.accept(Samples.request());
    world.calls.before(
        (number, name) -> {
          if (name.equals("ledger.operation")) {
            throw new IllegalArgumentException("not JSON");
          }
        });

    assertEquals(Optional.of(id), park(letter(1, id + "/0")));

    assertEquals(id, only().attempt().orElseThrow().operation());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no message of ours",
        "{",
        "null",
        "\u0000\u0007\u001b[31m",
        "\ud800",
        "a\r\nSEVERE event=deadLettered operation=forged",
        "\u2028\u2029",
        "00000000-0000-0000-0000-000000000001/x",
        "1-1-1-1-1/0",
      })
  void park_whenTheBodyCantBeRead_thenItIsKeptInOneSafeLine(String body) {
    assertEquals(Optional.empty(), park(letter(1, body)));

    Parked kept = only();
    assertEquals(Optional.empty(), kept.attempt());
    assertFalse(kept.body().matches("(?s).*[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}].*"), kept.body());
  }

  @Test
  void park_whenAllOfItIsLong_thenItsBeginningIsKept() {
    String huge = "x".repeat(300_000);
    park(new DeadLetter(PEERING, 1, "now", huge, huge, huge));

    for (String kept : List.of(only().body(), only().reason(), only().description())) {
      assertEquals(1001, kept.length()); // and a sign that it was cut
    }
  }

  @Test
  void park_whenTheSenderPutsLinesIntoTheReason_thenTheLogHasOne() {
    List<String> lines = new ArrayList<>();
    Logger log = Logger.getAnonymousLogger();
    log.setUseParentHandlers(false);
    log.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });

    world.parking.park(new DeadLetter(PEERING, 1, "now", "x", "a\nb", "c\nd"), log);

    assertEquals(1, lines.size());
    assertTrue(
        lines.get(0).startsWith("event=deadLettered operation=unknown message="), lines.get(0));
    assertTrue(lines.get(0).endsWith("reason=a b: c d"), lines.get(0));
  }

  @Test
  void park_whenTwoMessagesAreAlike_thenTheyAreTwoRecords() {
    park(letter(1, "x"));
    park(letter(2, "x"));
    park(new DeadLetter(PEERING, 1, "at another time", "x", "", ""));
    park(new DeadLetter(ConnectionKind.Queues.PRIVATE_LINK, 1, "at another time", "x", "", ""));

    assertEquals(4, world.ledger.parked().size());
  }

  private Optional<OperationId> park(DeadLetter letter) {
    return world.parking.park(letter, FlowWorld.LOG);
  }

  private Parked only() {
    List<Versioned<Parked>> parked = world.ledger.parked();
    assertEquals(1, parked.size());
    return parked.get(0).value();
  }

  private static DeadLetter letter(long number, String body) {
    return new DeadLetter(
        PEERING, number, "\"2026-03-01T10:00:00Z\"", body, "MaxDeliveryCountExceeded", "After 10.");
  }
}
