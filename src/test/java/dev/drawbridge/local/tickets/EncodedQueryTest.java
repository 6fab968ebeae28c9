package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceNow's query language. */
class EncodedQueryTest {
  private static final List<ObjectNode> ROWS =
      List.of(row("1", "a", "Access ^ granted"), row("2", "b", "x=y"), row("3", "b", "Revoked"));

  private static ObjectNode row(String id, String element, String value) {
    return Json.object().put("id", id).put("element", element).put("value", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 1,2,3",
        "element=b | 2,3",
        "element=b^valueLIKEREVOKE | 3",
        "element!=b | 1",
        "value=x=y | 2",
        "valueLIKEs ^^ g | 1",
        "valueSTARTSWITHacc | 1",
        "element=c | ''",
        "elementINa,c | 1",
        "elementINa,B | 1,2,3",
        "ORDERBYDESCid | 3,2,1",
        "ORDERBYDESCelement^ORDERBYvalue | 3,2,1",
        "element=b^ORDERBYid | 2,3"
      })
  void select_whenConditions_thenWhatFits(String query, String ids) {
    assertEquals(
        ids,
        String.join(
            ",",
            EncodedQuery.parse(query).select(ROWS).stream()
                .map(row -> row.path("id").asText())
                .toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"element", "elementBETWEENa@b", "^ORelement=a^x"})
  void parse_whenNotKnown_thenRefused(String query) {
    assertThrows(IllegalArgumentException.class, () -> EncodedQuery.parse(query));
  }

  @Test
  void select_whenTheFieldIsUnknown_thenRefused() {
    EncodedQuery query = EncodedQuery.parse("elements=a");

    assertThrows(IllegalArgumentException.class, () -> query.select(ROWS));
  }
}
