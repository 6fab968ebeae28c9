package dev.drawbridge.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that someone else has written. A sweep leaves a row alone that is refused with an {@link
 * IllegalArgumentException}; any other exception would stop the sweep of all.
 */
class TamperedDocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATION = Documents.write(DocumentsTest.full());
  private static final String GRANT = Documents.write(DocumentsTest.fullGrant());

  private static final String HOLD = "/holds/00000000-0000-0000-0000-000000000001";

  /** Members that need not be there. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "/access",
          "/connection",
          "/ending",
          "/endedAt",
          "/revokingSince",
          "/goneAt",
          "/attempt",
          "/replay",
          "/request/expiresIn",
          "/request/remoteVnetId",
          "/chosen",
          "/outbox",
          "/deletions",
          "/deletions/begunAt",
          "/outbox/notices/0/outcome",
          "/facts/GROUP_ID",
          "/events/4/correlationId",
          "/head",
          "/trace");

  private static final String PARKED = ParkedDocuments.write(ParkedDocumentsTest.full());

  static Stream<JsonPointer> operationMembers() {
    return pointers(OPERATION);
  }

  static Stream<JsonPointer> grantMembers() {
    return pointers(GRANT);
  }

  @ParameterizedTest
  @MethodSource("operationMembers")
  void readOperation_whenAMemberIsOfAnotherTypeOrMissing_thenIsRefused(JsonPointer member) {
    tamper(OPERATION, member, Documents::readOperation);
  }

  @ParameterizedTest
  @MethodSource("grantMembers")
  void readGrant_whenAMemberIsOfAnotherTypeOrMissing_thenIsRefused(JsonPointer member) {
    tamper(GRANT, member, Documents::readGrant);
  }

  static Stream<JsonPointer> parkedMembers() {
    return pointers(PARKED);
  }

  @ParameterizedTest
  @MethodSource("parkedMembers")
  void readParked_whenAMemberIsOfAnotherTypeOrMissing_thenIsRefused(JsonPointer member) {
    tamper(PARKED, member, ParkedDocuments::read);
  }

  @ParameterizedTest
  @CsvSource({
    "/version, 2",
    "/id, '\"1-1-1-1-1\"'",
    "/at, '\"yesterday\"'",
    "/attempt/operation, '\"..\"'",
    "/attempt/number, -1",
    "/replay/operation, '\"\"'",
    "/replay/at, '\"\"'",
  })
  void readParked_whenAValueIsNoneOfOurs_thenIsRefused(String member, String value) {
    refused(ParkedDocuments::read, replaced(PARKED, JsonPointer.compile(member), tree(value)));
  }

  private static void tamper(String document, JsonPointer member, Consumer<String> read) {
    JsonNode was = tree(document).at(member);
    boolean optional = OPTIONAL.contains(member.toString()) || member.toString().endsWith("/chain");
    boolean nullable = optional && !member.head().toString().equals("/facts");
    for (String other : List.of("\"\\u0000\"", "5", "1.5", "true", "[]", "{}", "[{}]", "null")) {
      JsonNode value = tree(other);
      if (value.getNodeType() != was.getNodeType() && !(value.isNull() && nullable)) {
        refused(read, replaced(document, member, value));
      }
    }
    boolean inAnArray = tree(document).at(member.head()).isArray();
    boolean isAHold = member.head().toString().equals("/holds");
    if (!optional && !inAnArray && !isAHold) {
      refused(read, without(document, member));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/version, 2",
    "/version, 0",
    "/version, 1.0",
    "/version, 4294967297",
    "/version, '\"1\"'",
    "/id, '\"1-1-1-1-1\"'",
    "/id, '\"\"'",
    "/request/type, '\"vhub\"'",
    "/request/subscriptionId, '\"1-1-1-1-1\"'",
    "/request/subscriptionId, '\"aaaa0a0abb1bcc2cdd3deeeeee4e4e4e\"'",
    "/request/subscriptionId, '\"{aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e}\"'",
    "/request/subscriptionId, '\"../aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e\"'",
    "/request/tenantId, '\"common\"'",
    "/request/resourceGroup, '\"..\"'",
    "/request/resourceGroup, '\"a/b\"'",
    "/request/vnetName, '\"v%2F\"'",
    "/request/expiresIn, '\"P3651D\"'",
    "/request/expiresIn, '\"PT1S\"'",
    "/request/remoteVnetId, '\"/subscriptions/x\"'",
    "/request/ticket/system, '\"Zendesk\"'",
    "/acceptedAt, '\"\"'",
    "/acceptedAt, '\"yesterday\"'",
    "/acceptedAt, '\"2026-02-30T10:00:00Z\"'",
    "/expiresAt, '\"2026-03-01\"'",
    "/expiresAt, '\"+1000000001-01-01T00:00:00Z\"'",
    "/delivery/attempt, -1",
    "/delivery/attempt, 2147483648",
    "/delivery/attempt, 1e3",
    "/phase, '\"granted\"'",
    "/phase, '\"DONE\"'",
    "/access/scope, '\"/\"'",
    "/access/scope, '\"\"'",
    "/access/scope, '\"/subscriptions/x\"'",
    "/access/scope, '\"/providers/Microsoft.Management/managementGroups/root\"'",
    "/access/scope, '\"/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/../x\"'",
    "/access/scope, '\"/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e?x=\"'",
    "/access/roleId, '\"Owner\"'",
    "/access/principalId, '\"me\"'",
    "/ending/status, '\"RUNNING\"'",
    "/ending/status, '\"Failed\"'",
    "/ending/since, '\"now\"'",
    "/endedAt, '\"never\"'",
    "/events/0/at, '\"12:00\"'",
  })
  void readOperation_whenAValueIsNoneOfOurs_thenIsRefused(String member, String value) {
    JsonPointer pointer = JsonPointer.compile(member);
    assertFalse(tree(OPERATION).at(pointer).isMissingNode());
    refused(Documents::readOperation, replaced(OPERATION, pointer, tree(value)));
  }

  @ParameterizedTest
  @CsvSource({
    "/version, 2",
    "/access/scope, '\"/\"'",
    "/access/roleId, '\"\"'",
    "/revokingSince, '\"\"'",
    "/goneAt, '\"x\"'",
    "/holds/x, '{\"expiresAt\":\"2026-03-01T10:00:00Z\",\"progress\":\"MADE\",\"released\":true}'",
    HOLD + "/expiresAt, '\"x\"'",
    HOLD + "/progress, '\"made\"'",
    HOLD + "/released, '\"true\"'",
    HOLD + "/released, 1",
  })
  void readGrant_whenAValueIsNoneOfOurs_thenIsRefused(String member, String value) {
    refused(Documents::readGrant, replaced(GRANT, JsonPointer.compile(member), tree(value)));
  }

  @Test
  void readOperation_whenTheRequestHasMoreFields_thenIsRefused() {
    refused(
        Documents::readOperation,
        replaced(OPERATION, JsonPointer.compile("/request/role"), tree("\"Owner\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "true", "1", "\"x\"", "[]", "{}", "{", "}", "NaN", "x", "\0"})
  void read_whenNoObject_thenIsRefused(String text) {
    refused(Documents::readOperation, text);
    refused(Documents::readGrant, text);
  }

  @Test
  void read_whenCutOrContinued_thenIsRefused() {
    for (int length : List.of(1, 100, OPERATION.length() - 1)) {
      refused(Documents::readOperation, OPERATION.substring(0, length));
    }
    refused(Documents::readOperation, OPERATION + "x");
    refused(Documents::readOperation, OPERATION + OPERATION);
    refused(Documents::readGrant, GRANT + "]");
  }

  @Test
  void read_whenNestedWithoutEnd_thenIsRefused() {
    refused(Documents::readOperation, "[".repeat(200_000));
    refused(Documents::readGrant, "{\"a\":".repeat(200_000));
  }

  private static void refused(Consumer<String> read, String document) {
    assertThrows(IllegalArgumentException.class, () -> read.accept(document), document);
  }

  /** Of every value in the document. */
  private static Stream<JsonPointer> pointers(String document) {
    List<JsonPointer> found = new ArrayList<>();
    collect(tree(document), JsonPointer.empty(), found);
    return found.stream();
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> found) {
    for (var member : node.properties()) {
      JsonPointer pointer = at.appendProperty(member.getKey());
      found.add(pointer);
      collect(member.getValue(), pointer, found);
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      JsonPointer pointer = at.appendIndex(i);
      found.add(pointer);
      collect(node.get(i), pointer, found);
    }
  }

  private static String replaced(String document, JsonPointer member, JsonNode value) {
    JsonNode tree = tree(document);
    JsonNode parent = tree.at(member.head());
    if (parent instanceof ArrayNode array) {
      array.set(member.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(member.last().getMatchingProperty(), value);
    }
    return tree.toString();
  }

  private static String without(String document, JsonPointer member) {
    JsonNode tree = tree(document);
    ((ObjectNode) tree.at(member.head())).remove(member.last().getMatchingProperty());
    return tree.toString();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
