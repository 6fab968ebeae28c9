package dev.drawbridge.tickets;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, and comparison whose time tells nothing of how much was right. */
public final class Hmac {
  private Hmac() {}

  public static byte[] of(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  /** Whether one of the keys signed {@code parts} with one of the signatures. An empty key none. */
  static boolean signs(List<byte[]> keys, List<byte[]> signatures, byte[]... parts) {
    boolean signed = false;
    for (byte[] key : keys) {
      if (key.length == 0) {
        continue;
      }
      byte[] expected = of(key, parts);
      for (byte[] signature : signatures) {
        signed |= MessageDigest.isEqual(expected, signature);
      }
    }
    return signed;
  }

  /** Whether {@code sent} is one of the secrets. An empty one never is. */
  static boolean matches(List<byte[]> secrets, byte[] sent) {
    boolean same = false;
    for (byte[] secret : secrets) {
      // Digests, as these are of one length: comparing the texts would tell how long the secret is.
      same |= secret.length > 0 && MessageDigest.isEqual(of(secret, secret), of(secret, sent));
    }
    return same;
  }
}
