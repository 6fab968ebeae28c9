package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.access.Access;
import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.Ending;
import dev.drawbridge.access.Event;
import dev.drawbridge.access.Fact;
import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Observation;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Preflight;
import dev.drawbridge.access.Samples;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.Step;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads of each step, and that nobody else's words pass for ours. */
class WordingTest {
  private static final Instant NOW = Samples.NOW;
  private static final String TARGET =
      "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/data"
          .formatted(Samples.SUBSCRIPTION);
  private static final String FORGED =
      "x\n\n[drawbridge 00000000-0000-0000-0000-000000000002/accessRevoked]\r\u2028[code]<b>[/code]";

  private final Wording wording =
      new Wording(Optional.of(URI.create("https://drawbridge.acme.example/")));

  private static Operation operation(Map<String, Object> fields) {
    return Operation.accepted(
        Samples.id(1), Samples.valid(fields), Samples.CODE, Set.of(), "api", NOW);
  }

  private static Map<String, Object> hub() {
    Map<String, Object> fields = Samples.fields();
    fields.put("type", "vhub");
    fields.remove("vnetName");
    fields.put("virtualHubName", "hub-weu");
    fields.put("connectionName", "astro-prod");
    fields.put("firewallIp", "10.0.0.4");
    return fields;
  }

  private static Map<String, Object> link(String approval) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "privateLink");
    fields.put("ticket", Samples.ticket("jira", "OPS-7"));
    fields.put("clusterId", "clz4q8v1k000108l5d2x9f7ah");
    fields.put("resourceId", TARGET);
    fields.put("groupId", "blob");
    fields.put("approval", approval);
    return fields;
  }

  private static Notice notice(Step step, String detail) {
    return new Notice(Addressee.TICKET, step, 1, detail, NOW, 0, NOW, Optional.empty());
  }

  private String text(Operation operation, Step step) {
    return text(operation, step, "");
  }

  private String text(Operation operation, Step step, String detail) {
    String text = wording.of(operation, notice(step, detail));
    String marker = "\n\n[drawbridge %s/%s]".formatted(operation.id(), step.word());
    assertTrue(text.endsWith(marker), text);
    String before = text.substring(0, text.length() - marker.length());
    assertFalse(before.isBlank());
    assertFalse(before.contains("[") || before.contains("]") || before.contains("null"), text);
    return before;
  }

  private static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), part + " is not in: " + text);
    }
  }

  static Stream<Operation> kinds() {
    return Stream.of(
        operation(Samples.fields()),
        operation(hub()),
        operation(link("drawbridge")),
        operation(link("vendor")),
        operation(link("manual")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void accepted_whenOfAnyKind_thenSaysWhatWillHappenTo(Operation operation) {
    assertHas(
        text(operation, Step.ACCEPTED),
        operation.request().target().toString(),
        "clz4q8v1k000108l5d2x9f7ah",
        "2026-03-04T10:00:00Z",
        "https://drawbridge.acme.example/api/operations/" + operation.id());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void granted_whenOfAnyKind_thenSaysWhoMayWhatAndHasTheSupportText(Operation operation) {
    boolean nobody = operation.request().toFields().containsValue("manual");
    Operation granted =
        nobody ? operation.granted(NOW) : operation.intends(Samples.access()).granted(NOW);
    String text = text(granted, Step.GRANTED);
    assertHas(
        text,
        "https://cloud.astronomer.io/open-support-request",
        operation.supportText().strip(),
        "2026-03-04T10:00:00Z");
    if (nobody) {
      assertHas(text, "Nobody was given a role");
      return;
    }
    assertHas(
        text,
        "Role: Astro VNET Peering Contributor",
        "Scope: /subscriptions/" + Samples.SUBSCRIPTION,
        "Principal: " + Samples.PRINCIPAL,
        "3 days");
    boolean itself = operation.request().toFields().containsValue("drawbridge");
    assertEquals(itself, text.contains("Drawbridge has given itself"), text);
    assertEquals(!itself, text.contains("Astronomer's service principal has"), text);
  }

  @Test
  void waiting_whenSomethingIsSeen_thenSaysWhat() {
    Operation operation = operation(Samples.fields()).sees("peering a is Initiated", NOW);
    assertHas(text(operation, Step.WAITING), "peering a is Initiated", "2026-03-04T10:00:00Z");
    assertHas(text(operation, Step.WAITING, "at that time this"), "at that time this");
    assertHas(text(operation(Samples.fields()), Step.WAITING), "nothing of it yet");
  }

  private static Operation undecided(int count, String message) {
    List<EndpointConnection> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(
          new EndpointConnection(
              "%s/privateEndpointConnections/pe-%d".formatted(TARGET, i),
              "Pending",
              message,
              Optional.empty(),
              Set.of()));
    }
    return operation(link("drawbridge")).needsDecision(new Observation.Undecided(connections), NOW);
  }

  @Test
  void approvalNeeded_whenConnectionsWait_thenNamesThemAndTheCallThatDecides() {
    Operation operation = undecided(2, "please");
    assertHas(
        text(operation, Step.APPROVAL_NEEDED),
        TARGET + "/privateEndpointConnections/pe-0, whose maker wrote: \"please\"",
        TARGET + "/privateEndpointConnections/pe-1",
        "POST https://drawbridge.acme.example/api/operations/%s/approve".formatted(operation.id()),
        "{\"connectionId\": \"");
  }

  @Test
  void approvalNeeded_whenThereAreMany_thenStaysShortEnoughForJira() {
    String text = text(undecided(50, "m".repeat(5000)), Step.APPROVAL_NEEDED);
    assertHas(text, "pe-9", "- and 40 more");
    assertTrue(text.length() < 32_000, text.length() + " characters");
  }

  private static Operation connected(Operation operation) {
    return operation
        .intends(Samples.access())
        .granted(NOW)
        .connectedBy(new Observation.Connected("peering", "peering a is Connected"), NOW);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void connected_whenOfAnyKind_thenSaysThatAccessGoes(Operation operation) {
    assertHas(
        text(connected(operation), Step.CONNECTED),
        "The connection stands: peering a is Connected.",
        "is being taken away");
  }

  @Test
  void connected_whenNamesAreKnown_thenSaysThem() {
    Operation operation =
        operation(link("manual"))
            .passed(
                new Preflight.Passed(
                    Set.of(),
                    Map.of(Fact.PRIVATE_LINK_NAMES, "data.privatelink.blob.core.windows.net")))
            .granted(NOW)
            .connectedBy(new Observation.Connected("pe", "pe is Approved"), NOW);
    assertHas(
        text(operation, Step.CONNECTED),
        "addressed as data.privatelink.blob.core.windows.net",
        "No access was given.");
  }

  @Test
  void connected_whenAccessIsShared_thenSaysWithWhom() {
    Operation operation =
        connected(operation(Samples.fields()))
            .with(Event.of(NOW, "accessShared", "the same access is still needed by X"));
    assertHas(text(operation, Step.CONNECTED), "shared", "still needed by X");
    Operation gone = operation.with(Event.of(NOW, "accessGone", "gone"));
    assertHas(text(gone, Step.CONNECTED), "Its access is gone.");
  }

  @Test
  void failed_whenItHas_thenSaysWhyAndWhatOfItsAccess() {
    Ending expired = new Ending(Status.FAILED, "expired", "Nothing came in time. Ask again.", NOW);
    Operation before = operation(Samples.fields()).endsAs(expired);
    assertHas(
        text(before, Step.FAILED),
        "Nothing came in time. Ask again. (expired)",
        "No access was given.",
        "/api/operations/");
    Operation after = operation(hub()).intends(Samples.access()).granted(NOW).endsAs(expired);
    assertHas(text(after, Step.FAILED), "is being taken away", "another ticket");
  }

  @Test
  void canceled_whenItIs_thenSaysSo() {
    Ending canceled = new Ending(Status.CANCELED, "canceled", "The ticket was closed.", NOW);
    assertHas(
        text(operation(Samples.fields()).endsAs(canceled), Step.CANCELED),
        "canceled",
        "The ticket was closed.");
  }

  @Test
  void revoked_whenItIs_thenHasTheEvidence() {
    Operation operation =
        connected(operation(Samples.fields()))
            .with(Event.of(NOW, "assignmentDeleted", "Contributor at /s", "call-1"))
            .with(Event.of(NOW.plusSeconds(2), "accessGone", "Azure answers that it is gone"));
    String text = text(operation, Step.REVOKED);
    assertHas(
        text,
        "2026-03-01T10:00:00Z: the role assignment was deleted, Contributor at /s (correlation id in"
            + " Azure's activity log: call-1)",
        "2026-03-01T10:00:02Z: Azure answers that it is gone");
    assertFalse(text.contains("shared"), text);
    assertHas(
        text(operation.with(Event.of(NOW, "accessShared", "X")), Step.REVOKED), "It was shared");
  }

  @Test
  void of_whenThereIsNoPublicUrl_thenTellsThePath() {
    Operation operation = undecided(1, "please");
    String text = new Wording(Optional.empty()).of(operation, notice(Step.APPROVAL_NEEDED, ""));
    assertHas(text, "POST /api/operations/%s/approve".formatted(operation.id()));
  }

  /** Whatever others may write: a detail, a message, an ending, an event, a name in Azure. */
  @Test
  void of_whenOthersWriteAMarkerOrCodes_thenNeitherStands() {
    Access access = new Access("/subscriptions/" + FORGED, FORGED, Samples.ROLE, Samples.PRINCIPAL);
    Operation operation =
        undecided(1, FORGED)
            .intends(access)
            .granted(NOW)
            .passed(new Preflight.Passed(Set.of(), Map.of(Fact.PRIVATE_LINK_NAMES, FORGED)))
            .sees(FORGED, NOW)
            .endsAs(new Ending(Status.FAILED, FORGED, FORGED, NOW))
            .with(Event.of(NOW, "assignmentDeleted", FORGED, FORGED))
            .with(Event.of(NOW, "accessShared", FORGED))
            .with(Event.of(NOW, "accessGone", FORGED));
    Pattern marker = Pattern.compile("\\[drawbridge [^\\]]*]");
    for (Step step : Step.values()) {
      String text = wording.of(operation, notice(step, FORGED));
      List<String> markers = marker.matcher(text).results().map(found -> found.group()).toList();
      assertEquals(List.of(notice(step, "").marker(operation.id())), markers, text);
      text(operation, step, FORGED);
    }
  }

  @Test
  void carries_whenAMarkerIsPartOfAnother_thenIsNotTakenForIt() {
    String marker = "[drawbridge 1/waiting]";
    assertTrue(TicketSystem.carries("a\n\n[drawbridge 1/waiting]", marker));
    assertTrue(TicketSystem.carries("drawbridge 1/waiting", marker));
    assertFalse(TicketSystem.carries("[drawbridge 1/waiting-2]", marker));
    assertFalse(TicketSystem.carries("[drawbridge 11/waiting]", marker));
    assertFalse(TicketSystem.carries("[drawbridge 1/waitingFor]", marker));
    assertFalse(TicketSystem.carries("[drawbridge 2/waiting]", marker));
  }
}
