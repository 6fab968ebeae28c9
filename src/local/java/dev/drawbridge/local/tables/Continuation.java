package dev.drawbridge.local.tables;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a query goes on, as the opaque text that the client hands back: {@code 1!LENGTH!BASE64},
 * which has neither the {@code ;} that SDKs join two of them with nor anything to be escaped in a
 * URL.
 */
final class Continuation {
  private static final String PREFIX = "1!";

  private Continuation() {}

  static String token(String key) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    return PREFIX + encoded.length() + "!" + encoded;
  }

  static String key(String token) {
    int second = token.indexOf('!', PREFIX.length());
    if (!token.startsWith(PREFIX) || second < 0) {
      throw malformed(token);
    }
    String encoded = token.substring(second + 1);
    if (!token.equals(PREFIX + encoded.length() + "!" + encoded)) {
      throw malformed(token);
    }
    try {
      return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(token);
    }
  }

  private static TableError malformed(String token) {
    return ErrorCode.INVALID_INPUT.error("Not a continuation token: " + token);
  }
}
