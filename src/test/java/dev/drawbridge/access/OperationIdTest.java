package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationIdTest {

  @Test
  void parse_whenAnOperationIdIsAGuid_thenIsReadElseNothing() {
    String text = "AAAA0A0A-bb1b-cc2c-dd3d-eeeeee4e4e4e";
    assertEquals("aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e", OperationId.parse(text).toString());
    assertEquals(Optional.of(OperationId.parse(text)), OperationId.ifValid(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1-1-1-1-1", "..", "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/cancel"})
  void ifValid_whenNoGuid_thenIsNothing(String text) {
    assertEquals(Optional.empty(), OperationId.ifValid(text));
    assertThrows(IllegalArgumentException.class, () -> OperationId.parse(text));
  }
}
