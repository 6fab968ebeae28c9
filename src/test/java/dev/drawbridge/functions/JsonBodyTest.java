package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        " application/json ; charset=\"utf-8\"; x=y",
        "application/json;",
      })
  void read_whenTheContentIsJson_thenIsRead(String contentType) throws JsonBody.NotTaken {
    assertEquals(
        Map.of("a", 1),
        JsonBody.read(FakeRequest.json("{\"a\":1}").with("content-type", contentType)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "json",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json-patch+json",
        "application/problem+json",
        "application/jsonp",
        "application/json, text/html",
        "application/json/x",
        "text/html; application/json",
        "*/*",
      })
  void read_whenTheContentIsAnythingElse_thenIs415(String contentType) {
    refused(415, "unsupportedMediaType", FakeRequest.json("{}").with("content-type", contentType));
  }

  @Test
  void read_whenNoContentTypeIsSent_thenIs415BeforeTheBodyIsLookedAt() {
    refused(
        415,
        "unsupportedMediaType",
        new FakeRequest(URI.create("https://x"), Map.of(), Optional.of("x".repeat(100_000))));
  }

  @Test
  void read_whenAtMost64KiB_thenIsReadAndOneByteMoreIs413() throws JsonBody.NotTaken {
    String start = "{\"a\":\"";
    String end = "\"}";
    int room = 64 * 1024 - start.length() - end.length();
    String fits = start + "x".repeat(room) + end;
    assertEquals(Map.of("a", "x".repeat(room)), JsonBody.read(FakeRequest.json(fits)));
    refused(413, "tooLarge", FakeRequest.json(start + "x".repeat(room + 1) + end));
    refused(413, "tooLarge", FakeRequest.json(fits + " "));
  }

  /** Bytes count, not characters: of two, three and four bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"é", "語", "𠀀"})
  void read_whenCharactersTakeSeveralBytes_thenTheBytesCount(String character)
      throws JsonBody.NotTaken {
    int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    int room = 64 * 1024 - "{\"a\":\"\"}".length();
    String most = character.repeat(room / bytes) + "x".repeat(room % bytes);
    assertEquals(Map.of("a", most), JsonBody.read(FakeRequest.json("{\"a\":\"" + most + "\"}")));
    refused(413, "tooLarge", FakeRequest.json("{\"a\":\"" + most + "x\"}"));
  }

  @Test
  void read_whenTooLargeAndMalformed_thenIs413() {
    refused(413, "tooLarge", FakeRequest.json("{".repeat(64 * 1024 + 1)));
    refused(413, "tooLarge", FakeRequest.json("{}" + " ".repeat(10_000_000)));
  }

  static Stream<String> notOneObject() {
    return Stream.of(
        "",
        " ",
        "\n",
        "null",
        "true",
        "5",
        "1e3",
        "\"text\"",
        "[]",
        "[{}]",
        "[".repeat(32) + "]".repeat(32));
  }

  @ParameterizedTest
  @MethodSource("notOneObject")
  void read_whenTheRootIsNoObject_thenIs400(String body) {
    refused(400, "notAnObject", FakeRequest.json(body));
  }

  @Test
  void read_whenThereIsNoBody_thenIs400() {
    refused(
        400,
        "notAnObject",
        new FakeRequest(
            URI.create("https://x"), Map.of("content-type", "application/json"), Optional.empty()));
  }

  static Stream<String> malformed() {
    return Stream.of(
        "{",
        "}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'x'}",
        "{\"a\":1} x",
        "{\"a\":1}{\"a\":1}",
        "{} null",
        "{},",
        "// x\n{}",
        "/* x */{}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":+1}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":0x1}",
        "{\"a\":TRUE}",
        "{\"a\":undefined}",
        "{\"a\":\"x}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\0\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":[{\"b\":1,\"b\":2}]}",
        "{\"type\":\"vnet\",\"type\":\"vhub\"}",
        "{\"a\":" + "9".repeat(1001) + "}",
        "{\"a\":1." + "9".repeat(1001) + "}",
        "{\"" + "n".repeat(60_000) + "\":1}",
        nested(33),
        nested(2000),
        "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
        "[".repeat(60_000),
        "{\"a\":".repeat(10_000),
        "<xml/>",
        "a=1&b=2",
        "\0",
        "{}\0");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void read_whenNotValidJson_thenIs400AndSaysWhere(String body) {
    JsonBody.NotTaken refused = refused(400, "malformedJson", FakeRequest.json(body));
    String message = String.valueOf(refused.getMessage());
    assertEquals("The body is not valid JSON: line N, column N.", message.replaceAll("\\d+", "N"));
  }

  @Test
  void read_whenMalformedOnTheSecondLine_thenSaysWhere() {
    JsonBody.NotTaken refused =
        refused(400, "malformedJson", FakeRequest.json("{\"a\": 1,\n  \"secret\": oops}"));
    assertEquals(
        "The body is not valid JSON: line 2, column 13.", String.valueOf(refused.getMessage()));
    assertFalse(String.valueOf(refused.getMessage()).contains("oops"), "repeats nothing");
  }

  @Test
  void read_whenAtTheDeepest_thenIsRead() throws JsonBody.NotTaken {
    assertEquals(1, JsonBody.read(FakeRequest.json(nested(32))).size());
  }

  @Test
  void read_whenValuesAreOfAllTypes_thenAreDecoded() throws JsonBody.NotTaken {
    Map<String, Object> read =
        JsonBody.read(
            FakeRequest.json(
                " {\"s\":\"\\u00e9\\ud83d\\ude00/\\u0000\",\"n\":-1.5,\"t\":true,"
                    + "\"l\":[1,{\"a\":[]}],\"o\":{\"x\":null},\"\":0} \r\n\t"));
    assertEquals("é😀/\0", read.get("s"));
    assertEquals(-1.5, read.get("n"));
    assertEquals(true, read.get("t"));
    assertEquals(List.of(1, Map.of("a", List.of())), read.get("l"));
    assertEquals(java.util.Collections.singletonMap("x", null), read.get("o"));
    assertEquals(0, read.get(""));
  }

  /**
   * Whatever they come to, the fields' own checks refuse them: none may escape as an error here.
   */
  @Test
  void read_whenNumbersAreHuge_thenAreDecodedOrRefused() throws JsonBody.NotTaken {
    String digits = "9".repeat(1000);
    assertEquals(
        Map.of("a", new BigInteger(digits)),
        JsonBody.read(FakeRequest.json("{\"a\":" + digits + "}")));
    for (String number : List.of("1e999999999", "-1e999999999", "1e-999999999", "0e999999999")) {
      assertEquals(1, JsonBody.read(FakeRequest.json("{\"a\":" + number + "}")).size());
    }
  }

  @Test
  void read_whenTextHasHalfACharacter_thenIsDecoded() throws JsonBody.NotTaken {
    assertEquals(Map.of("a", "\ud83d"), JsonBody.read(FakeRequest.json("{\"a\":\"\\ud83d\"}")));
  }

  private static String nested(int deep) {
    return "{\"a\":".repeat(deep) + "1" + "}".repeat(deep);
  }

  private static JsonBody.NotTaken refused(int status, String type, FakeRequest request) {
    JsonBody.NotTaken refused = assertThrows(JsonBody.NotTaken.class, () -> JsonBody.read(request));
    assertEquals(type, refused.type());
    assertEquals(status, refused.status().value());
    return refused;
  }
}
