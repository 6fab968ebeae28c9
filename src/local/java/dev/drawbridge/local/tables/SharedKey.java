package dev.drawbridge.local.tables;

import dev.drawbridge.local.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the signatures of "Authorize with Shared Key" in the REST reference, in its two forms
 * for Table storage. How old a signature is doesn't matter here: the client signs with the
 * machine's clock, and the local Azure's may be days ahead of it.
 *
 * @param key in Base64, as the portal shows it
 */
record SharedKey(String account, String key) {

  /** Whether {@code authorization} is the request's signature under this key. */
  boolean verifies(String authorization, Request request) {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    if (!scheme.equals("SharedKey") && !scheme.equals("SharedKeyLite")) {
      return false;
    }
    String date = request.header("x-ms-date").or(() -> request.header("Date")).orElse("");
    if (date.isEmpty()) {
      return false;
    }
    String signed = date + "\n" + canonicalResource(request);
    if (scheme.equals("SharedKey")) {
      signed =
          String.join(
              "\n",
              request.method(),
              request.header("Content-MD5").orElse(""),
              request.header("Content-Type").orElse(""),
              signed);
    }
    String expected = scheme + " " + account + ":" + sign(signed);
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
  }

  /** The account stands in it twice, as the emulators have it in their paths. */
  private String canonicalResource(Request request) {
    String comp = request.query().get("comp");
    return "/" + account + request.path() + (comp == null ? "" : "?comp=" + comp);
  }

  String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
