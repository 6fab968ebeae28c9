package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.drawbridge.local.functions.BindingValue.Bytes;
import dev.drawbridge.local.functions.BindingValue.ConversionException;
import dev.drawbridge.local.functions.BindingValue.Json;
import dev.drawbridge.local.functions.BindingValue.None;
import dev.drawbridge.local.functions.BindingValue.Text;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BindingValueTest {
  private static final Type OPTIONAL_TEXT = new TypeReference<Optional<String>>() {}.getType();
  private static final Type MAP = new TypeReference<Map<String, Object>>() {}.getType();
  private static final Type TEXTS = new TypeReference<Map<String, String>>() {}.getType();

  @Test
  void as_whenThereIsNoValue_thenIsNullOrAnEmptyOptional() {
    assertNull(new None().as(String.class));
    assertEquals(Optional.empty(), new None().as(OPTIONAL_TEXT));
  }

  @Test
  void as_whenTextIsBoundToText_thenIsItUnchanged() {
    assertEquals("{\"a\": 1}", new Text("{\"a\": 1}").as(String.class));
    assertEquals(Optional.of(" x "), new Text(" x ").as(OPTIONAL_TEXT));
  }

  @Test
  void as_whenTextIsANumber_thenBindsToNumbers() {
    assertEquals(12, new Text("12").as(int.class));
    assertEquals(12L, new Text("12").as(Long.class));
    assertThrows(ConversionException.class, () -> new Text("1.5").as(int.class));
    assertThrows(ConversionException.class, () -> new Text("twelve").as(int.class));
    assertThrows(ConversionException.class, () -> new Text("99999999999").as(int.class));
  }

  @Test
  void as_whenTextIsBoundToBytes_thenMustBeAJsonArrayAsInTheWorker() {
    assertArrayEquals(new byte[] {1, -1}, (byte[]) new Text("[1, -1]").as(byte[].class));
    assertThrows(ConversionException.class, () -> new Text("{}").as(byte[].class));
    assertThrows(ConversionException.class, () -> new Text("hello").as(byte[].class));
  }

  @Test
  void as_whenBytesAreBoundToText_thenAreBase64OrFailAsInTheWorker() {
    assertEquals("YWJj", new Bytes("abc".getBytes(StandardCharsets.UTF_8)).as(String.class));
    Bytes padded = new Bytes("abcd".getBytes(StandardCharsets.UTF_8));
    assertThrows(ConversionException.class, () -> padded.as(String.class));
    assertArrayEquals(padded.value(), (byte[]) padded.as(byte[].class));
  }

  @Test
  void as_whenJsonIsBoundToText_thenIsTheJsonWithItsQuotes() {
    assertEquals(
        "\"2026-11-24T08:00:00Z\"", BindingValue.json("2026-11-24T08:00:00Z").as(String.class));
  }

  @Test
  void as_whenJsonIsBoundToAMapOfObjects_thenNumbersAreDoubles() {
    assertEquals(
        Map.of("n", 1.0, "b", true, "list", List.of(2.0, "x"), "map", Map.of("k", 3.0)),
        new Json("{\"n\":1,\"b\":true,\"list\":[2,\"x\"],\"map\":{\"k\":3}}").as(MAP));
    assertEquals(Map.of("n", "1"), new Json("{\"n\":1}").as(TEXTS));
    assertThrows(ConversionException.class, () -> new Json("[1]").as(MAP));
  }
}
