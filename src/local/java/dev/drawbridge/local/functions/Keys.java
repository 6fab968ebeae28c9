package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import dev.drawbridge.local.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The app's keys.
 *
 * @param required false lets every call pass, as Core Tools do
 */
record Keys(boolean required, String function, String master) {
  Keys {
    if (required && (function.isBlank() || master.isBlank())) {
      throw new IllegalArgumentException(
          "Keys are required, but the function or master key is blank");
    }
  }

  boolean allow(Request request, AuthorizationLevel level) {
    if (!required || level == AuthorizationLevel.ANONYMOUS) {
      return true;
    }
    String given = given(request);
    return same(given, master) || (level == AuthorizationLevel.FUNCTION && same(given, function));
  }

  /** The header counts before the query, also when its key is wrong. */
  private static String given(Request request) {
    return request
        .header("x-functions-key")
        .orElseGet(() -> request.query().getOrDefault("code", ""));
  }

  private static boolean same(String given, String key) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
  }
}
