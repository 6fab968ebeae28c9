package dev.drawbridge.local.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityJsonTest {
  private static ObjectNode object(String json) {
    return EntityJson.object(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, EdmValue> properties(String json) {
    return EntityJson.properties(object(json));
  }

  private static ErrorCode refusalOf(String json) {
    return assertThrows(TableError.class, () -> properties(json), json).code();
  }

  @Test
  void properties_whenNotAnnotated_thenTypedByTheJson() {
    assertEquals(
        Map.of(
            "S", EdmValue.of("x"),
            "I", EdmValue.of(1),
            "D", EdmValue.of(1.0),
            "B", EdmValue.of(true)),
        properties("{\"S\": \"x\", \"I\": 1, \"D\": 1.0, \"B\": true}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Edm.String   | \"1\"                                    | STRING",
        "Edm.Int32    | 1                                        | INT32",
        "Edm.Int64    | \"-9223372036854775808\"                 | INT64",
        "Edm.Int64    | 1                                        | INT64",
        "Edm.Double   | 1                                        | DOUBLE",
        "Edm.Double   | \"NaN\"                                  | DOUBLE",
        "Edm.Double   | \"-Infinity\"                            | DOUBLE",
        "Edm.Boolean  | true                                     | BOOLEAN",
        "Edm.DateTime | \"2026-11-24T08:00:00Z\"                 | DATE_TIME",
        "Edm.DateTime | \"2026-11-24T08:00\"                     | DATE_TIME",
        "Edm.Guid     | \"a67e6057-7138-4f78-bbaf-fd9db7b8aab0\" | GUID",
        "Edm.Binary   | \"AAE=\"                                 | BINARY",
        "Edm.Binary   | \"\"                                     | BINARY",
      })
  void properties_whenAnnotated_thenOfThatType(String type, String value, EdmType expected) {
    Map<String, EdmValue> read =
        properties("{\"A@odata.type\": \"%s\", \"A\": %s}".formatted(type, value));

    assertEquals(1, read.size());
    assertEquals(expected, only(read).type());
  }

  private static <T> T only(Map<String, T> map) {
    return map.values().iterator().next();
  }

  @Test
  void properties_whenTimeHasAnOffsetAndNanoseconds_thenUtcTicks() {
    EdmValue read =
        only(
            properties(
                "{\"A\": \"2026-11-24T10:00:00.123456789+02:00\","
                    + " \"A@odata.type\": \"Edm.DateTime\"}"));

    assertEquals(Instant.parse("2026-11-24T08:00:00.1234567Z"), read.value());
  }

  @Test
  void properties_whenSystemOrNullOrControl_thenLeftOut() {
    assertEquals(
        Map.of(),
        properties(
            "{\"PartitionKey\": \"p\", \"RowKey\": \"r\", \"Timestamp\": \"x\", \"A\": null,"
                + " \"Timestamp@odata.type\": \"Edm.DateTime\", \"odata.etag\": \"x\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Edm.Int32    | \"x\"",
        "Edm.Int32    | 2147483648",
        "Edm.Int64    | \"9223372036854775808\"",
        "Edm.Double   | \"x\"",
        "Edm.Boolean  | \"yes\"",
        "Edm.DateTime | \"yesterday\"",
        "Edm.Guid     | \"x\"",
        "Edm.Binary   | \"*\"",
        "Edm.Nothing  | \"x\"",
        "Edm.String   | {}",
      })
  void properties_whenNotOfItsType_thenInvalidInput(String type, String value) {
    assertEquals(
        ErrorCode.INVALID_INPUT,
        refusalOf("{\"A@odata.type\": \"%s\", \"A\": %s}".formatted(type, value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "1",
        "null",
        "{\"A\": 1",
        "{} {}",
        "{\"A\": [1]}",
        "{\"A\": {}}",
        "{\"A\": 2147483648}"
      })
  void object_whenNoEntity_thenInvalidInput(String json) {
    assertEquals(ErrorCode.INVALID_INPUT, refusalOf(json));
  }

  @Test
  void object_whenPropertyTwice_thenDuplicatePropertiesSpecified() {
    assertEquals(ErrorCode.DUPLICATE_PROPERTIES_SPECIFIED, refusalOf("{\"A\": 1, \"A\": 2}"));
  }

  @Test
  void object_whenNestedVeryDeeply_thenInvalidInput() {
    assertEquals(ErrorCode.INVALID_INPUT, refusalOf("{\"A\":".repeat(100_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "a.b", "é-"})
  void properties_whenNameIsNone_thenPropertyNameInvalid(String name) {
    assertEquals(ErrorCode.PROPERTY_NAME_INVALID, refusalOf("{\"%s\": 1}".formatted(name)));
  }

  @Test
  void properties_whenNameIsAtItsLimit_thenReadAndLongerIsRefused() {
    assertEquals(1, properties("{\"%s\": 1}".formatted("a".repeat(255))).size());
    assertEquals(
        ErrorCode.PROPERTY_NAME_TOO_LONG, refusalOf("{\"%s\": 1}".formatted("a".repeat(256))));
  }

  @Test
  void properties_whenTimeIsBefore1601_thenOutOfRangeInput() {
    assertEquals(
        ErrorCode.OUT_OF_RANGE_INPUT,
        refusalOf("{\"A\": \"1600-12-31T23:59:59Z\", \"A@odata.type\": \"Edm.DateTime\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"PartitionKey\": \"p\"}",
        "{\"RowKey\": \"r\"}",
        "{\"PartitionKey\": null, \"RowKey\": \"r\"}"
      })
  void key_whenMissing_thenPropertiesNeedValue(String json) {
    TableError refused = assertThrows(TableError.class, () -> EntityJson.key(object(json)));

    assertEquals(ErrorCode.PROPERTIES_NEED_VALUE, refused.code());
  }
}
