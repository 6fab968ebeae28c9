package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  @ParameterizedTest
  @CsvSource({
    "/api/a%20b, /api/a b",
    "/api/%C3%A9, /api/é",
    "/api/%2e%2e/health, /health",
    "/api/%2E./health, /health",
    "/api/../../x, /x",
    "/api/./x, /api/x",
    "/api/x/.., /api/",
    "/api/.., /",
    "/api/a%2fb, /api/a%2fb",
    "/api/..%2Fhealth, /api/..%2Fhealth",
    "/api/%252e%252e/x, /api/%2e%2e/x",
    "/api//x, /api//x",
    "/api/a+b, /api/a+b",
    "/, /",
  })
  void decode_whenPathIsEscapedOrHasDots_thenReadsItAsKestrel(String raw, String decoded) {
    assertEquals(decoded, RequestPath.decode(raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%00b", "/a%zz", "/a%1", "/a%", "/a%C3", "/%C0%AE%C0%AE/x"})
  void decode_whenEscapeIsMalformedOrHostile_thenRefuses(String raw) {
    assertThrows(IllegalArgumentException.class, () -> RequestPath.decode(raw));
  }

  @Test
  void encode_whenPathIsDecoded_thenMakesAValidUriPath() {
    assertEquals("/a%20b/%C3%A9/c%2Fd/100%25", RequestPath.encode("/a b/é/c%2Fd/100%"));
  }
}
