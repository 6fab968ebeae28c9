package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.access.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayOrderTest {
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-00000000000a");

  @Test
  void of_whenOnlyAReasonIsGiven_thenItIsADryRunOverAll() {
    ReplayOrder order = of("{\"reason\": \" mended \"}");

    assertEquals(List.of(), order.violations());
    assertEquals("mended", order.reason());
    assertEquals(Optional.empty(), order.ids());
    assertTrue(order.dryRun());
  }

  @Test
  void of_whenAllIsGiven_thenAllIsRead() {
    ReplayOrder order =
        of(
            "{\"reason\":\"%s\",\"ids\":[\"%s\",\"%s\"],\"dryRun\":false}"
                .formatted("x".repeat(500), ID, ID.toString().toUpperCase(Locale.ROOT)));

    assertEquals(List.of(), order.violations());
    assertEquals(Optional.of(Set.of(ID)), order.ids());
    assertFalse(order.dryRun());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/reason",
        "{\"reason\":null}|/reason",
        "{\"reason\":\"  \"}|/reason",
        "{\"reason\":5}|/reason",
        "{\"reason\":[\"x\"]}|/reason",
        "{\"reason\":\"x\",\"ids\":[]}|/ids",
        "{\"reason\":\"x\",\"ids\":null}|/ids",
        "{\"reason\":\"x\",\"ids\":\"x\"}|/ids",
        "{\"reason\":\"x\",\"ids\":[1,\"1-1-1-1-1\"]}|/ids/0 /ids/1",
        "{\"reason\":\"x\",\"dryRun\":null}|/dryRun",
        "{\"reason\":\"x\",\"dryRun\":\"false\"}|/dryRun",
        "{\"reason\":\"x\",\"a/b~c\":1}|/a~1b~0c",
        "{\"x\":1,\"ids\":{},\"dryRun\":0}|/x /reason /ids /dryRun",
      })
  void of_whenFieldsAreWrong_thenAllAreNamed(String body, String pointers) {
    assertEquals(
        List.of(pointers.split(" ", -1)),
        of(body).violations().stream().map(Violation::pointer).toList());
  }

  @Test
  void of_whenTheReasonOrTheIdsAreTooMany_thenTheyAreRefused() {
    assertEquals("/reason", pointer("{\"reason\":\"%s\"}".formatted("x".repeat(501))));
    String ids = ("\"" + ID + "\",").repeat(100) + "\"" + ID + "\"";
    assertEquals("/ids", pointer("{\"reason\":\"x\",\"ids\":[%s]}".formatted(ids)));
  }

  private static String pointer(String body) {
    return of(body).violations().get(0).pointer();
  }

  private static ReplayOrder of(String body) {
    try {
      return ReplayOrder.of(
          new ObjectMapper().readValue(body, new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }
}
