package dev.drawbridge.ledger;

import static dev.drawbridge.access.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.data.tables.models.TableEntity;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Deletions;
import dev.drawbridge.access.Delivery;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Fact;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.Hold;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Outbox;
import dev.drawbridge.access.Phase;
import dev.drawbridge.access.Preflight;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.TraceContext;
import dev.drawbridge.access.Trail;
import dev.drawbridge.access.Undecided;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
  private static final Instant PRECISE = Instant.parse("2026-03-01T10:00:00.123456789Z");

  /** An operation with everything that one can have. */
  static Operation full() {
    Map<String, Object> fields = Samples.with("resourceGroup", "größe-資源-𠀀");
    fields.put("expiresIn", "PT12H0.5S");
    fields.put(
        "remoteVnetId",
        "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers"
            + "/Microsoft.Network/virtualNetworks/astro");
    ConnectionRequest request = Samples.valid(fields);
    Operation operation =
        Operation.accepted(
                OperationId.ofKey("key"),
                request,
                Samples.CODE,
                Set.of(Addressee.values()),
                "api",
                PRECISE)
            .sent(NOW)
            .retriesAt(PRECISE, NOW, "busy")
            .passed(
                new Preflight.Passed(
                    Set.of("a", "\"b\"", "c\\"), Map.of(Fact.GROUP_ID, "blob\u2028")))
            .intends(Samples.access())
            .chooses("/subscriptions/x", NOW)
            .granted(NOW)
            .with(
                Event.of(
                    NOW, "assignmentCreated", "it's \"made\" \\ <ok> &\u00e9\ud83d\ude00", "id"));
    return new Operation(
        operation.id(),
        operation.request(),
        operation.acceptedAt(),
        operation.expiresAt(),
        operation.matchCode(),
        operation.delivery(),
        Phase.REVOKED,
        operation.baseline(),
        operation.facts(),
        operation.access(),
        Optional.of("to-astro"),
        operation.chosen(),
        List.of(new Undecided("/subscriptions/y", "m\u2028\"", PRECISE)),
        "line\nbreak\u2028\0",
        Optional.of(new Ending(Status.FAILED, "expired", "a\nb", PRECISE)),
        Optional.of(NOW),
        operation.trail(),
        operation
            .begins(operation.outbox().notices().get(0), PRECISE)
            .told(operation.outbox().notices().get(0))
            .outbox(),
        TraceContext.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
  }

  /** An operation with as little as one can have. */
  private static Operation bare() {
    return new Operation(
        Samples.id(0),
        Samples.request(),
        Instant.EPOCH,
        Instant.EPOCH,
        Samples.CODE,
        new Delivery(0, Instant.EPOCH, false),
        Phase.QUEUED,
        Set.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        Optional.empty(),
        Optional.empty(),
        Trail.EMPTY,
        Outbox.NONE,
        Optional.empty());
  }

  static Grant fullGrant() {
    return new Grant(
        Samples.access(),
        Map.of(
            Samples.id(1), new Hold(NOW, Hold.Progress.MADE, true),
            Samples.id(2), new Hold(PRECISE, Hold.Progress.NOT_MADE, false),
            Samples.id(3), new Hold(Instant.EPOCH, Hold.Progress.IN_FLIGHT, false)),
        Optional.of(NOW),
        new Deletions(1, Optional.of(PRECISE), 2, "ScopeLocked: a lock", true),
        Optional.of(PRECISE));
  }

  static Stream<Operation> operations() {
    return Stream.of(
        full(),
        bare(),
        Samples.operation(),
        Samples.operation().sees("begun", NOW),
        Samples.operation().endsAs(new Ending(Status.CANCELED, "canceled", "", NOW)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void readOperation_whenWritten_thenIsTheSame(Operation operation) {
    String document = Documents.write(operation);
    assertEquals(operation, Documents.readOperation(document));
    assertEquals(document, Documents.write(Documents.readOperation(document)), "byte for byte");
  }

  @ParameterizedTest
  @EnumSource
  void readOperation_whenInAnyPhase_thenIsTheSame(Phase phase) {
    String document = Documents.write(bare()).replace("\"QUEUED\"", "\"" + phase.name() + "\"");
    assertEquals(phase, Documents.readOperation(document).phase());
  }

  static Stream<Grant> grants() {
    return Stream.of(
        fullGrant(),
        Grant.intended(Samples.access(), Samples.id(1), PRECISE),
        new Grant(Samples.access(), Map.of(), Optional.empty(), Deletions.NONE, Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("grants")
  void readGrant_whenWritten_thenIsTheSame(Grant grant) {
    String document = Documents.write(grant);
    assertEquals(grant, Documents.readGrant(document));
    assertEquals(document, Documents.write(Documents.readGrant(document)), "byte for byte");
  }

  @Test
  void readOperation_whenTheLimitWasLoweredSince_thenIsReadAllTheSame() {
    String document = Documents.write(bare()).replace("\"PT72H\"", "\"P3650D\"");
    assertEquals(3650, Documents.readOperation(document).request().terms().expiresIn().toDays());
  }

  @Test
  void readOperation_whenWrittenBeforeTheTrailHadHashes_thenIsReadAndChainedFromThenOn() {
    String old =
        Documents.write(full())
            .replaceAll(",\"chain\":\"[0-9a-f]{64}\"", "")
            .replaceAll(",\"head\":\"[0-9a-f]{64}\"", "");
    assertFalse(old.contains("chain\"") || old.contains("head\""), old);
    Operation read = Documents.readOperation(old);
    assertEquals(full().events(), read.events());
    assertEquals(Trail.State.UNCHAINED, read.trailState());
    Operation copy = Documents.readOperation(Documents.write(read));
    assertEquals(Trail.State.UNCHAINED, copy.trailState());
    Operation more = Documents.readOperation(Documents.write(copy.with(Event.of(NOW, "x", ""))));
    assertEquals(Trail.State.INTACT, more.trailState());
  }

  @Test
  void readOperation_whenAnEventWasChanged_thenIsReadAndStaysBroken() {
    assertEquals(Trail.State.INTACT, Documents.readOperation(Documents.write(full())).trailState());
    String forged = Documents.write(full()).replace("from ticket", "from nobody, ticket");
    Operation read = Documents.readOperation(forged);
    assertEquals(Trail.State.BROKEN, read.trailState());
    assertEquals(forged, Documents.write(read));
    Operation more = Documents.readOperation(Documents.write(read.with(Event.of(NOW, "x", ""))));
    assertEquals(Trail.State.BROKEN, more.trailState());
  }

  /** It decides nothing, and an operation whose access has to end must not be lost for it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "00-0-0-00", "01-"})
  void readOperation_whenItsTraceIsNone_thenIsReadWithoutIt(String forged) {
    Operation traced = full();
    String document = Documents.write(traced);
    String trace = traced.trace().orElseThrow().traceparent();
    assertTrue(document.contains("\"" + trace + "\""), document);
    assertEquals(
        traced.tracedBy(Optional.empty()),
        Documents.readOperation(document.replace(trace, forged)));
  }

  @Test
  void readOperation_whenANewerVersionAddedMembers_thenThoseAreLeftOut() {
    String document = Documents.write(full());
    assertEquals(full(), Documents.readOperation(document.replaceFirst("\\{", "{\"more\":[1],")));
  }

  /** As long as events let one get, in letters of two UTF-16 characters: over many properties. */
  @Test
  void readOperation_whenItTakesManyProperties_thenIsTheSameAndFitsARow() {
    Operation operation = full();
    for (int i = 0; i < 300; i++) {
      operation = operation.sees(i + "𠀀".repeat(600), NOW.plusSeconds(i));
    }
    String document = Documents.write(operation);
    TableEntity row = new TableEntity("open", "x");
    Properties.setDocument(row, document);
    assertTrue(row.getProperties().size() > 5, "several parts");
    assertTrue(document.length() * 2 < 1024 * 1024, "Azure takes 1 MiB a row");
    assertEquals(operation, Documents.readOperation(Properties.document(row)));
  }

  @Test
  void read_whenOneIsTakenForTheOther_thenIsRefused() {
    String grant = Documents.write(fullGrant());
    String operation = Documents.write(full());
    assertThrows(IllegalArgumentException.class, () -> Documents.readOperation(grant));
    assertThrows(IllegalArgumentException.class, () -> Documents.readGrant(operation));
  }
}
